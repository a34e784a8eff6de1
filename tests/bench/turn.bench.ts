/**
 * Our TURN server beside coturn with one relay thread: run with `node --import tsx tests/bench/turn.bench.ts`.
 *
 * Each server runs in a process of its own and relays the same traffic: 200-byte ChannelData from clients, over UDP, to
 * a sink. Measured are datagrams per second that arrive, and datagrams per second of processor time of the server, which
 * does not depend on what the load generator can do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { attr } from '../../src/core/stun/attribute.ts';
import { channelNumber, xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { encodeChannelData } from '../../src/core/stun/channel-data.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startStunTurn } from '../../src/server/stun-turn.ts';
import { codeOf, type Login, TurnClient } from '../server/support/turn-client.ts';

const login: Login = { username: 'bench', credential: 'bench' };
const datagrams = 60_000;
const allocationCounts = [10, 100, 1000];
const clockTicks = 100;

interface Subject {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess;
}

interface Figures {
  allocationsPerSecond: number;
  allocationsPerProcessorSecond: number;
  /** By how many allocations there were. */
  perSecond: Record<number, number>;
  perProcessorSecond: Record<number, number>;
}

async function startOurs(port: number): Promise<Subject> {
  const self = fileURLToPath(import.meta.url);
  const process = spawn(globalThis.process.execPath, ['--import', 'tsx', self, 'serve', String(port)]);
  await once(process.stdout, 'data');
  return { name: 'icescope', port, process };
}

async function startCoturn(port: number): Promise<Subject> {
  const flags = ['-n', '-m', '1', '-L', '127.0.0.1', '-E', '127.0.0.1', '-p', String(port), '-a', '-f', '-u'];
  const more = [
    'bench:bench',
    '-r',
    'icescope',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--allow-loopback-peers',
  ];
  const quiet = ['--log-file', '/dev/null', '--pidfile', '', '--min-port', '20000', '--max-port', '29999'];
  const process = spawn('turnserver', [...flags, ...more, ...quiet], { stdio: 'ignore' });
  await new Promise((done) => setTimeout(done, 1500));
  return { name: 'coturn', port, process };
}

/** Seconds of processor time that the process has used. */
function processorTime({ process }: Subject): number {
  const fields = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / clockTicks;
}

const pause = () => new Promise((done) => setImmediate(done));

async function measure(subject: Subject): Promise<Figures> {
  const figures: Figures = {
    allocationsPerSecond: 0,
    allocationsPerProcessorSecond: 0,
    perSecond: {},
    perProcessorSecond: {},
  };
  const sink = createSocket({ type: 'udp4', recvBufferSize: 4 * 2 ** 20 });
  await new Promise<void>((done) => sink.bind(0, '127.0.0.1', done));
  let arrived = 0;
  sink.on('message', () => arrived++);
  const peer = { address: '127.0.0.1', port: sink.address().port };
  const clients: TurnClient[] = [];
  let [allocating, processor] = [0, 0];
  for (const count of allocationCounts) {
    const [began, used] = [performance.now(), processorTime(subject)];
    while (clients.length < count) clients.push(...(await allocateSome(subject, count - clients.length)));
    allocating += performance.now() - began;
    processor += processorTime(subject) - used;
    await bindChannels(clients, peer);
    const { wall, processor: relaying, received } = await relay(subject, clients, () => arrived);
    figures.perSecond[count] = received / wall;
    figures.perProcessorSecond[count] = received / relaying;
  }
  figures.allocationsPerSecond = clients.length / (allocating / 1000);
  figures.allocationsPerProcessorSecond = clients.length / processor;
  for (const client of clients) client.close();
  sink.close();
  return figures;
}

/** Twenty at a time. */
async function allocateSome({ port }: Subject, wanted: number): Promise<TurnClient[]> {
  return Promise.all(
    Array.from({ length: Math.min(20, wanted) }, async () => {
      const client = await TurnClient.udp(port, login);
      await client.allocate();
      return client;
    }),
  );
}

const bound = new WeakSet<TurnClient>();

async function bindChannels(
  clients: readonly TurnClient[],
  peer: { address: string; port: number },
): Promise<void> {
  const attributes = [attr(channelNumber, 0x4000), attr(xorPeerAddress, peer)];
  for (const client of clients.filter((each) => !bound.has(each))) {
    const code = codeOf(await client.request(methods.channelBind.number, attributes));
    if (code !== 200) throw new Error(`ChannelBind: ${code}`);
    bound.add(client);
  }
}

/** Sends round robin, at most 200 datagrams ahead of what arrived, so that little is lost. */
async function relay(
  subject: Subject,
  clients: readonly TurnClient[],
  arrived: () => number,
): Promise<{ wall: number; processor: number; received: number }> {
  const bytes = encodeChannelData({ channel: 0x4000, data: new Uint8Array(200) });
  const start = { wall: performance.now(), processor: processorTime(subject), arrived: arrived() };
  let lost = 0;
  for (let sent = 0; sent < datagrams; sent++) {
    clients[sent % clients.length]!.send(bytes);
    if (sent % 20 !== 0) continue;
    for (let waited = 0; sent - lost - (arrived() - start.arrived) > 200; waited++) {
      if (waited === 2000) lost = sent - (arrived() - start.arrived);
      await pause();
    }
  }
  await new Promise((done) => setTimeout(done, 100));
  return {
    wall: (performance.now() - start.wall - 100) / 1000,
    processor: processorTime(subject) - start.processor,
    received: arrived() - start.arrived,
  };
}

function report(name: string, figures: Figures): void {
  const [allocations, each] = [figures.allocationsPerSecond, figures.allocationsPerProcessorSecond];
  console.log(`${name}: ${allocations.toFixed(0)} allocations/s, ${each.toFixed(0)} per processor second`);
  for (const count of allocationCounts) {
    const [wall, processor] = [figures.perSecond[count]!, figures.perProcessorSecond[count]!];
    console.log(
      `  ${count} allocations: ${wall.toFixed(0)} datagrams/s, ${processor.toFixed(0)} per processor second`,
    );
  }
}

async function main(): Promise<void> {
  const results: Figures[] = [];
  for (const start of [startOurs, startCoturn]) {
    const subject = await start(34_900 + results.length);
    const figures = await measure(subject);
    report(subject.name, figures);
    results.push(figures);
    subject.process.kill();
  }
  const [ours, theirs] = results as [Figures, Figures];
  for (const count of allocationCounts) {
    const ratio = (kind: 'perSecond' | 'perProcessorSecond') =>
      (ours[kind][count]! / theirs[kind][count]!).toFixed(2);
    console.log(
      `icescope : coturn at ${count}: ${ratio('perSecond')} by time, ${ratio('perProcessorSecond')} by processor`,
    );
  }
  const growth = ours.perProcessorSecond[10]! / ours.perProcessorSecond[1000]!;
  console.log(`cost of a datagram, 1,000 allocations against 10: ${growth.toFixed(2)}`);
}

async function serve(port: number): Promise<void> {
  const server = await startStunTurn({ port, limits: { allocations: 2000, allocationsPerUser: 2000 } });
  server.addAccount(login);
  console.log('ready');
}

await (process.argv[2] === 'serve' ? serve(Number(process.argv[3])) : main());
