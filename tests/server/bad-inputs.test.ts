/** What a server on a network meets: malformed, forged, excessive. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { channelNumber } from '../../src/core/stun/attributes/channel-number.ts';
import { data } from '../../src/core/stun/attributes/data.ts';
import { requestedTransport } from '../../src/core/stun/attributes/requested-transport.ts';
import { xorPeerAddress } from '../../src/core/stun/attributes/xor-peer-address.ts';
import { encodeMessage, type EncodeInput } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startStunTurn, type StunTurnServer } from '../../src/server/stun-turn.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

let server: StunTurnServer;
let client: TurnClient;

beforeAll(async () => {
  server = await startStunTurn({ port: 0 });
  client = await TurnClient.udp(server.port, server);
});
afterAll(async () => {
  client.close();
  await server.close();
});

const binding: EncodeInput = {
  class: 'request',
  method: methods.binding.number,
  transactionId: new Uint8Array(12),
  attributes: [],
};
const changed = (bytes: Uint8Array, change: (bytes: Uint8Array) => void) => {
  change(bytes);
  return bytes;
};

describe('dropped without an answer, and counted', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['19 bytes', encodeMessage(binding).subarray(0, 19)],
    ['a wrong cookie', changed(encodeMessage(binding), (bytes) => (bytes[4] = 0))],
    ['a length that is no multiple of four', changed(encodeMessage(binding), (bytes) => (bytes[3] = 3))],
    ['a length beyond the datagram', changed(encodeMessage(binding), (bytes) => (bytes[3] = 8))],
    [
      'an attribute beyond the message',
      changed(encodeMessage({ ...binding, fingerprint: true }), (bytes) => (bytes[23] = 9)),
    ],
    ['65,507 bytes', new Uint8Array(65_507)],
    [
      'a bad fingerprint',
      changed(encodeMessage({ ...binding, fingerprint: true }), (bytes) => (bytes[27]! ^= 1)),
    ],
    ['a response', encodeMessage({ ...binding, class: 'success' })],
    ['an indication of Binding', encodeMessage({ ...binding, class: 'indication' })],
    ['ChannelData without an allocation', Uint8Array.of(0x40, 0, 0, 1, 7)],
    ['something else', randomBytes(100).fill(0xff, 0, 1)],
  ])('%s', async (_name, bytes) => {
    const before = total();
    client.send(bytes);
    await until(() => total() === before + 1);
    expect(client.other).toEqual([]);
    expect(codeOf(await client.plain(methods.binding.number))).toBe(200);
  });

  const total = () => Object.values(server.counters.dropped).reduce((sum, count) => sum + count, 0);
});

test('a malformed attribute that must be understood, and an unknown method, are bad requests', async () => {
  const malformed = { ...requestedTransport, encode: () => new Uint8Array(3) };
  const code = codeOf(await client.plain(methods.allocate.number, [attr(malformed, 17)]));
  expect(code).toBe(400);
  expect(codeOf(await client.plain(0x0ff))).toBe(400);
});

test('no answer to a stranger is more than four times as long as the question', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  for (const { number } of Object.values(methods)) {
    for (const attributes of [[], [attr(requestedTransport, 17)]]) {
      const question = encodeMessage({
        ...binding,
        method: number,
        attributes,
        transactionId: randomBytes(12),
      });
      const answer = new Promise<Uint8Array>((done) => socket.once('message', done));
      socket.send(question, server.port, '127.0.0.1');
      expect((await answer).length / question.length).toBeLessThan(4);
    }
  }
  socket.close();
});

/** Each must be refused by a server that other machines can use. */
const neverPeers =
  `127.0.0.1 0.0.0.0 :: ::1 ::ffff:127.0.0.1 ::ffff:0.0.0.0 ::ffff:10.0.0.1 10.0.0.1 192.168.1.1
  172.17.0.1 100.64.0.1 169.254.169.254 64:ff9b::7f00:1 2002:7f00:1:: 224.0.0.1 255.255.255.255 fe80::1 fd00::1
  ::127.0.0.1 ff02::1 2001::1 64:ff9b:1::a00:1 ::ffff:8.8.8.8`.split(/\s+/);

