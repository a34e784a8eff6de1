/**
 * One page's stream. What the page does not read in time waits here, up to a limit; what comes beyond it is counted,
 * and the page is told how many it missed.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { formatTransportAddress } from '../core/base/address.ts';
import type { Account } from './turn/accounts.ts';
import type { ObservedPacket } from './turn/packet-tap.ts';

/** Bytes of JSON that may wait for a page that reads slowly. */
export const streamBacklog = 2 * 1024 * 1024;

export class XrayStream {
  readonly id = randomBytes(18).toString('base64url');
  readonly accounts: ReadonlyMap<string, Account>;
  readonly #response: ServerResponse;
  readonly #missed = new Map<string, number>();

  constructor(response: ServerResponse, peers: readonly string[], createAccount: () => Account) {
    this.#response = response;
    this.accounts = new Map(peers.map((peer) => [peer, createAccount()]));
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.on('drain', () => this.#tellMissed());
    this.#write({ xray: this.id, accounts: Object.fromEntries(this.accounts) });
  }

  peerOf(username: string): string | undefined {
    return [...this.accounts].find(([, account]) => account.username === username)?.[0];
  }

  send(peer: string, packet: ObservedPacket): void {
    if (this.#response.writableLength > streamBacklog)
      return void this.#missed.set(peer, (this.#missed.get(peer) ?? 0) + 1);
    this.#tellMissed();
    const { at, direction, transport, local, remote, leg, bytes } = packet;
    this.#write({
      peer,
      at,
      direction,
      transport,
      local: formatTransportAddress(local),
      remote: formatTransportAddress(remote),
      seenAt: leg === 'client' ? 'server' : 'relay',
      bytes: Buffer.from(bytes).toString('base64'),
    });
  }

  end(): void {
    this.#tellMissed();
    this.#response.end();
  }

  #tellMissed(): void {
    for (const [peer, missed] of this.#missed) this.#write({ peer, missed });
    this.#missed.clear();
  }

  #write(line: object): void {
    this.#response.write(`${JSON.stringify(line)}\n`);
  }
}
