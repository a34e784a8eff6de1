/** Who a connection comes from, and how much each address may take. Addresses are never logged. */
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { RoomLimits } from './limits.ts';

/** The client's address; behind a proxy of one's own, what that proxy says: the last entry of `X-Forwarded-For`. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? [request.headers['x-forwarded-for']].flat().at(-1) : undefined;
  return countedAs(forwarded?.split(',').at(-1)?.trim() || request.socket.remoteAddress || 'unknown');
}

/** An IPv6 client has a /64 of its own, so that counts as one; an IPv4-mapped address is the IPv4 address. */
export function countedAs(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? prefixOf(address) : address;
}

/** The first four groups, `::` written out. */
function prefixOf(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, zeros)).fill('0'), ...groups(tail)];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

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
