/** The TURN server seen from a client: what it grants, and every error code. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attr, type AttributeValue } from '../../src/core/stun/attribute.ts';
import { additionalAddressFamily } from '../../src/core/stun/attributes/additional-address-family.ts';
import { addressErrorCode } from '../../src/core/stun/attributes/address-error-code.ts';
import { channelNumber } from '../../src/core/stun/attributes/channel-number.ts';
import { data } from '../../src/core/stun/attributes/data.ts';
import { dontFragment } from '../../src/core/stun/attributes/dont-fragment.ts';
import { evenPort } from '../../src/core/stun/attributes/even-port.ts';
import { lifetime } from '../../src/core/stun/attributes/lifetime.ts';
import { nonce } from '../../src/core/stun/attributes/nonce.ts';
import { requestedAddressFamily } from '../../src/core/stun/attributes/requested-address-family.ts';
import { requestedTransport } from '../../src/core/stun/attributes/requested-transport.ts';
import { reservationToken } from '../../src/core/stun/attributes/reservation-token.ts';
import { unknownAttributes } from '../../src/core/stun/attributes/unknown-attributes.ts';
import { xorMappedAddress } from '../../src/core/stun/attributes/xor-mapped-address.ts';
import { xorPeerAddress } from '../../src/core/stun/attributes/xor-peer-address.ts';
import { xorRelayedAddress } from '../../src/core/stun/attributes/xor-relayed-address.ts';
import { decodeChannelData, encodeChannelData } from '../../src/core/stun/channel-data.ts';
import { checkIntegrity, longTermKey } from '../../src/core/stun/integrity.ts';
import { decodeMessage, encodeMessage, get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startStunTurn, type StunTurnOptions, type StunTurnServer } from '../../src/server/stun-turn.ts';
import type { ObservedPacket } from '../../src/server/turn/packet-tap.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

const { allocate, channelBind, createPermission, refresh, send } = methods;
const udp17 = attr(requestedTransport, 17);

let server: StunTurnServer;
let clock = Date.now();
const open: { close(): void }[] = [];

async function start(options: Partial<StunTurnOptions> = {}): Promise<void> {
  await server?.close();
  server = await startStunTurn({ port: 0, now: () => clock, ...options });
}

async function client(transport: 'udp' | 'tcp' = 'udp', host = '127.0.0.1'): Promise<TurnClient> {
  const made = await TurnClient[transport](server.port, server, host);
  open.push(made);
  return made;
}

/** A peer that sends back what it gets. */
async function echo(
  host = '127.0.0.1',
): Promise<{ socket: Socket; address: { address: string; port: number } }> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((done) => socket.bind(0, host, done));
  socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
  open.push(socket);
  return { socket, address: { address: host, port: socket.address().port } };
}

const ask = async (asking: TurnClient, method: { number: number }, ...attributes: AttributeValue[]) =>
  codeOf(await asking.request(method.number, attributes));

beforeEach(() => start());
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await server.close();
});

describe('Binding', () => {
  test.each(['127.0.0.1', '::1'])('tells where the packet came from, %s', async (host) => {
    for (const transport of ['udp', 'tcp'] as const) {
      const answer = await (await client(transport, host)).plain(methods.binding.number);
      expect(get(answer, xorMappedAddress)?.address).toBe(host);
    }
  });
});

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test.each([
    ['127.0.0.1', 1],
    ['::1', 2],
  ])('data goes through by indication and by channel, %s', async (host, family) => {
    const peer = await echo(host);
    const alice = await client(transport, host);
    const relayed = await alice.allocate(attr(requestedAddressFamily, family));
    expect(relayed.address).toBe(host);
    expect(await alice.permit(peer.address)).toBe(200);
    const payload = randomBytes(7);
    const attributes = [attr(xorPeerAddress, peer.address), attr(data, payload)];
    alice.send(
      encodeMessage({ class: 'indication', method: send.number, transactionId: randomBytes(12), attributes }),
    );
    await until(() => alice.other.length === 1);
    const back = decodeMessage(alice.other[0]!);
    expect(back.ok && get(back.value, data)).toEqual(payload);
    expect(back.ok && get(back.value, xorPeerAddress)).toEqual(peer.address);

    const bound = await ask(
      alice,
      channelBind,
      attr(channelNumber, 0x4001),
      attr(xorPeerAddress, peer.address),
    );
    expect(bound).toBe(200);
    alice.send(encodeChannelData({ channel: 0x4001, data: payload }));
    await until(() => alice.other.length === 2);
    expect(decodeChannelData(alice.other[1]!)).toEqual({
      ok: true,
      value: { channel: 0x4001, data: payload },
    });
  });

  test('a peer without permission is not heard', async () => {
    const peer = await echo();
    const alice = await client(transport);
    const relayed = await alice.allocate();
    peer.socket.send('hello', relayed.port, relayed.address);
    await until(() => server.counters.dropped['no permission'] === 1);
    expect(alice.other).toEqual([]);
  });
});

