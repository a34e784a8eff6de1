/**
 * The five state machines of a connection as tables: what States draws, what "legal next" is read from.
 * W3C WebRTC sections 4.3 (signalingState, iceGatheringState, connectionState, iceConnectionState) and 5.5
 * (RTCDtlsTransportState); tested against what real browsers did.
 */
export interface Machine {
  readonly id: MachineId;
  readonly title: string;
  readonly initial: string;
  readonly states: readonly string[];
  readonly transitions: readonly Transition[];
}

export type MachineId = 'signaling' | 'gathering' | 'ice' | 'dtls' | 'connection';

export interface Transition {
  readonly from: string;
  readonly to: string;
  /** What causes it, in the field's words. */
  readonly label: string;
  /** Seen in real traces, though the textbook picture has no such arrow. */
  readonly rare?: true;
}

const t = (from: string, to: string, label: string): Transition => ({ from, to, label });
const rare = (from: string, to: string, label: string): Transition => ({ from, to, label, rare: true });
const closes = (states: readonly string[]): Transition[] =>
  states.map((from) => rare(from, 'closed', 'close()'));

const signalingStates = [
  'stable',
  'have-local-offer',
  'have-remote-offer',
  'have-local-pranswer',
  'have-remote-pranswer',
];
const iceStates = ['new', 'checking', 'connected', 'completed', 'disconnected', 'failed'];
const dtlsStates = ['new', 'connecting', 'connected', 'failed'];
const connectionStates = ['new', 'connecting', 'connected', 'disconnected', 'failed'];

export const MACHINES: readonly Machine[] = [
  {
    id: 'signaling',
    title: 'signalingState',
    initial: 'stable',
    states: [...signalingStates, 'closed'],
    transitions: [
      t('stable', 'have-local-offer', 'local offer'),
      t('stable', 'have-remote-offer', 'remote offer'),
      t('have-local-offer', 'stable', 'remote answer'),
      t('have-local-offer', 'have-remote-pranswer', 'remote pranswer'),
      t('have-remote-pranswer', 'stable', 'remote answer'),
      t('have-remote-offer', 'stable', 'local answer'),
      t('have-remote-offer', 'have-local-pranswer', 'local pranswer'),
      t('have-local-pranswer', 'stable', 'local answer'),
      ...closes(signalingStates),
    ],
  },
  {
    id: 'gathering',
    title: 'iceGatheringState',
    initial: 'new',
    states: ['new', 'gathering', 'complete'],
    transitions: [
      t('new', 'gathering', 'local description set'),
      t('gathering', 'complete', 'all sources answered, or were given up'),
      rare('complete', 'gathering', 'ICE restart'),
      rare('complete', 'new', 'rollback, or no transport left'),
      rare('gathering', 'new', 'rollback'),
    ],
  },
  {
    id: 'ice',
    title: 'iceConnectionState',
    initial: 'new',
    states: [...iceStates, 'closed'],
    transitions: [
      t('new', 'checking', 'first candidate pair'),
      t('checking', 'connected', 'a pair works'),
      t('connected', 'completed', 'all pairs decided'),
      t('connected', 'disconnected', 'answers stop'),
      t('disconnected', 'connected', 'answers return'),
      t('disconnected', 'failed', 'consent expired'),
      t('checking', 'failed', 'no pair works'),
      rare('new', 'failed', 'no pair to check'),
      rare('checking', 'completed', 'last pair works'),
      rare('checking', 'disconnected', 'a transport lost'),
      rare('completed', 'disconnected', 'answers stop'),
      rare('disconnected', 'completed', 'answers return'),
      rare('completed', 'checking', 'ICE restart'),
      rare('connected', 'checking', 'ICE restart'),
      rare('disconnected', 'checking', 'ICE restart'),
      rare('failed', 'checking', 'ICE restart'),
      rare('failed', 'disconnected', 'consent lost late'),
      rare('failed', 'connected', 'ICE restart'),
      rare('connected', 'failed', 'consent expired'),
      rare('completed', 'failed', 'consent expired'),
      rare('completed', 'connected', 'a transport added'),
      rare('checking', 'new', 'rollback'),
      rare('connected', 'new', 'no transport left'),
      ...closes(iceStates),
    ],
  },
  {
    id: 'dtls',
    title: 'RTCDtlsTransport.state',
    initial: 'new',
    states: [...dtlsStates, 'closed'],
    transitions: [
      t('new', 'connecting', 'ICE has a path'),
      t('connecting', 'connected', 'handshake, fingerprint right'),
      t('connecting', 'failed', 'handshake or fingerprint wrong'),
      rare('new', 'connected', 'seen late'),
      rare('new', 'failed', 'seen late'),
      rare('connected', 'failed', 'alert from the other side'),
      rare('closed', 'new', 'another transport'),
      rare('closed', 'connecting', 'another transport'),
      ...closes(dtlsStates),
    ],
  },
  {
    id: 'connection',
    title: 'connectionState',
    initial: 'new',
    states: [...connectionStates, 'closed'],
    transitions: [
      t('new', 'connecting', 'ICE or DTLS begins'),
      t('connecting', 'connected', 'ICE and DTLS are up'),
      t('connected', 'disconnected', 'ICE disconnected'),
      t('disconnected', 'connected', 'ICE is back'),
      t('disconnected', 'failed', 'ICE failed'),
      t('connecting', 'failed', 'ICE or DTLS failed'),
      rare('connected', 'connecting', 'ICE restart'),
      rare('disconnected', 'connecting', 'ICE restart'),
      rare('failed', 'connecting', 'ICE restart'),
      rare('failed', 'connected', 'ICE restart'),
      rare('failed', 'disconnected', 'ICE disconnected'),
      rare('connecting', 'disconnected', 'ICE disconnected'),
      rare('connected', 'failed', 'ICE or DTLS failed'),
      rare('new', 'failed', 'seen late'),
      rare('new', 'connected', 'seen late'),
      rare('connecting', 'new', 'rollback'),
      rare('connected', 'new', 'no transport left'),
      ...closes(connectionStates),
    ],
  },
];

export const machine = (id: MachineId): Machine => MACHINES.find((entry) => entry.id === id)!;
