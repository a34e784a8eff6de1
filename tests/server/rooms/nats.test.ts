/**
 * Two servers, a real nats-server, and what happens when each of them is killed. Skipped, and said so, where Debian's
 * package nats-server is not installed.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newSecret } from '../../../src/live/signalling/secret.ts';
import { startServer } from '../../../src/server/main.ts';
import { openNodeRoom, type TransportName } from '../../live/signalling/node-rooms.ts';
import { Watched, numbered, until } from '../../live/signalling/room-contract.ts';
import { type Balancer, type Program, balance, hasNats, natsProgram, serverProgram } from './processes.ts';
import { freePort } from '../../support/free-port.ts';

if (!hasNats) console.warn('SKIPPED: rooms on two servers. Debian package nats-server is not installed.');

let nats: Program;
let servers: readonly [Program, Program];
let balancer: Balancer;

const generous = JSON.stringify({ joinBurst: 10_000, messageBurst: 100_000, messagesPerSecond: 100_000 });

beforeAll(async () => {
  if (!hasNats) return;
  nats = natsProgram(await freePort());
  await nats.start();
  const env = { NATS_URL: `nats://127.0.0.1:${nats.port}`, ICESCOPE_ROOM_LIMITS: generous };
  servers = [serverProgram(await freePort(), env), serverProgram(await freePort(), env)];
  await Promise.all(servers.map((server) => server.start()));
  balancer = await balance(servers);
});
afterAll(async () => {
  balancer?.close();
  await Promise.all([...(servers ?? []), nats].map((program) => program?.kill()));
});

const urlOf = ({ port }: Program) => `http://127.0.0.1:${port}/`;

function open(transport: TransportName, base: string, room: string): Watched {
  const watched = new Watched(openNodeRoom(transport, base, room));
  onTestFinished(() => watched.room.close());
  return watched;
}

interface Pair {
  readonly name: string;
  readonly a: Watched;
  readonly b: Watched;
}

async function meet(name: string, a: Watched, b: Watched): Promise<Pair> {
  await until(() => a.now.other && b.now.other, `${name}: both sit`);
  expect([a.now.seat, b.now.seat].sort()).toEqual(['A', 'B']);
  return { name, a, b };
}

/** Says a number every few milliseconds on both sides until told to stop; gives back how many. */
function talk({ a, b }: Pair): () => number {
  let count = 0;
  const timer = setInterval(() => {
    a.room.send(`a${count}`);
    b.room.send(`b${count}`);
    count++;
  }, 10);
  return () => {
    clearInterval(timer);
    return count;
  };
}

/** Every message once, in order, whatever happened meanwhile. */
async function expectAll({ name, a, b }: Pair, count: number): Promise<void> {
  await until(
    () => a.letters.length >= count && b.letters.length >= count,
    `${name}: ${count} letters`,
    25_000,
  ).catch(() => {});
  expect([name, b.letters]).toEqual([name, numbered(count, 'a')]);
  expect([name, a.letters]).toEqual([name, numbered(count, 'b')]);
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe.runIf(hasNats)('two servers and NATS', () => {
  const across = (a: TransportName, b: TransportName, room = newSecret()) =>
    meet(`${a} with ${b}`, open(a, urlOf(servers[0]), room), open(b, urlOf(servers[1]), room));
  const balanced = (a: TransportName, b: TransportName, room = newSecret()) =>
    meet(`balanced ${a} with ${b}`, open(a, balancer.url, room), open(b, balancer.url, room));

  test('the two ends on two servers: seats, letters, a third one, leaving', async () => {
    const room = newSecret();
    const pair = await across('websocket', 'websocket', room);
    for (const text of numbered(500, 'a')) pair.a.room.send(text);
    for (const text of numbered(500, 'b')) pair.b.room.send(text);
    await expectAll(pair, 500);
    for (const server of servers) {
      const third = open('websocket', urlOf(server), room);
      await until(() => third.now.link === 'full', 'the third is told');
    }
    pair.a.room.close();
    await until(() => !pair.b.now.other, 'the other sees it');
    const next = open('sse', urlOf(servers[1]), room);
    await until(() => next.now.other, 'the next sits');
    expect(next.now.seat).toBe(pair.a.now.seat);
  });

  test('two who join at the same moment on two servers get different seats', async () => {
    const pairs = await Promise.all(Array.from({ length: 10 }, () => across('websocket', 'websocket')));
    expect(pairs.every(({ a, b }) => a.now.seat !== b.now.seat)).toBe(true);
  });

  test('B56 each server and nats-server killed and started again: no letter lost, none twice', async () => {
    const pairs = await Promise.all([
      across('websocket', 'sse'),
      across('sse', 'socket-io'),
      across('socket-io', 'websocket'),
      balanced('sse', 'sse'),
      balanced('websocket', 'sse'),
    ]);
    const seats = pairs.map(({ a, b }) => [a.now.seat, b.now.seat]);
    const stops = pairs.map(talk);
    await wait(300);
    for (const program of [servers[0], nats, servers[1]]) {
      await program.kill();
      await wait(500);
      await program.start();
      await wait(700);
    }
    const counts = stops.map((stop) => stop());
    for (const [index, pair] of pairs.entries()) await expectAll(pair, counts[index]!);
    for (const { a, b } of pairs)
      expect([a.now, b.now]).toMatchObject([
        { link: 'open', other: true },
        { link: 'open', other: true },
      ]);
    expect(pairs.map(({ a, b }) => [a.now.seat, b.now.seat])).toEqual(seats);
    const said = pairs
      .flatMap(({ a, b }) => [...a.news, ...b.news])
      .map(({ detail }) => detail)
      .join(' ');
    expect(said).toMatch(/connection to the server broke/);
    expect(said).toMatch(/servers do not reach each other/);
  });

  test('a server that sleeps is taken for gone, and is back when it wakes; one that lives never is', async () => {
    const env = { NATS_URL: `nats://127.0.0.1:${nats.port}`, ICESCOPE_ROOM_LIMITS: '{"serverSilence":3000}' };
    const [one, two] = [serverProgram(await freePort(), env), serverProgram(await freePort(), env)];
    onTestFinished(async () => void (await Promise.all([one.kill(), two.kill()])));
    await Promise.all([one.start(), two.start()]);
    const room = newSecret();
    const pair = await meet('two', open('websocket', urlOf(one), room), open('sse', urlOf(two), room));
    await wait(5000);
    expect([pair.a.now.other, pair.b.now.other]).toEqual([true, true]);
    two.signal('SIGSTOP');
    await until(() => !pair.a.now.other, 'the sleeper is taken for gone');
    two.signal('SIGCONT');
    await until(() => pair.a.now.other && pair.b.now.other, 'it is back');
    pair.a.room.send('awake?');
    await until(() => pair.b.letters.length > 0, 'a letter');
  });

  test('a server that is told to stop tells its clients, who go on at the other one', async () => {
    const pair = await balanced('websocket', 'socket-io');
    const stop = talk(pair);
    await wait(200);
    await servers[0].kill('SIGTERM');
    await wait(500);
    await expectAll(pair, stop());
    await servers[0].start();
  });
});

test('a NATS server that is not there: one line that names it and no password', async () => {
  const port = await freePort();
  const starting = startServer({ port: 0, stunPort: 0, natsUrl: `nats://user:secret@127.0.0.1:${port}` });
  await expect(starting).rejects.toThrow(new RegExp(`^NATS at 127\\.0\\.0\\.1:${port} can not be used: `));
  await expect(starting).rejects.not.toThrow(/secret/);
});
