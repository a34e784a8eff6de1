/** What a packet is about, in the few words of a list. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import { type TransportAddress, formatTransportAddress } from '../../../core/base/address.ts';
import { xorMappedAddress } from '../../../core/stun/attributes/addresses.ts';
import { lifetime, xorRelayedAddress } from '../../../core/stun/attributes/allocation.ts';
import { messageIntegrity, username } from '../../../core/stun/attributes/credentials.ts';
import { useCandidate } from '../../../core/stun/attributes/ice.ts';
import { errorCode } from '../../../core/stun/attributes/message.ts';
import { channelNumber, data, xorPeerAddress } from '../../../core/stun/attributes/relaying.ts';
import { hexNumber, toHex } from '../../../core/base/bytes.ts';
import { decodeChannelData } from '../../../core/stun/channel-data.ts';
import { describePacket, protocolOf } from '../../../core/stun/describe.ts';
import { type StunMessage, decodeMessage, get, getAll, has } from '../../../core/stun/message.ts';
import { methodByNumber, methods } from '../../../core/stun/methods.ts';

/** What the packet does for the connection. */
export type Role = 'question' | 'lease' | 'check' | 'handshake' | 'data' | 'other';

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

export function gistOf(bytes: Uint8Array): Gist {
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
