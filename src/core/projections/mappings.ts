/**
 * What each NAT remembers (RFC 4787, section 4.1), and which packets ended on their way. Only a simulator sees either: in a
 * real session there is nothing of it, and natsOf infers what it can.
 */
import type { DroppedPacket, EventOf } from '../session/event.ts';
import type { Projection } from './projection.ts';

export interface NatEntry {
  /** Of the event that made it. */
  readonly id: string;
  readonly peer: string;
  readonly nat: string;
  readonly transport: 'udp' | 'tcp';
  /** Transport addresses: `192.168.1.23:50124`. */
  readonly inside: string;
  readonly outside: string;
  readonly openedAt: number;
  /** Whom it was used for, in the order in which they were first written to. */
  readonly remotes: readonly { readonly remote: string; readonly usedAt: number; readonly until: number }[];
}

export interface Drop extends DroppedPacket {
  readonly id: string;
  readonly at: number;
  readonly peer: string;
}

export interface MappingFacts {
  readonly entries: readonly NatEntry[];
  readonly drops: readonly Drop[];
}

export const mappings: Projection<MappingFacts> = {
  id: 'mappings',
  initial: { entries: [], drops: [] },
  reduce(facts, event) {
    if (event.type === ':nat.mapping') return { ...facts, entries: use(facts.entries, event) };
    if (event.type !== ':packet.dropped') return facts;
    const { id, at, peer, value } = event;
    return { ...facts, drops: [...facts.drops, { ...value, id, at, peer }] };
  },
};

/** A mapping that was forgotten and made anew has another port outside. */
function use(entries: readonly NatEntry[], event: EventOf<':nat.mapping'>): readonly NatEntry[] {
  const { nat, transport, inside, outside, remote, until } = event.value;
  const index = entries.findLastIndex(
    (one) =>
      one.nat === nat && one.outside === outside && one.transport === transport && one.inside === inside,
  );
  const used = { remote, usedAt: event.at, until };
  const known = entries[index];
  if (!known)
    return [
      ...entries,
      {
        id: event.id,
        peer: event.peer,
        nat,
        transport,
        inside,
        outside,
        openedAt: event.at,
        remotes: [used],
      },
    ];
  const place = known.remotes.findIndex((one) => one.remote === remote);
  const remotes = place < 0 ? [...known.remotes, used] : known.remotes.with(place, used);
  return entries.with(index, { ...known, remotes });
}

/** One mapping of several that a NAT made for one socket: it maps by destination. */
export const mapsByDestination = (entries: readonly NatEntry[], peer: string): NatEntry | undefined =>
  entries.find((one) =>
    entries.some(
      (other) =>
        one.peer === peer &&
        other.nat === one.nat &&
        other.inside === one.inside &&
        other.transport === one.transport &&
        other.outside !== one.outside &&
        other.openedAt < Math.max(...one.remotes.map(({ until }) => until)),
    ),
  );
