/** All allocations, by the 5-tuple of their client, with quotas, expiry, and ports held back for a second one. */
import { randomBytes } from 'node:crypto';
import { formatTransportAddress, type TransportAddress } from '../../core/base/address.ts';
import { countedAs } from '../client-address.ts';
import { Tally } from '../tally.ts';
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
  /** Wishes whose socket is being opened; one that is taken out meanwhile comes to nothing. */
  readonly #opening = new Map<string, AllocationWish>();
  readonly #ofUser = new Tally();
  readonly #ofAddress = new Tally();
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

  /** Which quota one more allocation of this user at this client would break (RFC 8656 §7.2, step 10). */
  brokenQuota(username: string, { remote }: Client): 'user' | 'total' | undefined {
    const { allocations, allocationsPerUser, allocationsPerAddress } = this.#limits;
    if (this.#ofUser.of(username) >= allocationsPerUser) return 'user';
    if (this.#ofAddress.of(countedAs(remote.address)) >= allocationsPerAddress) return 'user';
    return this.#byClient.size + this.#opening.size >= allocations ? 'total' : undefined;
  }

  /** Rejects when there is no port to be had; then nothing stays open. */
  async create(wish: AllocationWish): Promise<Allocation> {
    const { client } = wish;
    this.#opening.set(client.key, wish);
    this.#count(wish, 1);
    try {
      const { relay, next } = await this.#openRelay(wish);
      const isWanted = this.#opening.get(client.key) === wish;
      if (!isWanted || (next && this.#reservations.size >= this.#limits.reservations)) {
        close(relay, next);
        throw new Error(
          isWanted ? 'no further port can be reserved' : 'whoever wished it has gone meanwhile',
        );
      }
      const token = next && this.#reserve(next, wish.username);
      const allocation = new Allocation({
        ...wish,
        relay,
        limits: this.#limits,
        ...(token !== undefined && { reservationToken: token }),
      });
      this.#insert(allocation, wish.lifetime);
      return allocation;
    } catch (error) {
      this.#count(wish, -1);
      throw error;
    } finally {
      if (this.#opening.get(client.key) === wish) this.#opening.delete(client.key);
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
    this.#count(allocation, -1);
    close(allocation.relay);
  }

  removeOf(client: Client): void {
    this.#opening.delete(client.key);
    const found = this.#byClient.get(client.key);
    if (found) this.remove(found);
  }

  /** Ends what this user holds: allocations, those being made, and ports held back. */
  removeOfUser(username: string): void {
    for (const [key, wish] of this.#opening) if (wish.username === username) this.#opening.delete(key);
    for (const allocation of this.#byClient.values())
      if (allocation.username === username) this.#end(allocation);
    for (const [token, reservation] of this.#reservations)
      if (reservation.username === username) this.#release(token, reservation);
  }

  /** Drops what has expired; to be called about once a second. */
  sweep(): void {
    const now = this.#now();
    for (const allocation of this.#byClient.values()) {
      allocation.forgetExpired(now);
      if (allocation.expiresAt <= now) this.#end(allocation);
    }
    for (const [token, reservation] of this.#reservations)
      if (reservation.expiresAt <= now) this.#release(token, reservation);
  }

  closeAll(): void {
    this.#opening.clear();
    for (const allocation of this.#byClient.values()) this.remove(allocation);
    for (const [token, reservation] of this.#reservations) this.#release(token, reservation);
  }

  #end(allocation: Allocation): void {
    this.remove(allocation);
    allocation.client.close();
  }

  #release(token: string, { relay }: Reservation): void {
    this.#reservations.delete(token);
    close(relay);
  }

  #count({ username, client }: { username: string; client: Client }, by: 1 | -1): void {
    this.#ofUser.add(username, by);
    this.#ofAddress.add(countedAs(client.remote.address), by);
  }

  async #openRelay(wish: AllocationWish): Promise<{ relay: RelaySocket; next?: RelaySocket }> {
    if (wish.reservationToken !== undefined)
      return { relay: this.#claim(wish.reservationToken, wish.username) };
    if (wish.evenPort === undefined) return { relay: await openRelay(wish.address) };
    return openEvenRelay(wish.address, wish.evenPort);
  }

  #reserve(relay: RelaySocket, username: string): string {
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

function close(...relays: readonly (RelaySocket | undefined)[]): void {
  for (const relay of relays) relay?.socket.close();
}
