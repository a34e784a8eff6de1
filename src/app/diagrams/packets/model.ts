/** What a packet is about, in the few words of a list. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Packet } from '../../../core/session/event.ts';
import type { SeenPacket } from '../../../core/projections/packets.ts';
import type { View } from '../../../core/projections/view.ts';
import { bisector } from 'd3';
import { channelNumber, data, xorPeerAddress } from '../../../core/stun/attributes/relaying.ts';
import { decodeBase64 } from '../../../core/base/base64.ts';
import { decodeChannelData } from '../../../core/stun/channel-data.ts';
import { decodeMessage, get, getAll, has, type StunMessage } from '../../../core/stun/message.ts';
import { describePacket, type PacketDescription, protocolOf } from '../../../core/stun/describe.ts';
import { errorCode } from '../../../core/stun/attributes/message.ts';
import { formatTransportAddress, type TransportAddress } from '../../../core/base/address.ts';
import { hexNumber, toHex } from '../../../core/base/bytes.ts';
import { lifetime, xorRelayedAddress } from '../../../core/stun/attributes/allocation.ts';
import { messageIntegrity, username } from '../../../core/stun/attributes/credentials.ts';
import { methodByNumber, methods } from '../../../core/stun/methods.ts';
import { useCandidate } from '../../../core/stun/attributes/ice.ts';
import { xorMappedAddress } from '../../../core/stun/attributes/addresses.ts';

/** What the packet does for the connection. */
type Role = 'question' | 'lease' | 'check' | 'handshake' | 'data' | 'other';

export interface Gist {
  readonly role: Role;
  /** `Allocate error`, as the RFC calls it. */
  readonly name: string;
  /** Stands before the value. */
  readonly mark: CandidateType | 'fail' | null;
  /** A machine word: `401 Unauthenticated`, `203.0.113.24:51742`. */
  readonly value: string;
  /** `with password`, `the check, wrapped`. */
  readonly note: string;
  /** What it carries inside, by name; '' for nothing. */
  readonly inner: string;
  /** Hexadecimal; '' where there is none. */
  readonly transaction: string;
  /** A question to STUN, or its answer: no credentials, no relay. */
  readonly isStun: boolean;
  /** The address that TURN lends from now on. */
  readonly relayed: string | null;
  /** The address that the answer tells to who asked. */
  readonly mapped: string | null;
}

const NOTHING: Gist = {
  role: 'other',
  name: '',
  mark: null,
  value: '',
  note: '',
  inner: '',
  transaction: '',
  isStun: false,
  relayed: null,
  mapped: null,
};

function gistOf(bytes: Uint8Array): Gist {
  const protocol = protocolOf(bytes);
  const message = protocol === 'STUN' ? decodeMessage(bytes) : null;
  if (message?.ok) return ofMessage(message.value);
  const channel = protocol === 'ChannelData' ? decodeChannelData(bytes) : null;
  if (channel?.ok) return wrapped('ChannelData', channel.value.data, hexNumber(channel.value.channel));
  const { summary } = describePacket(bytes);
  return { ...NOTHING, name: shorter(summary), role: roleOf(protocol, summary) };
}

const shorter = (summary: string): string =>
  summary
    .replace(/encrypted ApplicationData \(DTLS 1\.3\)/g, 'encrypted data')
    .replace(/encrypted Handshake, up to Finished \(DTLS 1\.3\)/g, 'encrypted handshake')
    .replace(/ \(DTLS 1\.3\)/g, '')
    .replace(/ \(bytes (\d+) to (\d+) of (\d+)\)/g, ' part $1–$2 of $3');

function roleOf(protocol: string, summary: string): Role {
  if (protocol === 'SRTP') return 'data';
  if (protocol !== 'DTLS') return 'other';
  return summary.includes('ApplicationData') ? 'data' : 'handshake';
}

function wrapped(name: string, inside: Uint8Array, value: string): Gist {
  const { role, name: inner, note, isStun: _own, transaction } = gistOf(inside);
  return {
    ...NOTHING,
    name,
    value,
    role,
    inner,
    transaction,
    note: role === 'check' ? `${note}, wrapped` : inner,
  };
}

function ofMessage(message: StunMessage): Gist {
  const method = methodByNumber(message.method)?.id ?? `method ${hexNumber(message.method, 3)}`;
  const name = `${method} ${message.class}`;
  const inside = get(message, data);
  if (inside) return wrapped(name, inside, addressOf(get(message, xorPeerAddress)));
  const common = { ...NOTHING, name, transaction: toHex(message.transactionId) };
  const error = get(message, errorCode);
  if (message.method === methods.binding.number) return { ...common, ...ofBinding(message) };
  const lease = { ...common, role: 'lease' } as const;
  if (error) return { ...lease, mark: 'fail', value: `${error.code} ${error.reason}` };
  if (message.method === methods.allocate.number) return { ...lease, ...ofAllocate(message) };
  return { ...lease, ...ofLease(message) };
}

const addressOf = (address: TransportAddress | undefined): string =>
  address ? formatTransportAddress(address) : '';

/** A check carries a username or is signed; a question to STUN does neither. */
function ofBinding(message: StunMessage): Partial<Gist> {
  const mapped = addressOf(get(message, xorMappedAddress)) || null;
  const error = get(message, errorCode);
  const isCheck = has(message, username) || has(message, messageIntegrity);
  if (error)
    return { role: isCheck ? 'check' : 'question', mark: 'fail', value: `${error.code} ${error.reason}` };
  if (!isCheck)
    return { role: 'question', isStun: true, mapped, mark: mapped ? 'srflx' : null, value: mapped ?? '' };
  if (message.class !== 'request') return { role: 'check', mapped, value: mapped ?? '', note: 'the answer' };
  const note = has(message, useCandidate) ? 'a check that nominates' : 'a check';
  return { role: 'check', note };
}

function ofAllocate(message: StunMessage): Partial<Gist> {
  const relayed = addressOf(get(message, xorRelayedAddress)) || null;
  if (relayed)
    return {
      relayed,
      mapped: addressOf(get(message, xorMappedAddress)) || null,
      mark: 'relay',
      value: relayed,
    };
  return { note: has(message, messageIntegrity) ? 'with password' : 'without password' };
}

function ofLease(message: StunMessage): Partial<Gist> {
  const peers = getAll(message, xorPeerAddress);
  const channel = get(message, channelNumber);
  if (channel !== undefined) return { value: `${hexNumber(channel)} ${addressOf(peers[0])}`.trim() };
  if (peers.length > 0) return { note: 'for', value: peers.map(({ address }) => address).join(' ') };
  const seconds = get(message, lifetime);
  if (seconds === undefined) return {};
  return { note: seconds === 0 ? 'gives the lease back' : `for ${seconds} seconds` };
}

/** The packets of a session as a list: who sent each to whom, what it is, and what it carries inside. */

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
