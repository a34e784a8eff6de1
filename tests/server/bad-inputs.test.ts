/** Rows B61, B62, B65 and B66 of the table of bad inputs: malformed, forged, excessive. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { requestedTransport } from '../../src/core/stun/attributes/allocation.ts';
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

describe('B61, B62 dropped without an answer, and counted', () => {
  test.each([
    ['B61 nothing', new Uint8Array(0)],
    ['B61 19 bytes', encodeMessage(binding).subarray(0, 19)],
    ['B61 a wrong cookie', changed(encodeMessage(binding), (bytes) => (bytes[4] = 0))],
    ['B61 a length that is no multiple of four', changed(encodeMessage(binding), (bytes) => (bytes[3] = 3))],
    ['B61 a length beyond the datagram', changed(encodeMessage(binding), (bytes) => (bytes[3] = 8))],
    [
      'B61 an attribute beyond the message',
      changed(encodeMessage({ ...binding, fingerprint: true }), (bytes) => (bytes[23] = 9)),
    ],
    ['B61 65,507 bytes', new Uint8Array(65_507)],
    [
      'B62 a bad fingerprint',
      changed(encodeMessage({ ...binding, fingerprint: true }), (bytes) => (bytes[27]! ^= 1)),
    ],
    ['B61 a response', encodeMessage({ ...binding, class: 'success' })],
    ['B61 an indication of Binding', encodeMessage({ ...binding, class: 'indication' })],
    ['B61 ChannelData without an allocation', Uint8Array.of(0x40, 0, 0, 1, 7)],
    ['B61 something else', randomBytes(100).fill(0xff, 0, 1)],
  ])('%s', async (_name, bytes) => {
    const before = total();
    client.send(bytes);
    await until(() => total() === before + 1);
    expect(client.other).toEqual([]);
    expect(codeOf(await client.plain(methods.binding.number))).toBe(200);
  });

  const total = () => Object.values(server.counters.dropped).reduce((sum, count) => sum + count, 0);
});

test('B62 a malformed attribute that must be understood, and an unknown method, are bad requests', async () => {
  const malformed = { ...requestedTransport, encode: () => new Uint8Array(3) };
  const code = codeOf(await client.plain(methods.allocate.number, [attr(malformed, 17)]));
  expect(code).toBe(400);
  expect(codeOf(await client.plain(0x0ff))).toBe(400);
});

test('B66 no answer to a stranger is more than four times as long as the question', async () => {
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

describe('B65 TCP connections that do nothing good are closed', () => {
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
    const small = await startStunTurn({ port: 0, now: () => now, limits: { tcpIdle: 1 } });
    const alice = await TurnClient.tcp(small.port, small);
    await alice.allocate();
    await closed(small.port, new Uint8Array(0)); // who came later and has none is closed before her turn comes twice
    await closed(small.port, new Uint8Array(0));
    expect(codeOf(await alice.plain(methods.binding.number))).toBe(200);
    now += 601_000;
    await until(() => small.allocations === 0);
    await expect(alice.plain(methods.binding.number).catch(() => 'closed')).resolves.toBe('closed');
    await small.close();
  });
});
