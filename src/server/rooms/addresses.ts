/** How much each address may take (see client-address.ts). */
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { RoomLimits } from './limits.ts';

interface Account {
  connections: number;
  readonly joins: TokenBucket;
  readonly strayPosts: TokenBucket;
}

export class Addresses {
  readonly #limits: RoomLimits;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();
  #connections = 0;

  constructor(limits: RoomLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get connections(): number {
    return this.#connections;
  }

  /** Counts a connection; false when there are too many. */
  open(address: string): boolean {
    const account = this.#of(address);
    if (this.#connections >= this.#limits.connections) return false;
    if (account.connections >= this.#limits.connectionsPerAddress) return false;
    account.connections++;
    this.#connections++;
    return true;
  }

  close(address: string): void {
    this.#of(address).connections--;
    this.#connections--;
  }

  mayJoin(address: string): boolean {
    return this.#of(address).joins.take(this.#now());
  }

  mayPostAstray(address: string): boolean {
    return this.#of(address).strayPosts.take(this.#now());
  }

  /** Forgets those of whom there is nothing to remember. */
  sweep(): void {
    const now = this.#now();
    for (const [address, { connections, joins, strayPosts }] of this.#accounts)
      if (connections === 0 && joins.isFull(now) && strayPosts.isFull(now)) this.#accounts.delete(address);
  }

  #of(address: string): Account {
    let account = this.#accounts.get(address);
    if (!account) {
      const { joinBurst, joinsPerSecond, strayPostsPerSecond } = this.#limits;
      account = {
        connections: 0,
        joins: new TokenBucket(joinBurst, joinsPerSecond, this.#now()),
        strayPosts: new TokenBucket(strayPostsPerSecond, strayPostsPerSecond, this.#now()),
      };
      this.#accounts.set(address, account);
    }
    return account;
  }
}
