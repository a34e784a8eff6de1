import type { TransportAddress } from '../base/address.ts';
import type { Wire } from './wire.ts';

export type Side = 'A' | 'B';

/** A segment of TCP: what `tcp.ts` needs of its header. */
export interface Segment {
  readonly flags: 'syn' | 'syn-ack' | 'ack' | 'data';
  /** Of the message in its direction, from 0. */
  readonly number: number;
}

/** A datagram, or a segment of TCP, on its way. NATs make a new one of it with the same `id`. */
export interface Packet {
  readonly id: number;
  readonly transport: 'udp' | 'tcp';
  readonly source: TransportAddress;
  readonly destination: TransportAddress;
  readonly wire: Wire;
  readonly segment?: Segment;
  /** Whose call it belongs to: who sent it, or whom it is for where a server sends it. */
  readonly side: Side;
}

/** Why a packet went no further. */
export type DropReason =
  | 'lost'
  | 'too large'
  | 'no such address'
  | 'private address'
  | 'no mapping'
  | 'filtered'
  | 'no hairpinning'
  | 'firewall'
  | 'closed port';

export interface Drop {
  readonly packet: Packet;
  /** `A’s NAT`, `the firewall of B`, `the internet`. */
  readonly where: string;
  readonly reason: DropReason;
}

export const sameAddress = (a: TransportAddress, b: TransportAddress): boolean =>
  a.port === b.port && a.address === b.address;

export const isIpv6 = (address: string): boolean => address.includes(':');

/** RFC 1918 and RFC 4193: no router of the internet forwards to these. */
export const isPrivate = (address: string): boolean =>
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/.test(address);
