import type { NewEvent, PeerId, SessionEvent } from './event.ts';

export type Couple = readonly PeerId[];

/**
 * Every connection of a session, in order of appearance, with the one that it talks to: what one has as its local
 * description the other has as its remote one, so both carry the same ICE user name fragment (RFC 8839, section 5.4).
 * One whose other end was not recorded stands alone.
 */
export function couplesOf(events: readonly SessionEvent[]): readonly Couple[] {
  const peers = new Set(connectionsOf(events));
  const given = fragmentsOf(events, ['setRemoteDescription']);
  const own = fragmentsOf(events, ['setLocalDescription', 'setLocalDescriptionOnSuccess']);
  const couples: Couple[] = [];
  for (const peer of peers) {
    peers.delete(peer);
    const other = [...peers].find(
      (one) => share(own.get(one), given.get(peer)) || share(own.get(peer), given.get(one)),
    );
    if (other !== undefined) peers.delete(other);
    couples.push(other === undefined ? [peer] : [peer, other]);
  }
  return couples;
}

/** In order of appearance. A dump also names what is no connection: who asked for a camera, say. */
export const connectionsOf = (events: readonly NewEvent[]): readonly PeerId[] => [
  ...new Set(events.filter(({ peer, type }) => peer !== '' && type !== ':unknown').map(({ peer }) => peer)),
];

/** What happened on these connections, and to the session as a whole. */
export const eventsOf = (events: readonly SessionEvent[], couple: Couple): readonly SessionEvent[] =>
  events.filter(({ peer }) => peer === '' || couple.includes(peer));

type Setting = 'setLocalDescription' | 'setLocalDescriptionOnSuccess' | 'setRemoteDescription';

function fragmentsOf(
  events: readonly SessionEvent[],
  types: readonly Setting[],
): ReadonlyMap<PeerId, ReadonlySet<string>> {
  const all = new Map<PeerId, Set<string>>();
  for (const { type, peer, value } of events) {
    if (!types.includes(type as Setting)) continue;
    const fragment = /^a=ice-ufrag:(\S+)/m.exec((value as { readonly sdp?: string } | null)?.sdp ?? '')?.[1];
    if (fragment !== undefined) all.set(peer, (all.get(peer) ?? new Set()).add(fragment));
  }
  return all;
}

const share = (some: ReadonlySet<string> = new Set(), others: ReadonlySet<string> = new Set()): boolean =>
  [...some].some((one) => others.has(one));
