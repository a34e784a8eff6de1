import { finish } from '../base/finish.ts';
import type { NewEvent, PeerId, SessionEvent } from './event.ts';

export type PeerPairing = readonly PeerId[];

/**
 * Every connection of a session, in order of appearance, with the one that it talks to: what one has as its own the other
 * was given, its ICE user name fragment (RFC 8839, section 5.4), its fingerprint (RFC 8122, section 5) or its candidates.
 * One whose other end was not recorded stands alone.
 */
export const peerPairings = (events: readonly SessionEvent[]): readonly PeerPairing[] =>
  finish(pairingSlices(events));

/** The same in slices, for a page that has to stay alive. */
export function* pairingSlices(
  events: readonly SessionEvent[],
): Generator<undefined, readonly PeerPairing[], void> {
  const others = new Map<PeerId, PeerId>();
  const marks = yield* marksIn(events);
  for (const { one, other } of kinshipsBy(marks)) {
    if (others.has(one) || others.has(other)) continue;
    others.set(one, other);
    others.set(other, one);
  }
  const seen = new Set<PeerId>();
  return connectionsOf(events).flatMap((peer): readonly PeerPairing[] => {
    if (seen.has(peer)) return [];
    const other = others.get(peer);
    seen.add(peer);
    if (other !== undefined) seen.add(other);
    return [other === undefined ? [peer] : [peer, other]];
  });
}

export interface Kinship {
  readonly one: PeerId;
  readonly other: PeerId;
  /** What one has as its own and the other was given: `ice-ufrag 4dqt`, `fingerprint 7C:1D…`, `candidate 192.0.2.4:5000/udp`. */
  readonly marks: readonly string[];
}

/** Which connections know of each other, the surest first. */
export const kinships = (events: readonly SessionEvent[]): readonly Kinship[] =>
  kinshipsBy(finish(marksIn(events)));

function kinshipsBy({ own, given }: Marks): readonly Kinship[] {
  const found = new Map<string, { one: PeerId; other: PeerId; marks: Set<string> }>();
  for (const [mark, owners] of own) {
    const takers = given.get(mark) ?? new Set();
    if (owners.size * takers.size > TELLING) continue;
    for (const one of owners) {
      for (const other of takers) {
        if (one === other) continue;
        const [first, second] = one < other ? [one, other] : [other, one];
        const key = JSON.stringify([first, second]);
        const kinship = found.get(key) ?? { one: first, other: second, marks: new Set() };
        found.set(key, kinship);
        kinship.marks.add(mark);
      }
    }
  }
  return [...found.values()]
    .map(({ one, other, marks }) => ({
      one,
      other,
      marks: [...marks].sort((a, b) => weightOf(b) - weightOf(a)),
    }))
    .sort((a, b) => sureness(b) - sureness(a));
}

/** What so many pairs of connections have in common tells none of them apart. */
const TELLING = 2500;

/** A page may use one certificate for all its connections, and a router may give two of them the same address. */
const weightOf = (mark: string): number =>
  mark.startsWith('ice-ufrag') ? 1000 : mark.startsWith('fingerprint') ? 100 : 1;
const sureness = ({ marks }: Kinship): number => marks.reduce((sum, mark) => sum + weightOf(mark), 0);

/** In order of appearance. A dump also names what is no connection: who asked for a camera, say. */
export const connectionsOf = (events: readonly NewEvent[]): readonly PeerId[] => [
  ...new Set(events.filter(({ peer, type }) => peer !== '' && type !== ':unknown').map(({ peer }) => peer)),
];

/** What happened on these connections, and to the session as a whole. */
export const eventsOf = (events: readonly SessionEvent[], pairing: PeerPairing): readonly SessionEvent[] =>
  events.filter(({ peer }) => peer === '' || pairing.includes(peer));

/** Events: their descriptions are searched. */
const SLICE = 64;

type Holders = Map<string, Set<PeerId>>;

interface Marks {
  readonly own: Holders;
  readonly given: Holders;
}

function* marksIn(events: readonly SessionEvent[]): Generator<undefined, Marks, void> {
  const own: Holders = new Map();
  const given: Holders = new Map();
  for (const [index, event] of events.entries()) {
    if (index % SLICE === 0) yield;
    const { type, value, peer } = event;
    if (type === 'setLocalDescription' || type === 'setLocalDescriptionOnSuccess')
      hold(own, peer, inSdp(value?.sdp));
    else if (type === 'setRemoteDescription') hold(given, peer, inSdp(value.sdp));
    else if (type === 'onicecandidate') hold(own, peer, inCandidate(value?.candidate));
    else if (type === 'addIceCandidate') hold(given, peer, inCandidate(value?.candidate));
  }
  return { own, given };
}

function hold(holders: Holders, peer: PeerId, marks: readonly string[]): void {
  for (const mark of marks) {
    const known = holders.get(mark);
    if (known) known.add(peer);
    else holders.set(mark, new Set([peer]));
  }
}

const inSdp = (sdp = ''): readonly string[] => [
  ...[...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, fragment]) => `ice-ufrag ${fragment!}`),
  ...[...sdp.matchAll(/^a=fingerprint:\S+ (\S+)/gm)].map(([, print]) => `fingerprint ${print!}`),
  ...[...sdp.matchAll(/^a=(candidate:.*)$/gm)].flatMap(([, line]) => inCandidate(line)),
];

/** `host` addresses of a network that many have at home name nobody; with their port they still tell most apart. */
function inCandidate(line = ''): readonly string[] {
  const [, transport, address, port] = /^candidate:\S+ \d+ (\w+) \d+ (\S+) (\d+) typ /i.exec(line) ?? [];
  if (address === undefined || port === '9') return [];
  return [`candidate ${address}:${port!}/${transport!.toLowerCase()}`];
}
