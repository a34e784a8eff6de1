/**
 * Which peers an allocation may talk to. A relay that other machines can use must not lead into the network that it
 * stands in (RFC 8656 §21.4); a relay for this machine only may lead to this machine.
 */
import { parseAddress, type TransportAddress } from '../../core/base/address.ts';
import { sameBytes, toHex } from '../../core/base/bytes.ts';
import { deniedRanges } from './denied-ranges.ts';

export interface PeerPolicyOptions {
  /** Lets peers on this machine through: only for a server that answers nobody else. */
  readonly thisMachineOnly: boolean;
  /** The addresses of this machine, in their canonical spelling. */
  readonly ownAddresses: () => ReadonlySet<string>;
  readonly isOwnService: (peer: TransportAddress) => boolean;
}

export interface PeerPolicy {
  /** Why a peer is refused; undefined lets it pass. */
  refusal(peer: TransportAddress): string | undefined;
  /** Where this server itself listens: never a peer, or packets could run in circles. */
  isOwnService(peer: TransportAddress): boolean;
}

interface Range {
  readonly first: string;
  readonly last: string;
  readonly why: string;
}

/** Hexadecimal digits of equal length compare as the numbers do. */
const ranges: readonly Range[] = deniedRanges.map(({ first, last, why }) => ({
  first: digits(first),
  last: digits(last),
  why,
}));

function digits(address: string): string {
  return toHex(parseAddress(address) ?? new Uint8Array(0));
}

/** Why the address lies in a denied range. An IPv4 address inside an IPv6 one is judged by both. */
export function deniedRange(address: string): string | undefined {
  const bytes = parseAddress(address);
  if (bytes === undefined) return 'not an address';
  const found = [bytes, ...embeddedIpv4(bytes)].map(toHex).flatMap(rangeOf)[0];
  return found?.why;
}

function rangeOf(hex: string): Range[] {
  return ranges.filter(({ first, last }) => first.length === hex.length && first <= hex && hex <= last);
}

const mappedPrefix = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
const sixToFour = 0x2002;

/** The IPv4 address that an IPv4-mapped, IPv4-compatible, NAT64 or 6to4 address stands for. */
function embeddedIpv4(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length !== 16) return [];
  if (((bytes[0]! << 8) | bytes[1]!) === sixToFour) return [bytes.subarray(2, 6)];
  const prefix = bytes.subarray(0, 12);
  const known = [mappedPrefix, new Uint8Array(12), parseAddress('64:ff9b::')!.subarray(0, 12)];
  return known.some((each) => sameBytes(each, prefix)) ? [bytes.subarray(12)] : [];
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

export function peerPolicy({ thisMachineOnly, ownAddresses, isOwnService }: PeerPolicyOptions): PeerPolicy {
  const refusal = (peer: TransportAddress) => {
    if (isOwnService(peer)) return 'this server itself';
    const own = isLoopbackAddress(peer.address) || ownAddresses().has(peer.address);
    if (own) return thisMachineOnly ? undefined : 'an address of the machine that relays';
    return deniedRange(peer.address);
  };
  return { refusal, isOwnService };
}
