/** A fixed-seed storm of 100,000 datagrams and 1,000 TCP streams: the server lives, answers, and keeps its memory. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { attributeRegistry } from '../../src/core/stun/attributes/index.ts';
import { nonce } from '../../src/core/stun/attributes/nonce.ts';
import { realm } from '../../src/core/stun/attributes/realm.ts';
import { requestedTransport } from '../../src/core/stun/attributes/requested-transport.ts';
import { username } from '../../src/core/stun/attributes/username.ts';
import { encodeChannelData } from '../../src/core/stun/channel-data.ts';
import { longTermKey } from '../../src/core/stun/integrity.ts';
import { encodeMessage } from '../../src/core/stun/message.ts';
import { methodRegistry } from '../../src/core/stun/methods.ts';
import { frameForStream } from '../../src/core/stun/stream.ts';
import { startStunTurn, type StunTurnServer } from '../../src/server/stun-turn.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

type Random = () => number;

/** mulberry32. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const bytesOf = (random: Random, length: number) => Uint8Array.from({ length }, () => random() * 256);
const classes = ['request', 'indication', 'success', 'error'] as const;

/** What the server wants to be signed with. */
type Challenge = Pick<TurnClient, 'nonce' | 'realm'>;

/** A message of random attributes; signed correctly one time in two, so that the storm gets past authentication. */
function randomMessage(random: Random, challenge: Challenge, login: StunTurnServer): Uint8Array {
  const count = Math.floor(random() * 5);
  const attributes = Array.from({ length: count }, () => {
    const def = pick(random, attributeRegistry.all);
    const value =
      random() < 0.7 ? def.encode(def.example, new Uint8Array(12)) : bytesOf(random, random() * 40);
    return attr({ ...def, encode: () => value }, undefined);
  });
  const signed = random() < 0.5;
  const signature = [
    attr(username, login.username),
    attr(realm, challenge.realm),
    attr(nonce, challenge.nonce),
  ];
  const key = longTermKey(login.username, challenge.realm, login.credential);
  return encodeMessage({
    class: random() < 0.8 ? 'request' : pick(random, classes),
    method: pick(random, methodRegistry.all).number,
    transactionId: bytesOf(random, 12),
    attributes: signed ? [...attributes, ...signature, attr(requestedTransport, 17)] : attributes,
    ...(signed && { integrity: [{ algorithm: 'sha1', key }] }),
    fingerprint: random() < 0.5,
  });
}

/** Mostly well formed, then cut, stretched or bent. */
function randomPacket(random: Random, challenge: Challenge, login: StunTurnServer): Uint8Array {
  const kind = random();
  if (kind < 0.1) return bytesOf(random, random() * 300);
  if (kind < 0.2)
    return encodeChannelData({ channel: 0x4000 + random() * 0x1100, data: bytesOf(random, random() * 60) });
  const bytes = randomMessage(random, challenge, login);
  if (kind < 0.6) return bytes;
  if (kind < 0.75) return bytes.subarray(0, random() * bytes.length);
  for (let i = 0; i < 3; i++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
  return bytes;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are held once everything is thrown away that can be: of the heap, and of buffers beside it. */
function held(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const MEGABYTE = 2 ** 20;

/** Client and server share a thread: lets the server read before the kernel drops. */
async function catchUp(server: StunTurnServer, sent: number): Promise<void> {
  for (let turn = 0; turn < 100 && server.counters.received < sent - 100; turn++) {
    await new Promise((done) => setImmediate(done));
  }
}

test('100,000 datagrams', async () => {
  const server = await startStunTurn({ port: 0, limits: { allocationsPerUser: 20 } });
  const client = await TurnClient.udp(server.port, server);
  await client.allocate();
  const random = seeded(5);
  const sockets = Array.from({ length: 20 }, () => createSocket('udp4'));
  const [before, receivedBefore] = [held(), server.counters.received];
  for (let sent = 0; sent < 100_000; sent++) {
    const bytes = randomPacket(random, client, server);
    if (random() < 0.5) client.send(bytes);
    else pick(random, sockets).send(bytes, server.port, '127.0.0.1');
    client.other.length = 0;
    if (sent % 100 === 0) await catchUp(server, sent);
  }
  await until(() => server.counters.received - receivedBefore === 100_000, 10_000);
  for (const socket of sockets) socket.close();
  const other = await TurnClient.udp(server.port, server);
  expect(codeOf(await other.plain(1))).toBe(200);
  expect(server.allocations).toBeLessThanOrEqual(20);
  const grown = held() - before;
  expect(grown).toBeLessThan(20 * MEGABYTE);
  const { received, answered, dropped } = server.counters;
  console.log(
    `fuzz: ${received} received, ${answered} answered, ${(grown / MEGABYTE).toFixed(1)} MB`,
    dropped,
  );
  client.close();
  other.close();
  await server.close();
}, 120_000);

test('1,000 streams', async () => {
  const server = await startStunTurn({ port: 0, limits: { allocationsPerUser: 20 } });
  const before = held();
  let most = 0;
  server.onPacket(() => (most = Math.max(most, server.allocations)));
  for (let batch = 0; batch < 20; batch++) {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        (i % 2 === 0 ? politeStream : rudeStream)(seeded(batch * 50 + i), server),
      ),
    );
  }
  const other = await TurnClient.tcp(server.port, server);
  expect(codeOf(await other.plain(1))).toBe(200);
  other.close();
  await until(() => server.allocations === 0);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(20);
  const grown = held() - before;
  expect(grown).toBeLessThan(20 * MEGABYTE);
  const { received, answered, dropped } = server.counters;
  console.log(`fuzz: ${received} frames, ${answered} answered, ${(grown / MEGABYTE).toFixed(1)} MB`, dropped);
  await server.close();
}, 120_000);

/** An allocation, then well-formed messages that are signed for this very connection, then anything. */
async function politeStream(random: Random, server: StunTurnServer): Promise<void> {
  const client = await TurnClient.tcp(server.port, server);
  await client.allocate().catch(() => undefined); // beyond the quota there is none
  for (let frames = 1 + random() * 10; frames > 0; frames--)
    client.send(randomMessage(random, client, server));
  client.send(randomPacket(random, client, server));
  await new Promise((done) => setTimeout(done, 100 + random() * 50));
  client.close();
}

/** Random frames in random pieces; then the end, or a cut. */
async function rudeStream(random: Random, server: StunTurnServer): Promise<void> {
  const stranger = { nonce: 'made up', realm: server.realm };
  const frames = Array.from({ length: 1 + random() * 10 }, () => randomPacket(random, stranger, server));
  const ends = random() < 0.5;
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    socket
      .on('error', () => undefined)
      .on('data', () => undefined)
      .on('close', () => resolve());
    for (const frame of frames.map(frameForStream)) {
      const cut = Math.floor(random() * frame.length);
      socket.write(frame.subarray(0, cut));
      socket.write(frame.subarray(cut));
    }
    if (ends) socket.end();
    setTimeout(() => socket.destroy(), 100 + random() * 50);
  });
}
