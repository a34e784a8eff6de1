/** Small sessions written by hand, for what no recording holds. */
import { Projector } from '../../../src/core/projections/index.ts';
import type { View } from '../../../src/core/projections/view.ts';
import type { EventType, EventValues, NewEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

/** `[ms, peer, type, value, correlation]` */
export type Line = {
  [T in EventType]: readonly [at: number, peer: string, type: T, value: EventValues[T], correlation?: string];
}[EventType];

export interface Story {
  readonly log: SessionLog;
  readonly projector: Projector;
}

export function tell(lines: readonly Line[]): Story {
  const log = new SessionLog();
  for (const [at, peer, type, value, correlation] of lines)
    log.append({ at, peer, type, value, ...(correlation === undefined ? {} : { correlation }) } as NewEvent);
  return { log, projector: new Projector(log) };
}

export function viewOf({ log, projector }: Story, index = log.events.length, time?: number): View {
  const { events } = log;
  return {
    facts: projector.at(index),
    whole: projector.at(events.length),
    time: time ?? events[index - 1]?.at ?? 0,
    index,
    events,
    live: false,
  };
}

const description = (type: string) => ({ type, sdp: `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n` });
const NAME = '755164e4-1a2b-4c3d-8e9f-aabbccddeeff.local';
export const HOST = `candidate:1 1 udp 2122260223 ${NAME} 50124 typ host`;
export const SRFLX = `candidate:2 1 udp 1686052607 203.0.113.7 50124 typ srflx raddr 0.0.0.0 rport 0`;
export const RELAY = `candidate:3 1 udp 41885439 198.51.100.2 49170 typ relay raddr 203.0.113.7 rport 50124`;
const servers = [{ urls: ['stun:stun.example:3478'] }, { urls: ['turn:turn.example:3478'], username: 'u' }];

const carry = (candidate: string) => ({
  kind: 'candidate' as const,
  channel: 'in-page',
  bytes: 180,
  payload: { candidate, sdpMid: '0' },
});

/** A run by hand that stops at an illegal call. */
export const BY_HAND: readonly Line[] = [
  [0, '', ':session', { kind: 'loopback', startedAt: 1_700_000_000_000 }],
  [0, 'A', ':peer', { place: 'this page' }],
  [0, 'B', ':peer', { place: 'this page' }],
  [0, 'A', 'create', { iceServers: servers }],
  [0, 'B', 'create', { iceServers: servers }],
  [0.2, 'A', 'createOffer', null, 'A-1'],
  [3, 'A', 'createOfferOnSuccess', description('offer'), 'A-1'],
  [4120, 'A', 'setLocalDescription', description('offer'), 'A-2'],
  [4124, 'A', 'onsignalingstatechange', 'have-local-offer'],
  [4125, 'A', 'setLocalDescriptionOnSuccess', description('offer'), 'A-2'],
  [4126, 'A', 'onicegatheringstatechange', 'gathering'],
  [4128, 'A', 'onicecandidate', { candidate: HOST, sdpMid: '0' }],
  [4130, 'A', 'onicecandidate', { candidate: SRFLX, sdpMid: '0', url: 'stun:stun.example:3478' }],
  [4183, 'A', 'onicecandidate', { candidate: RELAY, sdpMid: '0', url: 'turn:turn.example:3478' }],
  [4184, 'A', 'onicegatheringstatechange', 'complete'],
  [
    9602,
    'A',
    ':signal.sent',
    { kind: 'offer', channel: 'in-page', bytes: 1204, payload: description('offer'), to: 'B' },
    'm1',
  ],
  [
    9602.4,
    'B',
    ':signal.received',
    { kind: 'offer', channel: 'in-page', bytes: 1204, payload: description('offer'), from: 'A' },
    'm1',
  ],
  [9603, 'A', ':signal.sent', { ...carry(HOST), to: 'B' }, 'm2'],
  [9603.1, 'A', ':signal.sent', { ...carry(SRFLX), to: 'B' }, 'm3'],
  [9603.2, 'A', ':signal.sent', { ...carry(RELAY), to: 'B' }, 'm4'],
  [9603.4, 'B', ':signal.received', { ...carry(HOST), from: 'A' }, 'm2'],
  [9603.5, 'B', ':signal.received', { ...carry(SRFLX), from: 'A' }, 'm3'],
  [9603.6, 'B', ':signal.received', { ...carry(RELAY), from: 'A' }, 'm4'],
  [12310, 'B', 'setRemoteDescription', description('offer'), 'B-1'],
  [12314, 'B', 'onsignalingstatechange', 'have-remote-offer'],
  [12315, 'B', 'setRemoteDescriptionOnSuccess', description('offer'), 'B-1'],
  [17902, 'B', 'setLocalDescription', description('offer'), 'B-2'],
  [
    17902.4,
    'B',
    'setLocalDescriptionOnFailure',
    "InvalidStateError: Failed to execute 'setLocalDescription' on 'RTCPeerConnection': Called in wrong state: have-remote-offer",
    'B-2',
  ],
];

const report = (type: string, values: Record<string, unknown>) => ({ type, ...values });
const stats = (state: string, sent: number, answered: number, nominated: boolean) => ({
  T: report('transport', {
    iceRole: 'controlling',
    dtlsRole: 'client',
    ...(nominated ? { selectedCandidatePairId: 'P' } : {}),
  }),
  L: report('local-candidate', { candidateType: 'host', port: 50124, protocol: 'udp', priority: 2122260223 }),
  R: report('remote-candidate', {
    candidateType: 'host',
    port: 50125,
    protocol: 'udp',
    priority: 2122260222,
  }),
  P: report('candidate-pair', {
    localCandidateId: 'L',
    remoteCandidateId: 'R',
    state,
    nominated,
    requestsSent: sent,
    responsesReceived: answered,
    priority: 9,
  }),
});
const HOST_B = `candidate:1 1 udp 2122260222 ${NAME} 50125 typ host`;
const message = (kind: 'offer' | 'answer', bytes: number) => ({
  kind,
  channel: 'in-page',
  bytes,
  payload: description(kind),
});

/** A loopback without servers, from the first call to a message over the data channel. */
export const LOOPBACK: readonly Line[] = [
  [0, '', ':session', { kind: 'loopback', startedAt: 1_700_000_000_000 }],
  [0, 'A', ':peer', { place: 'this page' }],
  [0, 'A', 'create', {}],
  [0.1, 'B', ':peer', { place: 'this page' }],
  [0.1, 'B', 'create', {}],
  [0.3, 'A', 'createDataChannel', { label: 'chat' }],
  [0.4, 'A', 'onnegotiationneeded', null],
  [0.5, 'A', 'createOffer', null, 'A-1'],
  [3.2, 'A', 'createOfferOnSuccess', description('offer'), 'A-1'],
  [3.3, 'A', 'setLocalDescription', description('offer'), 'A-2'],
  [9.1, 'A', 'onsignalingstatechange', 'have-local-offer'],
  [9.2, 'A', 'setLocalDescriptionOnSuccess', description('offer'), 'A-2'],
  [9.4, 'A', ':signal.sent', { ...message('offer', 720), to: 'B' }, 'm1'],
  [9.6, 'B', ':signal.received', { ...message('offer', 720), from: 'A' }, 'm1'],
  [9.7, 'B', 'setRemoteDescription', description('offer'), 'B-1'],
  [9.9, 'A', 'onicegatheringstatechange', 'gathering'],
  [11, 'A', 'onicecandidate', { candidate: HOST, sdpMid: '0' }],
  [11.2, 'A', ':signal.sent', { ...carry(HOST), to: 'B' }, 'm2'],
  [11.4, 'B', ':signal.received', { ...carry(HOST), from: 'A' }, 'm2'],
  [12, 'B', 'onsignalingstatechange', 'have-remote-offer'],
  [12.1, 'B', 'setRemoteDescriptionOnSuccess', description('offer'), 'B-1'],
  [12.2, 'B', 'addIceCandidate', { candidate: HOST, sdpMid: '0' }, 'B-2'],
  [12.6, 'B', 'addIceCandidateOnSuccess', null, 'B-2'],
  [12.7, 'B', 'createAnswer', null, 'B-3'],
  [14, 'B', 'createAnswerOnSuccess', description('answer'), 'B-3'],
  [14.1, 'B', 'setLocalDescription', description('answer'), 'B-4'],
  [18, 'B', 'onsignalingstatechange', 'stable'],
  [18.1, 'B', 'setLocalDescriptionOnSuccess', description('answer'), 'B-4'],
  [18.2, 'B', 'onicegatheringstatechange', 'gathering'],
  [18.4, 'B', ':signal.sent', { ...message('answer', 690), to: 'A' }, 'm3'],
  [18.6, 'A', ':signal.received', { ...message('answer', 690), from: 'B' }, 'm3'],
  [18.7, 'A', 'setRemoteDescription', description('answer'), 'A-3'],
  [19, 'B', 'onicecandidate', { candidate: HOST_B, sdpMid: '0' }],
  [19.1, 'B', ':signal.sent', { ...carry(HOST_B), to: 'A' }, 'm4'],
  [19.3, 'A', ':signal.received', { ...carry(HOST_B), from: 'B' }, 'm4'],
  [22, 'A', 'onsignalingstatechange', 'stable'],
  [22.1, 'A', 'setRemoteDescriptionOnSuccess', description('answer'), 'A-3'],
  [22.2, 'A', 'addIceCandidate', { candidate: HOST_B, sdpMid: '0' }, 'A-4'],
  [22.5, 'A', 'addIceCandidateOnSuccess', null, 'A-4'],
  [22.8, 'A', 'oniceconnectionstatechange', 'checking'],
  [22.9, 'A', 'onconnectionstatechange', 'connecting'],
  [23.1, 'B', 'oniceconnectionstatechange', 'checking'],
  [23.2, 'B', 'onconnectionstatechange', 'connecting'],
  [23.5, 'A', 'getStats', stats('in-progress', 1, 0, false)],
  [25, 'A', 'oniceconnectionstatechange', 'connected'],
  [25.1, 'B', 'oniceconnectionstatechange', 'connected'],
  [25.3, 'A', ':dtls.state', 'connecting'],
  [25.4, 'B', ':dtls.state', 'connecting'],
  [29, 'B', ':dtls.state', 'connected'],
  [29.1, 'B', 'onconnectionstatechange', 'connected'],
  [29.4, 'A', ':dtls.state', 'connected'],
  [29.5, 'A', 'onconnectionstatechange', 'connected'],
  [30, 'A', 'getStats', stats('succeeded', 3, 3, true)],
  [30.2, 'B', 'getStats', stats('succeeded', 2, 2, true)],
  [31, 'A', ':datachannel.state', { label: 'chat', state: 'open' }],
  [31.2, 'B', 'ondatachannel', { label: 'chat' }],
  [31.3, 'B', ':datachannel.state', { label: 'chat', state: 'open' }],
  [2900, 'A', ':data.sent', { label: 'chat', number: 1, bytes: 5, text: 'hello' }],
  [2900.6, 'B', ':data.received', { label: 'chat', number: 1, bytes: 5, text: 'hello' }],
  [5031, 'A', 'getStats', stats('succeeded', 4, 4, true)],
];
