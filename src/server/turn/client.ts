/** The other end of a 5-tuple (RFC 8656 §3): what a listener hands over together with each message. */
import { canonicalAddress, type TransportAddress } from '../../core/base/address.ts';

export interface Client {
  /** Names the 5-tuple, for example `udp 127.0.0.1:50123 127.0.0.1:3478`. */
  readonly key: string;
  readonly transport: 'udp' | 'tcp';
  readonly local: TransportAddress;
  readonly remote: TransportAddress;
  /** A STUN message or ChannelData; over TCP the listener pads it. False: it was dropped, nothing leaves. */
  send(bytes: Uint8Array): boolean;
  /** Ends a TCP connection; nothing to do for UDP. */
  close(): void;
}

/** Takes what listeners receive. */
export interface Receiver {
  receive(bytes: Uint8Array, client: Client): void;
  /** Whether a client at this address may be answered at all. */
  mayAnswer(remote: TransportAddress): boolean;
  /** The TCP connection of a client is gone. */
  gone(client: Client): void;
  hasAllocation(client: Client): boolean;
  /** Something that was thrown away, for the counters. */
  drop(reason: DropReason): void;
}

export type DropReason =
  | 'malformed'
  | 'bad fingerprint'
  | 'not a request'
  | 'foreign machine'
  | 'loop'
  | 'no allocation'
  | 'no permission'
  | 'no channel'
  | 'backlog'
  | 'busy'
  | 'refused peer'
  | 'connection limit'
  | 'no port'
  | 'send failed'
  | 'internal error';

export function clientKey(
  transport: 'udp' | 'tcp',
  remote: TransportAddress,
  local: TransportAddress,
): string {
  return `${transport} ${remote.address}:${remote.port} ${local.address}:${local.port}`;
}

/** Without the zone that the system adds to link-local addresses, in its one spelling. */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  return canonicalAddress(address.split('%', 1)[0]!) ?? address;
}
