/**
 * Dumps of the two ends of a call as one session: which connection talks to which is told by what one has as its own and
 * the other was given, and one clock is made of two by what went between them, since nothing arrives before it was sent.
 */
import { roundTime } from '../base/clock.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { type ClockEstimate, clockOffset } from '../session/clock-offset.ts';
import { kinships } from '../session/peer-pairing.ts';
import type { CandidateInit, Description, NewEvent, PeerId, SessionEvent } from '../session/event.ts';
import { SessionLog } from '../session/log.ts';
import { safeName } from '../session/row.ts';
import { type Imported } from './index.ts';

/** Where a connection of the session comes from. */
export interface End {
  readonly peer: PeerId;
  /** As its dump calls it. */
  readonly id: PeerId;
  /** Which of the dumps, from 0. */
  readonly file: number;
}

/** A description or candidate that one end had as its own and the other was given. */
export interface Carried {
  readonly kind: 'description' | 'candidate';
  readonly from: PeerId;
  readonly to: PeerId;
  /** Ids of events: where it was its own, and where it was given. */
  readonly written: string;
  readonly read: string;
  /** Whether the text is the same at both ends. */
  readonly isSame: boolean;
}

/** What one message says of how many ms the second clock is ahead of the first: it did not arrive before it was sent. */
export interface ClockBound {
  readonly side: 'least' | 'most';
  readonly ahead: number;
}

export interface BothEnds {
  readonly events: readonly SessionEvent[];
  readonly ends: readonly End[];
  /** The connections that belong together, and what both know of. */
  readonly pairing: readonly [PeerId, PeerId];
  readonly marks: readonly string[];
  /** Add `offset` to a time of the second dump for that of the first; null where nothing went one of the two ways. */
  readonly clock: ClockEstimate | null;
  readonly bounds: readonly ClockBound[];
  readonly carried: readonly Carried[];
  readonly notices: readonly string[];
}

export function joinEnds(first: Imported, second: Imported): Result<BothEnds> {
  const empty = [first, second].findIndex(({ connections }) => connections.length === 0);
  if (empty >= 0)
    return fail({
      message: `The ${empty === 0 ? 'first' : 'second'} of these dumps holds no connection.`,
      expected:
        'a dump saved before its connection is closed: chrome://webrtc-internals lets go of closed ones',
    });
  const files = renamed([first, second]);
  const together = files.flatMap(({ events }) => events);
  const fileOf = new Map(files.flatMap(({ ends }) => ends.map(({ peer, file }) => [peer, file] as const)));
  const kin = kinships(together).find(({ one, other }) => fileOf.get(one) !== fileOf.get(other));
  if (kin === undefined)
    return fail({
      message: 'These two dumps are not the two ends of one call.',
      expected:
        'an ICE user name, a fingerprint or a candidate that one end has as its own and the other was given',
    });
  const pairing: readonly [PeerId, PeerId] =
    fileOf.get(kin.one) === 0 ? [kin.one, kin.other] : [kin.other, kin.one];
  const meetings = meetingsOf(together, pairing);
  const clock = estimate(meetings, pairing[0]);
  const shift = clock?.offset ?? guess(meetings, pairing[0]);
  const events = onOneClock(files.map(({ events: own }) => own) as [Timed[], Timed[]], shift);
  return ok({
    events,
    ends: files.flatMap(({ ends }) => ends),
    pairing,
    marks: kin.marks,
    clock,
    bounds: meetings.map(({ sent, came }) =>
      sent.peer === pairing[0]
        ? { side: 'most', ahead: came.time - sent.time }
        : { side: 'least', ahead: sent.time - came.time },
    ),
    carried: meetings.map(({ sent, came, isSame, kind }) => ({
      ...{ kind, from: sent.peer, to: came.peer, written: sent.id, read: came.id, isSame },
    })),
    notices: clock === null ? [UNBOUND] : [],
  });
}

const UNBOUND =
  'How far the two clocks are apart is not known: nothing that both dumps tell of went in one of the two directions.';

/** An event with the time since 1970 that its own dump gives it. */
type Timed = SessionEvent & { readonly time: number };

interface File {
  readonly events: readonly Timed[];
  readonly ends: readonly End[];
}

/** Two dumps may call their connections alike. */
function renamed(dumps: readonly Imported[]): readonly File[] {
  const taken = new Set<PeerId>();
  return dumps.map(({ events, connections }, file) => {
    const ends = connections.map((id) => {
      const peer = taken.has(id) ? safeName(`${id} (2)`) : id;
      return { peer, id, file };
    });
    for (const { peer } of ends) taken.add(peer);
    const names = new Map(ends.map(({ id, peer }) => [id, peer]));
    const session = events.find(({ type }) => type === ':session')?.value as
      { startedAt?: number } | undefined;
    const startedAt = session?.startedAt ?? 0;
    return {
      ends,
      events: events.map((event) => {
        const peer = names.get(event.peer) ?? event.peer;
        const id = `${peer}:${event.id.slice(event.id.lastIndexOf(':') + 1)}`;
        return { ...event, peer, id, time: startedAt + event.at };
      }),
    };
  });
}

interface RemoteSession {
  readonly kind: Carried['kind'];
  readonly sent: Timed;
  readonly came: Timed;
  readonly isSame: boolean;
}

