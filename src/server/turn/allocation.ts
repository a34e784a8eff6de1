/** One allocation (RFC 8656 §3, §9, §12): a relayed transport address, who holds it, and which peers it knows. */
import type { TransportAddress } from '../../core/base/address.ts';
import { toHex } from '../../core/base/bytes.ts';
import type { Client } from './client.ts';
import { sendDatagram } from './datagram.ts';
import type { Limits } from './limits.ts';
import type { RelaySocket } from './relay-socket.ts';

export interface Channel {
  readonly number: number;
  readonly peer: TransportAddress;
  expiresAt: number;
}

export interface AllocationOptions {
  readonly client: Client;
  readonly username: string;
  readonly transactionId: Uint8Array;
  readonly relay: RelaySocket;
  readonly limits: Limits;
  /** Names the neighbouring port that is held back (RFC 8656 §7.2). */
  readonly reservationToken?: string;
}

const peerKey = ({ address, port }: TransportAddress): string => `${address}:${port}`;

/** Times are milliseconds of the server's clock. */
export class Allocation {
  readonly client: Client;
  readonly username: string;
  readonly relay: RelaySocket;
  readonly reservationToken: string | undefined;
  expiresAt = 0;
  readonly #madeBy: string;
  readonly #limits: Limits;
  readonly #permissions = new Map<string, number>();
  readonly #channels = new Map<number, Channel>();
  readonly #channelOfPeer = new Map<string, Channel>();

  constructor({ client, username, transactionId, relay, limits, reservationToken }: AllocationOptions) {
    this.client = client;
    this.username = username;
    this.relay = relay;
    this.reservationToken = reservationToken;
    this.#madeBy = toHex(transactionId);
    this.#limits = limits;
  }

  /** Whether this very request made the allocation: then it is a retransmission. */
  wasMadeBy(transactionId: Uint8Array): boolean {
    return this.#madeBy === toHex(transactionId);
  }

  isPermitted(address: string, now: number): boolean {
    return (this.#permissions.get(address) ?? 0) > now;
  }

  /** Whether so many further peers fit. */
  hasRoomFor(addresses: readonly string[]): boolean {
    const added = new Set(addresses.filter((address) => !this.#permissions.has(address)));
    return this.#permissions.size + added.size <= this.#limits.permissionsPerAllocation;
  }

  permit(address: string, now: number): void {
    this.#permissions.set(address, now + this.#limits.permissionLifetime * 1000);
  }

  channel(number: number, now: number): Channel | undefined {
    const found = this.#channels.get(number);
    return found && found.expiresAt > now ? found : undefined;
  }

  channelOf(peer: TransportAddress, now: number): Channel | undefined {
    const found = this.#channelOfPeer.get(peerKey(peer));
    return found && found.expiresAt > now ? found : undefined;
  }

  /** Binds or refreshes; also permits the peer (RFC 8656 §12.2). */
  bindChannel(number: number, peer: TransportAddress, now: number): 'bound' | 'taken' | 'full' {
    const bound = this.channel(number, now) ?? this.channelOf(peer, now);
    if (bound && (bound.number !== number || peerKey(bound.peer) !== peerKey(peer))) return 'taken';
    this.forgetExpired(now);
    const full =
      this.#channels.size >= this.#limits.channelsPerAllocation || !this.hasRoomFor([peer.address]);
    if (!bound && full) return 'full';
    const channel = { number, peer, expiresAt: now + this.#limits.channelLifetime * 1000 };
    this.#channels.set(number, channel);
    this.#channelOfPeer.set(peerKey(peer), channel);
    this.permit(peer.address, now);
    return 'bound';
  }

  forgetExpired(now: number): void {
    for (const [address, until] of this.#permissions) if (until <= now) this.#permissions.delete(address);
    for (const channel of this.#channels.values()) {
      if (channel.expiresAt > now) continue;
      this.#channels.delete(channel.number);
      this.#channelOfPeer.delete(peerKey(channel.peer));
    }
  }

  isOwnRelay(peer: TransportAddress): boolean {
    return peerKey(peer) === peerKey(this.relay.address);
  }

  /** False: nothing left. */
  sendToPeer(peer: TransportAddress, data: Uint8Array): boolean {
    return sendDatagram(this.relay.socket, data, peer);
  }
}
