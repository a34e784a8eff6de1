/** What is said of a meeting: where it stands, and what to do next. */
import type { ClockEstimate } from '../../../core/session/clock-offset.ts';
import { RECORD_CHANNEL } from '../../../core/session/event.ts';
import type { ExchangeStatus } from '../../../live/remote/exchange.ts';
import type { RemoteSessionStatus } from '../../../live/remote/remote-session.ts';

export type Kind = 'tabs' | 'devices';

const OTHER: Readonly<Record<Kind, string>> = { tabs: 'tab', devices: 'device' };

export function headline(news: RemoteSessionStatus, kind: Kind): string {
  const other = OTHER[kind];
  switch (news.room.link) {
    case 'joining':
      return 'Looking for the room …';
    case 'full':
      return 'The room is full';
    case 'refused':
      return 'No room could be opened';
    case 'lost':
      return 'The room is out of reach';
    case 'closed':
      return 'You left the room';
    case 'reconnecting':
      return 'The room is out of reach for a moment';
    case 'open':
      return news.room.other ? together(news, other) : alone(news, other);
  }
}

function together({ phase, took }: RemoteSessionStatus, other: string): string {
  switch (phase) {
    case 'alone':
      return `The other ${other} is here`;
    case 'connecting':
      return 'Connecting …';
    case 'connected':
      return `Connected in ${Math.round(took ?? 0)} ms`;
    case 'failed':
      return 'It did not connect';
    case 'lost':
      return 'The connection is over';
    case 'closed':
      return 'Disconnected';
  }
}

function alone({ connections, phase }: RemoteSessionStatus, other: string): string {
  if (connections === 0) return `Waiting for the other ${other}`;
  return other === 'device' && phase === 'connected'
    ? 'The other device has left the room'
    : `The other ${other} has left`;
}

/** What both sides read aloud to see whether they are in the same room: the link itself is too long for that. */
export const roomName = (room: string): string => room.slice(0, 4);

/** `room` is what the room is called. */
export function hint(news: RemoteSessionStatus, kind: Kind, room: string): string {
  const said = whatNext(news, kind);
  const isNamed = kind === 'devices' && news.room.link === 'open' && !news.room.detail;
  return isNamed ? `Room ${room}. ${said}` : said;
}

function whatNext(news: RemoteSessionStatus, kind: Kind): string {
  const { room, phase, connections } = news;
  const stands = room.link === 'reconnecting' && phase === 'connected';
  if (room.detail) return stands ? `${room.detail} What is connected stays connected.` : room.detail;
  if (room.link === 'joining') return 'One moment.';
  if (room.link === 'reconnecting')
    return 'Your seat is kept, and so is every letter. A connection that stands needs no room.';
  if (room.link !== 'open') return '';
  if (!room.other && connections > 0)
    return AWAY[kind === 'devices' && phase === 'connected' ? 'room' : kind];
  if (!room.other)
    return kind === 'tabs'
      ? 'Each tab runs one real end; both show both.'
      : 'Open the link on the other device.';
  return HINTS[phase];
}

const AWAY: Readonly<Record<Kind | 'room', string>> = {
  tabs: 'A page that goes away closes its connections; what this tab did not hear of that is inferred. When it comes back, a new connection begins by itself.',
  devices: 'When it comes back, a new connection begins by itself. The recording stays.',
  room: 'It may be gone, or only out of reach of the room: the connection itself still stands, and needs no room.',
};

const HINTS: Readonly<Record<RemoteSessionStatus['phase'], string>> = {
  alone: 'The two agree who is who.',
  connecting: 'The two ends are looking for a way to each other.',
  connected: 'Step through it, or send something over it.',
  failed: 'Every way was tried, and none works: ICE failed. Restart ICE, or allow more ways.',
  lost: 'One side closed it. Connect again makes a new one at both sides.',
  closed: 'The recording stays: step through it, or save it.',
};

/** `B’s clock: +12.3 ms ± 0.8 ms, estimated from 14 letters`, seen from this clock. */
export function clockWords({ offset, uncertainty, messages }: ClockEstimate, label: string): string {
  const tenths = Math.round(-offset * 10);
  const sign = tenths < 0 ? '−' : '+';
  return `${label}’s clock: ${sign}${(Math.abs(tenths) / 10).toFixed(1)} ms ± ${uncertainty.toFixed(1)} ms, estimated from ${messages} letters`;
}

/** What both sides agreed to show each other, and how it goes. */
export interface Sharing {
  readonly kind: Kind;
  readonly mine: boolean;
  /** Null while nobody is there who could be asked. */
  readonly theirs: boolean | null;
  readonly records: ExchangeStatus;
  readonly clock: ClockEstimate | null;
  /** The letter of the other end. */
  readonly other: string;
}

/** One line each, where nothing was refused. */
export function sharingWords(sharing: Sharing): readonly string[] {
  const { mine, theirs } = sharing;
  if (mine && theirs) return [...agreedWords(sharing)];
  const thing = OTHER[sharing.kind];
  if (theirs === null)
    return [sharing.kind === 'tabs' ? 'Nothing leaves this machine.' : 'Only with your consent, and theirs.'];
  if (theirs) return [`The other ${thing} is willing to show its end: it waits for you.`];
  return [mine ? `You agreed; the other ${thing} has not yet.` : 'Each shows its own end only.'];
}

function* agreedWords({ kind, records, clock, other }: Sharing): Generator<string> {
  yield 'Both agreed: both ends are shown here and there.';
  if (kind === 'devices' && records.way) yield WAYS[records.way];
  if (clock) yield kind === 'tabs' ? 'Both tabs go by one clock.' : `${clockWords(clock, other)}.`;
}

const WAYS: Readonly<Record<'room' | 'channel', string>> = {
  room: 'What is recorded goes by the room, while no data channel carries it.',
  channel: `What is recorded goes from end to end, over a data channel of Icescope’s own beside yours: ${RECORD_CHANNEL}. Its messages are not in the recording.`,
};
