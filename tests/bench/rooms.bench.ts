/**
 * Rooms beside a bare `ws` broadcast: run with `node --import tsx tests/bench/rooms.bench.ts`. Ends with 1 when a claim
 * does not hold.
 *
 * Both servers run in processes of their own, take turns, and serve the same load: pairs of WebSockets that send 300-byte
 * letters to each other. The broadcast hands each frame to the other sockets of its room, unread. Ours reads, checks and
 * stamps each letter, and passes the acknowledgements that make it arrive once (one for 32 letters, as our client does).
 *
 * Claimed are letters a second, by the clock and by the server's processor time: by the clock they are also those of the
 * load generator and of what else the machine does, so run it on a quiet machine.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import WebSocket, { WebSocketServer } from 'ws';
import { startServer } from '../../src/server/main.ts';
import { joinAs, secret } from '../server/rooms/raw.ts';

const PAIRS = 50;
const WINDOW = 128;
const ACK_EVERY = 32;
const SECONDS = 2;
const ROUNDS = 5;
/** Milliseconds between two letters of one end, where times are measured: waiting in queues is not what is asked. */
const PACE = 80;
const PACED_SECONDS = 10;
const TEXT = 'a=candidate:'.padEnd(300, 'x');
const claims = { ratio: 0.7, rooms: 2000, growth: 1.5 };
const unlimited = 1e9;

interface Subject {
  readonly name: 'rooms' | 'broadcast';
  readonly port: number;
  readonly process: ChildProcess;
}

async function serveRooms(): Promise<void> {
  const many = { messageBurst: unlimited, messagesPerSecond: unlimited, joinBurst: unlimited };
  const connections = { connectionsPerAddress: unlimited, connections: unlimited };
  const server = await startServer({ port: 0, stunPort: 0, roomLimits: { ...many, ...connections } });
  console.log(server.port);
}

async function serveBroadcast(): Promise<void> {
  const rooms = new Map<string, Set<WebSocket>>();
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  new WebSocketServer({ server: http, perMessageDeflate: false }).on(
    'connection',
    (socket, { url = '/' }) => {
      const room = rooms.get(url) ?? new Set();
      rooms.set(url, room.add(socket));
      socket.on('message', (data) => {
        for (const other of room) if (other !== socket) other.send(data, { binary: false });
      });
    },
  );
  console.log((http.address() as AddressInfo).port);
}

async function start(name: Subject['name']): Promise<Subject> {
  const options = ['--expose-gc', '--import', 'tsx', fileURLToPath(import.meta.url), name];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { name, port: Number(line), process: child };
}

/** Seconds of processor time that the server has used. */
function processorTime({ process: { pid } }: Subject): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident bytes of the server. */
const memory = ({ process: { pid } }: Subject): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

/** One end: keeps up to WINDOW letters on their way, and times each. */
class Endpoint {
  readonly socket: WebSocket;
  readonly #join: ReturnType<typeof joinAs> | null;
  readonly #times: number[];
  readonly #sentAt: number[] = [];
  other: Endpoint | null = null;
  received = 0;
  #sent = 0;
  #acked = 0;
  #heard = '';
  isRunning = false;