describe('authentication', () => {
  test('401 with realm and nonce, then success that is signed', async () => {
    const alice = await client();
    expect(codeOf(await alice.challenge())).toBe(401);
    const answer = await alice.request(allocate.number, [udp17]);
    const key = longTermKey(server.username, alice.realm, server.credential);
    expect(checkIntegrity(answer, { algorithm: 'sha1', key })).toBe('good');
    expect(get(answer, lifetime)).toBe(600);
  });

  test('401 for a wrong password, a wrong realm and a stranger; 400 when a part is missing', async () => {
    const alice = await client();
    await alice.challenge();
    const code = async (options: Parameters<TurnClient['signed']>[2]) =>
      codeOf(await alice.ask(alice.signed(allocate.number, [udp17], options)));
    expect(await code({ credential: 'wrong' })).toBe(401);
    expect(await code({ realm: 'elsewhere' })).toBe(401);
    expect(await code({ username: 'nobody' })).toBe(401);
    const integrity = [{ algorithm: 'sha1', key: new Uint8Array(16) }] as const;
    const unnamed = encodeMessage({
      class: 'request',
      method: allocate.number,
      transactionId: randomBytes(12),
      attributes: [udp17],
      integrity,
    });
    expect(codeOf(await alice.ask(unnamed))).toBe(400);
  });

  test('438 for a nonce that is old, made up, or of another port, address or transport', async () => {
    const alice = await client();
    await alice.challenge();
    const elsewhere = await TurnClient.udp(server.port, server, '127.0.0.1', '127.0.0.3');
    open.push(elsewhere);
    for (const bob of [await client(), elsewhere, await client('tcp')]) {
      bob.nonce = alice.nonce;
      bob.realm = alice.realm;
      expect(await ask(bob, refresh)).toBe(438);
    }
    clock += 3601_000;
    const stale = await alice.request(allocate.number, [udp17]);
    expect(codeOf(stale)).toBe(438);
    alice.nonce = get(stale, nonce) ?? '';
    expect(await ask(alice, allocate, udp17)).toBe(200);
    alice.nonce = 'AAAAAAAAAAAAAAAA';
    expect(await ask(alice, refresh)).toBe(438);
  });

  test('441 for another user on the same 5-tuple', async () => {
    const alice = await client();
    await alice.allocate();
    const other = server.createAccount();
    const bytes = alice.signed(refresh.number, [], { ...other });
    expect(codeOf(await alice.ask(bytes))).toBe(441);
    server.removeAccount(other.username);
    expect(codeOf(await alice.ask(alice.signed(refresh.number, [], { ...other })))).toBe(401);
  });
});

