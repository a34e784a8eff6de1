/** All allocations, by the 5-tuple of their client, with quotas, expiry, and ports held back for a second one. */
import { randomBytes } from 'node:crypto';
import { formatTransportAddress, type TransportAddress } from '../../core/stun/address.ts';
import { Allocation } from './allocation.ts';
import type { Client } from './client.ts';
import type { Limits } from './limits.ts';
import { openEvenRelay, openRelay, type RelaySocket } from './relay-socket.ts';

export interface AllocationWish {
  readonly client: Client;
  readonly username: string;
  readonly transactionId: Uint8Array;
  /** The address to relay from. */
  readonly address: string;
  /** Seconds. */
  readonly lifetime: number;
  readonly evenPort?: { readonly reserveNext: boolean };
  readonly reservationToken?: string;
}

interface Reservation {
  readonly relay: RelaySocket;
  readonly username: string;
  readonly expiresAt: number;
}

const reservationLifetime = 30_000;

export class AllocationTable {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #onRelay: (allocation: Allocation) => void;
  readonly #byClient = new Map<string, Allocation>();
  readonly #opening = new Set<string>();
  readonly #countByUser = new Map<string, number>();
  readonly #relays = new Set<string>();
  readonly #reservations = new Map<string, Reservation>();

  /** `onRelay` gets each new allocation, to listen to its socket. */
  constructor(limits: Limits, now: () => number, onRelay: (allocation: Allocation) => void) {
    this.#limits = limits;
    this.#now = now;
    this.#onRelay = onRelay;
  }

  get size(): number {
    return this.#byClient.size;
  }

  /** What has expired is removed on the way, so that its quota is free again. */
  get(client: Client): Allocation | undefined {
    const found = this.#byClient.get(client.key);
    if (found === undefined || found.expiresAt > this.#now()) return found;
    this.remove(found);
    return undefined;
  }

  /** An allocation of this client is about to exist. */
  isOpening(client: Client): boolean {
    return this.#opening.has(client.key);
  }

  isRelay(address: TransportAddress): boolean {
    return this.#relays.has(formatTransportAddress(address));
  }

  /** Which quota one more allocation of this user would break (RFC 8656 §7.2, step 10). */
  brokenQuota(username: string): 'user' | 'total' | undefined {
    if ((this.#countByUser.get(username) ?? 0) >= this.#limits.allocationsPerUser) return 'user';
    return this.#byClient.size + this.#opening.size >= this.#limits.allocations ? 'total' : undefined;
  }

  /** Rejects when there is no port to be had. */
  async create(wish: AllocationWish): Promise<Allocation> {
    const { client, username } = wish;
    this.#opening.add(client.key);
    this.#count(username, 1);
    try {
      const { relay, token } = await this.#openRelay(wish);
      if (!this.#opening.has(client.key)) {
        relay.socket.close();
        throw new Error('the client or the server has gone meanwhile');
      }
      const allocation = new Allocation({
        ...wish,
        relay,
        limits: this.#limits,
        ...(token !== undefined && { reservationToken: token }),
      });
      this.#insert(allocation, wish.lifetime);
      return allocation;
    } catch (error) {
      this.#count(username, -1);
      throw error;
    } finally {
      this.#opening.delete(client.key);
    }
  }

  #insert(allocation: Allocation, lifetime: number): void {
    this.#byClient.set(allocation.client.key, allocation);
    this.#relays.add(formatTransportAddress(allocation.relay.address));
    this.extend(allocation, lifetime);
    this.#onRelay(allocation);
  }

  /** Seconds from now. */
  extend(allocation: Allocation, lifetime: number): void {
    allocation.expiresAt = this.#now() + lifetime * 1000;
  }

  remove(allocation: Allocation): void {
    if (this.#byClient.get(allocation.client.key) !== allocation) return;
    this.#byClient.delete(allocation.client.key);
    this.#relays.delete(formatTransportAddress(allocation.relay.address));
    this.#count(allocation.username, -1);
    allocation.relay.socket.close();
  }

  removeOf(client: Client): void {
    this.#opening.delete(client.key);
    const found = this.#byClient.get(client.key);
    if (found) this.remove(found);
  }

  /** Drops what has expired; to be called about once a second. */
  sweep(): void {
    const now = this.#now();
    for (const allocation of this.#byClient.values()) {
      allocation.forgetExpired(now);
      if (allocation.expiresAt > now) continue;
      this.remove(allocation);
      allocation.client.close();
    }
    for (const [token, { relay, expiresAt }] of this.#reservations) {
      if (expiresAt > now) continue;
      this.#reservations.delete(token);
      relay.socket.close();
    }
  }

  closeAll(): void {
    this.#opening.clear();
    for (const allocation of this.#byClient.values()) this.remove(allocation);
    for (const { relay } of this.#reservations.values()) relay.socket.close();
    this.#reservations.clear();
  }

  #count(username: string, by: number): void {
    const count = (this.#countByUser.get(username) ?? 0) + by;
    if (count === 0) this.#countByUser.delete(username);
    else this.#countByUser.set(username, count);
  }

  async #openRelay(wish: AllocationWish): Promise<{ relay: RelaySocket; token?: string }> {
    if (wish.reservationToken !== undefined)
      return { relay: this.#claim(wish.reservationToken, wish.username) };
    if (wish.evenPort === undefined) return { relay: await openRelay(wish.address) };
    const { relay, next } = await openEvenRelay(wish.address, wish.evenPort);
    return next === undefined ? { relay } : { relay, token: this.#reserve(next, wish.username) };
  }

  #reserve(relay: RelaySocket, username: string): string {
    if (this.#reservations.size >= this.#limits.reservations) {
      relay.socket.close();
      throw new Error('no further port can be reserved');
    }
    const token = randomBytes(8).toString('hex');
    this.#reservations.set(token, { relay, username, expiresAt: this.#now() + reservationLifetime });
    return token;
  }

  #claim(token: string, username: string): RelaySocket {
    const found = this.#reservations.get(token);
    if (found === undefined || found.username !== username) throw new Error('no such reservation');
    this.#reservations.delete(token);
    return found.relay;
  }
}