  constructor({ name, port }: Subject, room: string, times: number[]) {
    const path = name === 'rooms' ? 'rooms/ws' : room;
    this.#join = name === 'rooms' ? joinAs(room) : null;
    this.#times = times;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, {
      origin: `http://127.0.0.1:${port}`,
      perMessageDeflate: false,
    });
    this.socket.on('message', (data) => this.#take(JSON.parse(String(data))));
  }

  async open(): Promise<void> {
    await once(this.socket, 'open');
    if (!this.#join) return;
    this.socket.send(JSON.stringify(this.#join));
    await once(this.socket, 'message');
  }

  /** As fast as acknowledgements come. */
  pump(): void {
    while (this.isRunning && this.#sent - this.#acked < WINDOW) this.send();
  }

  send(): void {
    this.#sentAt[++this.#sent % WINDOW] = performance.now();
    const letter = { type: 'letter', n: this.#sent, base: this.#acked, text: TEXT };
    this.socket.send(JSON.stringify(letter));
  }

  /** Both servers carry letters and acknowledgements: the load is the same. */
  #take(message: { type: string; n: number; stream?: string }): void {
    if (message.type === 'ack') {
      this.#acked = message.n;
      this.pump();
    } else if (message.type === 'letter') {
      this.received++;
      this.#heard = message.stream ?? this.#heard;
      this.#times.push(performance.now() - this.other!.#sentAt[message.n % WINDOW]!);
      if (message.n % ACK_EVERY === 0)
        this.socket.send(JSON.stringify({ type: 'ack', stream: this.#heard, n: message.n, again: false }));
    }
  }
}

interface Load {
  readonly perSecond: number;
  readonly perProcessorSecond: number;
}

/** Milliseconds from sending a letter until the other end has it. */
interface Times {
  readonly p50: number;
  readonly p99: number;
}

async function openPairs(subject: Subject, count: number, times: number[]): Promise<Endpoint[]> {
  const ends: Endpoint[] = [];
  while (ends.length < 2 * count) {
    const some = Array.from({ length: Math.min(50, count - ends.length / 2) }, () => secret()).map((room) => [
      new Endpoint(subject, room, times),
      new Endpoint(subject, room, times),
    ]);
    await Promise.all(some.flat().map((end) => end.open()));
    for (const [a, b] of some as [Endpoint, Endpoint][]) [a.other, b.other] = [b, a];
    ends.push(...some.flat());
  }
  return ends;
}

/** As much as goes through, with `rest` more pairs that say nothing. */
async function load(subject: Subject, pairs: number, rest: number): Promise<Load> {
  const ends = await openPairs(subject, pairs + rest, []);
  const busy = ends.slice(0, 2 * pairs);
  const [began, used] = [performance.now(), processorTime(subject)];
  for (const end of busy) end.isRunning = true;
  for (const end of busy) end.pump();
  await wait(SECONDS * 1000);
  const received = busy.reduce((sum, end) => sum + end.received, 0);
  const seconds = (performance.now() - began) / 1000;
  const processor = processorTime(subject) - used;
  await close(ends);
  return { perSecond: received / seconds, perProcessorSecond: received / processor };
}

/**
 * Little at a time, so that no letter waits for others. All subjects are asked in turn, letter by letter: what else the
 * machine does, and the load generator itself, then delays each of them alike.
 */
async function pace(subjects: readonly Subject[], rest: number): Promise<Times[]> {
  const times: number[][] = subjects.map(() => []);
  const ends = await Promise.all(subjects.map((subject, i) => openPairs(subject, PAIRS + rest, times[i]!)));
  // What opening so many has left to be done is not a letter's.
  await wait(1000);
  const until = performance.now() + PACED_SECONDS * 1000;
  let turn = 0;
  for (let due = performance.now(); due < until; due += PACE / (2 * PAIRS * ends.length)) {
    if (due > performance.now()) await wait(due - performance.now());
    const [who, which] = [turn % ends.length, Math.floor(turn++ / ends.length) % (2 * PAIRS)];
    ends[who]![which]!.send();
  }
  await wait(200);
  await close(ends.flat());
  return times.map(timesOf);
}

async function close(ends: readonly Endpoint[]): Promise<void> {
  for (const { socket } of ends) socket.terminate();
  await wait(300);
}

function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const whole = (value: number): string => Math.round(value).toLocaleString('en');

async function main(): Promise<void> {
  const subjects = { rooms: await start('rooms'), broadcast: await start('broadcast') };
  const results: Record<string, Load[]> = { rooms: [], broadcast: [] };
  for (let round = 0; round <= ROUNDS; round++)
    for (const subject of Object.values(subjects)) {
      const result = await load(subject, PAIRS, 0);
      // The first round warms up.
      if (round > 0) results[subject.name]!.push(result);
    }
  const [ours, theirs] = (await pace(Object.values(subjects), 0)) as [Times, Times];
  const of = (name: string, key: keyof Load) => median(results[name]!.map((result) => result[key]));
  for (const [name, { p50, p99 }] of Object.entries({ rooms: ours, broadcast: theirs }))
    console.log(
      `${name.padEnd(10)} ${whole(of(name, 'perSecond')).padStart(8)} letters/s, ${whole(of(name, 'perProcessorSecond')).padStart(8)} a second of its processor time, paced p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    );
  // Of each round by itself: what else the machine does then disturbs both.
  const against = (key: keyof Load) =>
    median(results['rooms']!.map((result, round) => result[key] / results['broadcast']![round]![key]));
  const failures = [
    claim('letters a second against the broadcast', against('perSecond'), claims.ratio),
    claim(
      'letters a second of processor time against the broadcast',
      against('perProcessorSecond'),
      claims.ratio,
    ),
    claim('p99 of the broadcast against ours', theirs.p99 / ours.p99, claims.ratio),
    ...(await growth(subjects.rooms)),
  ];
  for (const { process: child } of Object.values(subjects)) child.kill();
  const failed = failures.filter((failure) => failure).length;
  console.log(failed ? `${failed} claims do not hold` : 'all claims hold');
  process.exit(failed ? 1 : 0);
}

/** Prints the figure; true when it is below what is claimed. */
function claim(what: string, value: number, least: number): boolean {
  const holds = value >= least;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${value.toFixed(2)} × (at least ${least})`);
  return !holds;
}

/** The same load with 100 and with 2,000 rooms open at once, and what an idle room costs. */
async function growth(subject: Subject): Promise<boolean[]> {
  const few = await load(subject, PAIRS, 100 - PAIRS);
  const many = await load(subject, PAIRS, claims.rooms - PAIRS);
  const [fewTimes] = await pace([subject], 100 - PAIRS);
  const [manyTimes] = await pace([subject], claims.rooms - PAIRS);
  // A process that has done nothing else, so that what is added is what the rooms cost.
  const fresh = await start('rooms');
  const before = memory(fresh);
  const ends = await openPairs(fresh, claims.rooms, []);
  await wait(1500);
  const perRoom = (memory(fresh) - before) / claims.rooms;
  const health = await (await fetch(`http://127.0.0.1:${fresh.port}/healthz`)).json();
  console.log(
    `${health.rooms} rooms with ${health.connections} connections open at once; resident memory ${(memory(fresh) / 2 ** 20).toFixed(0)} MiB`,
  );
  console.log(`an idle room with two WebSockets adds about ${(perRoom / 1024).toFixed(1)} KiB to it`);
  console.log(
    `letters a second: ${whole(few.perSecond)} beside 100 rooms, ${whole(many.perSecond)} beside 2,000; paced p99 ${fewTimes!.p99.toFixed(2)} and ${manyTimes!.p99.toFixed(2)} ms`,
  );
  for (const { socket } of ends) socket.terminate();
  fresh.process.kill();
  return [
    claim('rooms open at once, of 2,000', health.rooms / claims.rooms, 1),
    claim(
      'letters a second of processor time beside 2,000 rooms against 100',
      many.perProcessorSecond / few.perProcessorSecond,
      1 / claims.growth,
    ),
  ];
}

const [role] = process.argv.slice(2);
if (role === 'rooms') await serveRooms();
else if (role === 'broadcast') await serveBroadcast();
else await main();