/** What one end had as its own, with where the other was given it. */
function meetingsOf(events: readonly Timed[], pairing: readonly [PeerId, PeerId]): readonly RemoteSession[] {
  return pairing.flatMap((from, index) => {
    const to = pairing[1 - index]!;
    const own = new Map<
      string,
      { readonly event: Timed; readonly text: string; readonly kind: Carried['kind'] }
    >();
    const found: RemoteSession[] = [];
    for (const event of events) {
      if (event.peer !== from) continue;
      for (const { key, ...what } of ownOf(event)) if (!own.has(key)) own.set(key, { event, ...what });
    }
    for (const event of events) {
      if (event.peer !== to) continue;
      for (const { keys, text } of givenOf(event)) {
        const sent = keys.map((key) => own.get(key)).find((one) => one !== undefined);
        if (sent) found.push({ kind: sent.kind, sent: sent.event, came: event, isSame: sent.text === text });
      }
    }
    return found;
  });
}

interface Own {
  readonly key: string;
  readonly text: string;
  readonly kind: Carried['kind'];
}

/** A description can be sent from when it was created, or set without being given. */
function ownOf({ type, value }: SessionEvent): readonly Own[] {
  switch (type) {
    case 'createOfferOnSuccess':
    case 'createAnswerOnSuccess':
    case 'setLocalDescription':
    case 'setLocalDescriptionOnSuccess':
      return value?.sdp
        ? keysOf(value).map((key) => ({ key, text: essence(value.sdp), kind: 'description' as const }))
        : [];
    case 'onicecandidate':
      return value?.candidate
        ? [{ key: candidateKey(value), text: candidateKey(value), kind: 'candidate' as const }]
        : [];
    default:
      return [];
  }
}

function givenOf({
  type,
  value,
}: SessionEvent): readonly { readonly keys: readonly string[]; readonly text: string }[] {
  if (type === 'setRemoteDescription')
    return value.sdp ? [{ keys: keysOf(value), text: essence(value.sdp) }] : [];
  if (type === 'addIceCandidate' && value?.candidate)
    return [{ keys: [candidateKey(value)], text: candidateKey(value) }];
  return [];
}

/** Its `o=` line names it (RFC 8866, section 5.2); where that was changed on the way, its ICE user name and the type do. */
function keysOf({ type, sdp }: Description): readonly string[] {
  const origin = /^o=\S+ (\S+ \S+)/m.exec(sdp)?.[1];
  const fragment = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
  return [
    ...(origin === undefined ? [] : [`o ${type} ${origin}`]),
    ...(fragment === undefined ? [] : [`u ${type} ${fragment}`]),
  ];
}

/**
 * What decides about the connection. All else may differ without anybody's doing: candidates are added on the way, and
 * Chromium's dump holds a remote description as libwebrtc understood it, in its own order and with its own lines.
 */
const essence = (sdp: string): string =>
  [
    ...new Set(
      sdp.match(/^a=(?:ice-ufrag|ice-pwd|ice-lite|fingerprint|setup|mid|sctp-port|rtpmap)\b.*$/gm) ?? [],
    ),
  ]
    .map((line) => line.trim())
    .sort()
    .join('\n');

/** Each program writes its own order of extensions and case; the first fields say which it is (RFC 8839, section 5.1). */
function candidateKey({ candidate }: CandidateInit): string {
  const [foundation, component, transport, _priority, address, port, , type] = candidate
    .replace(/^candidate:/, '')
    .split(' ');
  return ['c', foundation, component, transport?.toLowerCase(), address, port, type].join(' ');
}

function estimate(meetings: readonly RemoteSession[], first: PeerId): ClockEstimate | null {
  const clock = clockOffset();
  const here = ({ sent, came }: RemoteSession): number => (sent.peer === first ? sent.time : came.time);
  for (const meeting of meetings.toSorted((a, b) => here(a) - here(b))) {
    const { sent, came } = meeting;
    if (sent.peer === first) clock.went(sent.time, came.time);
    else clock.came(sent.time, came.time);
  }
  return clock.estimate();
}

/** Both clocks may be right; where something would arrive before it was sent, the second is moved as little as needed. */
function guess(meetings: readonly RemoteSession[], first: PeerId): number {
  let shift = 0;
  for (const { sent, came } of meetings) {
    if (sent.peer === first) shift = Math.max(shift, sent.time - came.time);
    else shift = Math.min(shift, came.time - sent.time);
  }
  return shift;
}

function onOneClock(
  [own, others]: readonly [readonly Timed[], readonly Timed[]],
  shift: number,
): readonly SessionEvent[] {
  const startedAt = Math.min(own[0]!.time, others[0]!.time + shift);
  const place = ({ time: _time, id: _id, ...event }: Timed, at: number): NewEvent =>
    ({ ...event, at: roundTime(at - startedAt) }) as NewEvent;
  const rest = ({ type }: Timed): boolean => type !== ':session';
  const session = own.find(({ type }) => type === ':session')!.value as { readonly kind: 'imported' };
  const events: NewEvent[] = [
    { type: ':session', peer: '', at: 0, value: { ...session, startedAt } },
    ...own.filter(rest).map((event) => place(event, event.time)),
    ...others.filter(rest).map((event) => place(event, event.time + shift)),
  ];
  const log = new SessionLog();
  for (const event of events.toSorted((a, b) => a.at - b.at)) log.append(event);
  return log.events;
}