describe('peers that a server open to others refuses', () => {
  let strict: StunTurnServer;
  let inside: TurnClient;
  beforeAll(async () => {
    strict = await startStunTurn({ port: 0, thisMachineOnly: false });
    inside = await TurnClient.udp(strict.port, strict);
    await inside.allocate();
  });
  afterAll(async () => {
    inside.close();
    await strict.close();
  });

  test.each(neverPeers)('%s', async (address) => {
    const peer = attr(xorPeerAddress, { address, port: 9 });
    expect(await inside.permit({ address, port: 9 })).toBe(403);
    const bound = await inside.request(methods.channelBind.number, [attr(channelNumber, 0x4000), peer]);
    expect(codeOf(bound)).toBe(403);
    const before = strict.counters.relayed;
    inside.send(
      encodeMessage({
        ...binding,
        class: 'indication',
        method: methods.send.number,
        attributes: [peer, attr(data, Uint8Array.of(1))],
      }),
    );
    expect(codeOf(await inside.plain(methods.binding.number))).toBe(200);
    expect(strict.counters.relayed).toBe(before);
  });

  test('an ordinary public peer passes; one refused peer among good ones refuses all', async () => {
    const good = { address: '8.8.8.8', port: 9 };
    expect(await inside.permit(good)).toBe(200);
    expect(await inside.permit(good, { address: '10.0.0.1', port: 9 })).toBe(403);
  });
});

describe('peers in the loopback mode', () => {
  test.each(neverPeers.filter((address) => !['127.0.0.1', '::1'].includes(address)))(
    '%s is refused as well',
    async (address) => {
      const alice = await TurnClient.udp(server.port, server);
      await alice.allocate();
      expect(await alice.permit({ address, port: 9 })).toBe(403);
      alice.close();
    },
  );

  test('loopback passes, but not the server itself nor the own relay', async () => {
    const alice = await TurnClient.udp(server.port, server);
    const relayed = await alice.allocate();
    expect(await alice.permit({ address: '127.0.0.1', port: 9 })).toBe(200);
    expect(await alice.permit({ address: '127.0.0.1', port: server.port })).toBe(403);
    expect(await alice.permit(relayed)).toBe(403);
    const toItself = [
      attr(xorPeerAddress, { address: '127.0.0.1', port: server.port }),
      attr(data, encodeMessage(binding)),
    ];
    alice.send(
      encodeMessage({ ...binding, class: 'indication', method: methods.send.number, attributes: toItself }),
    );
    await until(() => server.counters.dropped['refused peer'] === 1);
    alice.close();
  });
});

describe('TCP connections that do nothing good are closed', () => {
  const closed = (port: number, bytes: Uint8Array) =>
    new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('close', () => done()).on('error', () => undefined);
      socket.write(bytes);
    });

  test('a stream that is neither STUN nor ChannelData', () =>
    closed(server.port, Buffer.from('POST / HTTP/1.1')));

  test('half a message and then silence; more connections than there may be', async () => {
    const small = await startStunTurn({ port: 0, limits: { tcpIdle: 0.05, tcpConnections: 2 } });
    await closed(small.port, encodeMessage(binding).subarray(0, 10));
    const sockets = Array.from({ length: 3 }, () =>
      connect(small.port, '127.0.0.1').on('error', () => undefined),
    );
    await until(() => small.counters.dropped['connection limit'] === 1);
    for (const socket of sockets) socket.destroy();
    await small.close();
  });

  test('one with an allocation may be idle; when the allocation ends, it is closed', async () => {
    let now = Date.now();
    const small = await startStunTurn({ port: 0, now: () => now, limits: { tcpIdle: 0.05 } });
    const alice = await TurnClient.tcp(small.port, small);
    await alice.allocate();
    await new Promise((done) => setTimeout(done, 200));
    expect(codeOf(await alice.plain(methods.binding.number))).toBe(200);
    now += 601_000;
    await until(() => small.allocations === 0);
    await expect(alice.plain(methods.binding.number).catch(() => 'closed')).resolves.toBe('closed');
    await small.close();
  });
});
