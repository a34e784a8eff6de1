/** A real process that holds all that a server can hold ends within three seconds of SIGTERM, whatever is open. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  RawSocket,
  RawWebSocket,
  joinAs,
  requestText,
  ownHeaders,
  secret,
  upgradeHeaders,
} from './rooms/raw.ts';
import { canCountDescriptors, openSockets } from './support/descriptors.ts';
import { TurnClient } from './support/turn-client.ts';
import { type Watched, watch } from './support/xray-client.ts';

const PEERS = ['A', 'B', 'C', 'D'];
const open: { close(): void }[] = [];
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  for (const each of open.splice(0)) each.close();
});

interface Started {
  readonly pid: number;
  readonly port: number;
  readonly stunPort: number;
}

async function start(): Promise<Started> {
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', '0', '--stun-port', '0'];
  child = spawn(process.execPath, args, { cwd: resolve(import.meta.dirname, '../..'), stdio: 'pipe' });
  let out = '';
  child.stdout!.on('data', (text) => (out += text));
  while (!out.includes('TURN credential')) await once(child.stdout!, 'data');
  const number = (pattern: RegExp) => Number(pattern.exec(out)![1]);
  return { pid: child.pid!, port: number(/:(\d+)\/$/m), stunPort: number(/ port (\d+),/) };
}

/** How long the process lives on after SIGTERM, in milliseconds. */
async function stop(): Promise<number> {
  const [began, ended] = [performance.now(), once(child!, 'exit')];
  child!.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  return performance.now() - began;
}

const inTurn = async (count: number, work: (i: number) => Promise<unknown>) => {
  for (let begun = 0; begun < count; begun += 50)
    await Promise.all(Array.from({ length: Math.min(50, count - begun) }, (_, i) => work(begun + i)));
};

test('1,000 allocations, 100 TCP clients, 50 X-ray streams', async () => {
  const { pid, port, stunPort } = await start();
  const streams: Watched[] = [];
  await inTurn(50, async () => streams.push(await watch(`http://127.0.0.1:${port}/`, ...PEERS)));
  open.push(...streams);
  await inTurn(1000, async (i) => {
    const login = streams[i % 50]!.accounts[PEERS[i % 4]!]!;
    const client = await TurnClient.udp(stunPort, login);
    open.push(client);
    await client.allocate();
  });
  await inTurn(100, async () => {
    const socket = connect(stunPort, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    open.push({ close: () => socket.destroy() });
  });
  if (canCountDescriptors) expect(openSockets(pid)).toBeGreaterThan(1150);
  expect(await stop()).toBeLessThan(3000);
});

test('clients that keep their end open: event streams and WebSockets, refused and half open ones, halves of requests', async () => {
  const { port } = await start();
  const keep = (socket: RawSocket) => {
    socket.socket.pause();
    open.push({ close: () => socket.socket.destroy() });
  };
  const joined = await RawWebSocket.open(port);
  joined.say(joinAs(secret()));
  await joined.message('seated');
  keep(joined);
  keep(await RawWebSocket.open(port));
  const { room, key, stream } = joinAs(secret());
  for (const text of [
    requestText('GET', `/rooms/events?room=${room}&key=${key}&stream=${stream}`, ownHeaders(port)),
    requestText('GET', '/nothing', { ...ownHeaders(port), ...upgradeHeaders }),
    requestText(
      'POST',
      '/xray',
      { ...ownHeaders(port), 'Content-Type': 'application/json', 'Content-Length': '9' },
      '{',
    ),
    'GET / HT',
    '',
  ]) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.write(text);
    keep(new RawSocket(socket));
  }
  expect(await stop()).toBeLessThan(3000);
});
