/** The packets of a session as a list: who sent each to whom, what it is, and what it carries inside. */
import { bisector } from 'd3';
import type { Facts } from '../../../core/projections/index.ts';
import type { SeenPacket } from '../../../core/projections/packets.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Packet } from '../../../core/session/event.ts';
import { decodeBase64 } from '../../../core/base/base64.ts';
import { type PacketDescription, describePacket } from '../../../core/stun/describe.ts';
import { type Gist, gistOf } from './gist.ts';

/** One side of a packet's way: a peer, the server, or a relayed address that the server lends to a peer. */
export interface Party {
  readonly kind: 'peer' | 'server' | 'relay';
  /** The peer's letter; `STUN` or `TURN` of the server. */
  readonly name: string;
}

export interface Entry {
  /** Position among all packets of the session. */
  readonly place: number;
  readonly seen: SeenPacket;
  readonly from: Party;
  readonly to: Party;
  readonly gist: Gist;
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly description: PacketDescription;
  readonly gist: Gist;
}

const decoded = new WeakMap<Packet, Decoded>();

/** Decoded when first asked for, then remembered. */
export function decode(packet: Packet): Decoded {
  const known = decoded.get(packet);
  if (known) return known;
  const bytes = decodeBase64(packet.bytes) ?? new Uint8Array(0);
  const made = { bytes, description: describePacket(bytes), gist: gistOf(bytes) };
  decoded.set(packet, made);
  return made;
}

const lists = new WeakMap<object, readonly Entry[]>();

/** All packets up to the cursor, in order. */
export function entriesAt({ facts, whole }: View): readonly Entry[] {
  const all = entriesOf(whole);
  const { length } = facts.packets.list;
  const end = bisector(({ place }: Entry) => place).left(all, length);
  return end === all.length ? all : all.slice(0, end);
}

/**
 * A datagram between two addresses that this server lends was seen leaving one and reaching the other: it is listed
 * once.
 */
function entriesOf(facts: Facts): readonly Entry[] {
  const { list } = facts.packets;
  const known = lists.get(list);
  if (known) return known;
  const peers = new Cast(facts);
  const entries = list.toArray().flatMap((seen, place) => peers.entryOf(seen, place) ?? []);
  lists.set(list, entries);
  return entries;
}

/** Learns whose the relayed addresses are from the answers that gave them. */
class Cast {
  readonly #labels: ReadonlyMap<string, string>;
  readonly #relays = new Map<string, string>();

  constructor({ peers }: Facts) {
    this.#labels = new Map(peers.map(({ id, label }) => [id, label]));
  }

  entryOf(seen: SeenPacket, place: number): Entry | null {
    const { packet, peer } = seen;
    const { gist } = decode(packet);
    if (gist.relayed) this.#relays.set(gist.relayed, peer);
    const isReceived = packet.direction === 'received';
    if (packet.seenAt === 'relay' && isReceived && this.#relays.has(packet.remote)) return null;
    const [here, there] = packet.seenAt === 'relay' ? this.#relayed(seen) : this.#served(seen, gist);
    return { place, seen, gist, from: isReceived ? there : here, to: isReceived ? here : there };
  }

  #served({ peer }: SeenPacket, { isStun }: Gist): [Party, Party] {
    return [
      { kind: 'server', name: isStun ? 'STUN' : 'TURN' },
      { kind: 'peer', name: this.#label(peer) },
    ];
  }

  #relayed({ packet, peer }: SeenPacket): [Party, Party] {
    const owner = this.#relays.get(packet.remote);
    const there: Party = owner
      ? { kind: 'relay', name: this.#label(owner) }
      : { kind: 'peer', name: this.#otherThan(peer) };
    return [{ kind: 'relay', name: this.#label(peer) }, there];
  }

  #label(peer: string): string {
    return this.#labels.get(peer) ?? '?';
  }

  #otherThan(peer: string): string {
    const others = [...this.#labels].filter(([id]) => id !== peer);
    return others.length === 1 ? others[0]![1] : '?';
  }
}

export const partyText = ({ kind, name }: Party): string => (kind === 'relay' ? `${name}’s relay` : name);

/** Whether an entry holds the words that the reader looks for, in any case. */
export function fitsFilter({ seen, from, to, gist }: Entry, words: string): boolean {
  if (words.trim() === '') return true;
  const text = [gist.name, gist.value, gist.note, gist.inner, partyText(from), partyText(to)].join(' ');
  const all = `${text} ${seen.packet.local} ${seen.packet.remote} ${gist.transaction}`.toLowerCase();
  return words
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
