/**
 * Peers that a relay must refuse: every row of tests/fixtures/turn, against the running server, by CreatePermission,
 * ChannelBind and Send.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, type TransportAddress } from '../../src/core/base/address.ts';
import { attr } from '../../src/core/stun/attribute.ts';
import { requestedAddressFamily } from '../../src/core/stun/attributes/allocation.ts';
import { channelNumber, data, xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { encodeMessage } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startStunTurn, type StunTurnServer } from '../../src/server/stun-turn.ts';
import { machineAddresses } from '../../src/server/turn/bind.ts';
import { deniedRange } from '../../src/server/turn/peer-policy.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

const linesOf = (name: string): string[] =>
  readFileSync(new URL(`../fixtures/turn/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

interface Row {
  readonly peer: string;
  /** What the answer must be: `403`, `200`. */
  readonly must: string;
  readonly why: string;
}

const rows: readonly Row[] = linesOf('peer-bypass-cases.tsv')
  .slice(1)
  .map((line) => line.split('\t') as [string, string, string])
  .map(([peer, must, why]) => ({ peer, must, why }));

/** Beyond the table: the same tricks in other clothes. */
const further: readonly Row[] = [
  ['::127.0.0.1', 'IPv4-compatible loopback'],
  ['::ffff:8.8.8.8', 'IPv4-mapped, though public'],
  ['::ffff:169.254.169.254', 'IPv4-mapped cloud metadata'],
  ['2002:a9fe:a9fe::', '6to4 of cloud metadata'],
  ['64:ff9b:1::a00:1', 'local NAT64'],
  ['2001::1', 'Teredo'],
  ['ff02::1', 'multicast v6'],
].map(([peer, why]) => ({ peer: peer!, must: '403', why: why! }));

const ownRelay = (peer: string) => peer.startsWith('(');
const titled = (list: readonly Row[]) =>
  list.map((row) => [`${row.peer}, ${row.why}: ${row.must}`, row] as const);

/** A client with a relay of each family, as the server tells them. */
async function relays(server: StunTurnServer): Promise<[client: TurnClient, relayed: TransportAddress][]> {
  const pair = [1, 2].map(async (family): Promise<[TurnClient, TransportAddress]> => {
    const client = await TurnClient.udp(server.port, server, family === 1 ? '127.0.0.1' : '::1');
    return [client, await client.allocate(attr(requestedAddressFamily, family))];
  });
  return Promise.all(pair);
}

let channel = 0x4000;

/** What CreatePermission and ChannelBind say of this peer. */
async function answers(client: TurnClient, peer: TransportAddress): Promise<[number, number]> {
  const attributes = [attr(channelNumber, channel++), attr(xorPeerAddress, peer)];
  const permitted = await client.permit(peer);
  return [permitted, codeOf(await client.request(methods.channelBind.number, attributes))];
}

const sendTo = (client: TurnClient, peer: TransportAddress, payload: Uint8Array) =>
  client.send(
    encodeMessage({
      class: 'indication',
      method: methods.send.number,
      transactionId: randomBytes(12),
      attributes: [attr(xorPeerAddress, peer), attr(data, payload)],
    }),
  );

/** Nothing of what is sent leaves the relay. */
async function expectSilent(
  server: StunTurnServer,
  client: TurnClient,
  peer: TransportAddress,
): Promise<void> {
  const before = server.counters.relayed;
  sendTo(client, peer, Uint8Array.of(1));
  expect(codeOf(await client.plain(methods.binding.number))).toBe(200);
  expect(server.counters.relayed).toBe(before);
}

test('the table is whole', () => {
  expect(rows).toHaveLength(20);
  expect(new Set(rows.map(({ must }) => must))).toEqual(new Set(['403', '403 or loop guard', '200']));
});

describe('B64 a server that others can use', () => {
  let strict: StunTurnServer;
  let inside: Awaited<ReturnType<typeof relays>>;
  beforeAll(async () => {
    strict = await startStunTurn({ port: 0, thisMachineOnly: false });
    inside = await relays(strict);
  });
  afterAll(async () => {
    for (const [client] of inside) client.close();
    await strict.close();
  });

  test.each(titled([...rows, ...further].filter(({ must }) => must !== '200')))(
    '%s',
    async (_title, { peer }) => {
      for (const [client, relayed] of inside) {
        const address = ownRelay(peer) ? relayed : { address: peer, port: 9 };
        expect(await answers(client, address)).toEqual([403, 403]);
        await expectSilent(strict, client, address);
      }
    },
  );

  test.each(titled(rows.filter(({ must }) => must === '200')))('%s', async (_title, { peer }) => {
    const [[client], [client6]] = [inside[0]!, inside[1]!];
    expect(await answers(client, { address: peer, port: 9 })).toEqual([200, 200]);
    expect(await answers(client6, { address: peer, port: 9 })).toEqual([443, 443]);
    expect(await client.permit({ address: peer, port: 9 }, { address: '10.0.0.1', port: 9 })).toBe(403);
  });
});

describe('B64 a server for this machine', () => {
  let server: StunTurnServer;
  beforeAll(async () => void (server = await startStunTurn({ port: 0 })));
  afterAll(() => server.close());

  test('B66 is what one gets without asking, and listens on loopback alone', () => {
    expect([server.thisMachineOnly, server.addresses]).toEqual([true, ['127.0.0.1', '::1']]);
  });

  const here = ['127.0.0.1', '::1'];
  /** A row may be this machine's own address, of a container bridge for one: then it passes. */
  const own = [...here, ...machineAddresses()];
  const others = [...rows, ...further].filter(({ peer, must }) => must !== '200' && !own.includes(peer));
  test.each(titled(others))('%s', async (_title, { peer }) => {
    for (const [client, relayed] of await relays(server)) {
      const address = ownRelay(peer) ? relayed : { address: peer, port: 9 };
      expect(await answers(client, address)).toEqual([403, 403]);
      await expectSilent(server, client, address);
      client.close();
    }
  });

  test('loopback passes, but not the server itself', async () => {
    for (const [i, [client]] of (await relays(server)).entries()) {
      const address = here[i]!;
      expect(await answers(client, { address, port: 9 })).toEqual([200, 200]);
      expect(await answers(client, { address, port: server.port })).toEqual([403, 403]);
      const before = server.counters.dropped['refused peer'] ?? 0;
      sendTo(client, { address, port: server.port }, client.bytes(methods.binding.number));
      await until(() => server.counters.dropped['refused peer'] === before + 1);
      client.close();
    }
  });
});

describe('B64 denied ranges', () => {
  const ranges = linesOf('denied-peer-ranges.txt').map((line) => line.split('-') as [string, string?]);

  test.each(ranges)('%s to %s: both ends, and the middle', (first, last = first) => {
    const [from, to] = [parseAddress(first)!, parseAddress(last)!];
    const middle = from.map((byte, i) => (byte === to[i] ? byte : (byte + to[i]!) >> 1));
    for (const address of [first, formatAddress(middle), last])
      expect(deniedRange(address), address).toBeDefined();
  });

  test.each(
    `1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
    169.255.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2001:200:: 2003:: 2606:4700:4700::1111 fbff:: 64:ff9c::`.split(/\s+/),
  )('%s, just outside, passes', (address) => expect(deniedRange(address)).toBeUndefined());
});