describe('Allocate', () => {
  test('437 for a second one; the same answer for a retransmission', async () => {
    const alice = await client();
    await alice.challenge();
    const bytes = alice.signed(allocate.number, [udp17]);
    const first = await alice.ask(bytes);
    const again = await alice.ask(bytes);
    expect(get(again, xorRelayedAddress)).toEqual(get(first, xorRelayedAddress));
    expect(await ask(alice, allocate, udp17)).toBe(437);
    expect(server.allocations).toBe(1);
  });

  test.each([
    ['400 without a transport', 400, []],
    ['442 for TCP towards the peer', 442, [attr(requestedTransport, 6)]],
    ['440 for a family that does not exist', 440, [udp17, attr(requestedAddressFamily, 3)]],
    [
      '400 for two wishes of a family',
      400,
      [udp17, attr(requestedAddressFamily, 1), attr(additionalAddressFamily, 2)],
    ],
    [
      '400 for a token with an even port',
      400,
      [udp17, attr(reservationToken, '0011223344556677'), attr(evenPort, { reserveNext: false })],
    ],
    ['508 for an unknown token', 508, [udp17, attr(reservationToken, '0011223344556677')]],
    ['420 for DONT-FRAGMENT, which Node can not do', 420, [udp17, attr(dontFragment, true)]],
  ] as const)('%s', async (_name, code, attributes) => {
    expect(await ask(await client(), allocate, ...attributes)).toBe(code);
  });

  test('440 where the server has no such address', async () => {
    await start({ host: '::1' });
    const alice = await client('udp', '::1');
    expect(await ask(alice, allocate, udp17)).toBe(440);
    expect(await ask(alice, allocate, udp17, attr(requestedAddressFamily, 2))).toBe(200);
  });

  test('a second family is refused inside a success', async () => {
    const answer = await (await client()).request(allocate.number, [udp17, attr(additionalAddressFamily, 2)]);
    expect(get(answer, addressErrorCode)).toMatchObject({ family: 2, code: 440 });
  });

  test('an even port, and its neighbour by token', async () => {
    const [alice, bob] = [await client(), await client()];
    const answer = await alice.request(allocate.number, [udp17, attr(evenPort, { reserveNext: true })]);
    const relayed = get(answer, xorRelayedAddress)!;
    expect(relayed.port % 2).toBe(0);
    const next = await bob.allocate(attr(reservationToken, get(answer, reservationToken)!));
    expect(next.port).toBe(relayed.port + 1);
  });

  test('the lifetime is never below 600 nor above 3600 seconds', async () => {
    for (const [wished, granted] of [
      [1, 600],
      [1200, 1200],
      [0xffffffff, 3600],
    ] as const) {
      const answer = await (await client()).request(allocate.number, [udp17, attr(lifetime, wished)]);
      expect(get(answer, lifetime)).toBe(granted);
    }
  });

  test('486 for the quota of a user, 508 for the total', async () => {
    await start({ limits: { allocationsPerUser: 2, allocations: 3 } });
    const [a, b, c] = [await client(), await client(), await client()];
    await a.allocate();
    await b.allocate();
    expect(await ask(c, allocate, udp17)).toBe(486);
    expect(await ask(a, refresh, attr(lifetime, 0))).toBe(200);
    expect(await ask(c, allocate, udp17)).toBe(200);
    await start({ limits: { allocations: 1 } });
    await (await client()).allocate();
    expect(await ask(await client(), allocate, udp17)).toBe(508);
  });
});

describe('Refresh', () => {
  test('extends, ends, and does not know what is gone', async () => {
    const alice = await client();
    expect(await ask(alice, refresh)).toBe(437);
    await alice.allocate();
    expect(get(await alice.request(refresh.number, [attr(lifetime, 0xffffffff)]), lifetime)).toBe(3600);
    expect(await ask(alice, refresh, attr(requestedAddressFamily, 2))).toBe(443);
    expect(await ask(alice, refresh, attr(lifetime, 0))).toBe(200);
    expect(await ask(alice, refresh, attr(lifetime, 0))).toBe(437);
    expect(server.allocations).toBe(0);
  });

  test('what has expired makes room at once', async () => {
    await start({ limits: { allocationsPerUser: 1 } });
    const alice = await client();
    const first = await alice.allocate();
    clock += 601_000;
    expect((await alice.allocate()).port).not.toBe(first.port);
    expect(server.allocations).toBe(1);
  });

  test('a client that goes while its port is opened leaves nothing behind', async () => {
    const alice = await client('tcp');
    await alice.challenge();
    alice.send(alice.signed(allocate.number, [udp17]));
    alice.close();
    await new Promise((done) => setTimeout(done, 200));
    expect(server.allocations).toBe(0);
  });

  test('an allocation ends with its lifetime, and with its TCP connection', async () => {
    const alice = await client();
    await alice.allocate();
    clock += 601_000;
    expect(await ask(alice, refresh)).toBe(437);
    await until(() => server.allocations === 0);
    const bob = await client('tcp');
    await bob.allocate();
    bob.close();
    await until(() => server.allocations === 0);
  });
});

describe('CreatePermission and ChannelBind', () => {
  const peer = (port: number, address = '127.0.0.1') => attr(xorPeerAddress, { address, port });

  test('437 without an allocation, 400 without a peer, 443 for the other family', async () => {
    const alice = await client();
    expect(await ask(alice, createPermission, peer(5000))).toBe(437);
    expect(await ask(alice, channelBind, attr(channelNumber, 0x4000), peer(5000))).toBe(437);
    await alice.allocate();
    expect(await ask(alice, createPermission)).toBe(400);
    expect(await ask(alice, createPermission, peer(5000, '::1'))).toBe(443);
    expect(await ask(alice, channelBind, peer(5000))).toBe(400);
    expect(await ask(alice, channelBind, attr(channelNumber, 0x4000))).toBe(400);
  });

  test.each([0, 0x3fff, 0x5000, 0x7fff, 0xffff])('400 for channel number %i', async (number) => {
    const alice = await client();
    await alice.allocate();
    expect(await ask(alice, channelBind, attr(channelNumber, number), peer(5000))).toBe(400);
  });

  test('a channel stays with its peer, and a peer with its channel', async () => {
    const alice = await client();
    await alice.allocate();
    const bind = (number: number, port: number) =>
      ask(alice, channelBind, attr(channelNumber, number), peer(port));
    expect(await bind(0x4000, 5000)).toBe(200);
    expect(await bind(0x4000, 5000)).toBe(200);
    expect(await bind(0x4000, 5001)).toBe(400);
    expect(await bind(0x4001, 5000)).toBe(400);
    expect(await bind(0x4001, 5001)).toBe(200);
    clock += 601_000;
    expect(await alice.request(allocate.number, [udp17]).then(codeOf)).toBe(200);
    expect(await bind(0x4000, 5001)).toBe(200);
  });

  test('permissions end after five minutes', async () => {
    const listener = await echo();
    const alice = await client();
    const relayed = await alice.allocate();
    await alice.permit(listener.address);
    clock += 299_000;
    listener.socket.send('in time', relayed.port, relayed.address);
    await until(() => alice.other.length === 1);
    clock += 2_000;
    listener.socket.send('too late', relayed.port, relayed.address);
    await until(() => server.counters.dropped['no permission'] === 1);
  });

  test('508 when the permissions or channels of an allocation are used up', async () => {
    await start({ limits: { permissionsPerAllocation: 3, channelsPerAllocation: 2 } });
    const alice = await client();
    await alice.allocate();
    const many = (count: number) => Array.from({ length: count }, (_, i) => peer(1, `127.0.1.${i}`));
    expect(await ask(alice, createPermission, ...many(4))).toBe(508);
    expect(await ask(alice, createPermission, ...many(3))).toBe(200);
    expect(await ask(alice, createPermission, peer(1, '127.0.2.1'))).toBe(508);
    const bind = (number: number) =>
      ask(alice, channelBind, attr(channelNumber, number), peer(number, '127.0.1.0'));
    expect(await bind(0x4000)).toBe(200);
    expect(await bind(0x4001)).toBe(200);
    expect(await bind(0x4002)).toBe(508);
  });
});

test('a TCP client may have the port number of a relay: they are two protocols', async () => {
  const relayed = await (await client()).allocate();
  const other = await TurnClient.tcp(server.port, server, '127.0.0.1', relayed.port);
  open.push(other);
  expect(codeOf(await other.plain(methods.binding.number))).toBe(200);
});

test('every packet can be watched, on both legs', async () => {
  const seen: ObservedPacket[] = [];
  const stop = server.onPacket((packet) => seen.push(packet));
  const peer = await echo();
  const alice = await client();
  const relayed = await alice.allocate();
  await ask(alice, channelBind, attr(channelNumber, 0x4000), attr(xorPeerAddress, peer.address));
  alice.send(encodeChannelData({ channel: 0x4000, data: new Uint8Array(4) }));
  await until(() => alice.other.length === 1);
  expect(seen.map(({ leg, direction }) => `${leg} ${direction}`)).toEqual([
    ...Array(3).fill(['client received', 'client sent']).flat(),
    'client received',
    'peer sent',
    'peer received',
    'client sent',
  ]);
  expect(seen.at(-2)).toMatchObject({ local: relayed, remote: peer.address, username: server.username });
  expect(new Set(seen.map((packet) => packet.client)).size).toBe(1);
  expect(seen.every((packet, i) => i === 0 || packet.at >= seen[i - 1]!.at)).toBe(true);
  stop();
  await ask(alice, refresh);
  expect(seen.length).toBe(10);
});

test('unknown attributes that must be understood are named', async () => {
  const unknown = { ...dontFragment, type: 0x7ffe };
  const answer = await (await client()).plain(methods.binding.number, [attr(unknown, true)]);
  expect([codeOf(answer), get(answer, unknownAttributes)]).toEqual([420, [0x7ffe]]);
});
