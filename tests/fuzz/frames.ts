/** Frames to the rooms over WebSocket and Socket.IO, while two others talk beside them and lose nothing. */
import * as fc from 'fast-check';
import { openNodeRoom } from '../live/signalling/node-rooms.ts';
import { RawWebSocket, frame, joinAs, secret } from '../server/rooms/raw.ts';
import { until } from '../server/support/turn-client.ts';
import { hold } from './fuzz.ts';
import { serverKind } from './server-kind.ts';

const SOME_SECRET = `${'s'.repeat(21)}A`;

const honest = fc.constantFrom<object>(
  { type: 'letter', n: 1, base: 0, text: 'x' },
  { type: 'ack', stream: SOME_SECRET, n: 0, again: true },
  { type: 'beat' },
  joinAs(SOME_SECRET, SOME_SECRET, SOME_SECRET),
);
const types = fc.constantFrom(
  'join',
  'letter',
  'ack',
  'beat',
  'leave',
  'seated',
  'refused',
  '__proto__',
  'constructor',
);
const numbers = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(2 ** 53, -0, 1e308, 2 ** 31));
const field = fc.oneof(numbers, fc.string(), fc.constant(null), fc.jsonValue(), fc.constant(SOME_SECRET));
const almost = fc.record(
  {
    type: types,
    room: field,
    key: field,
    stream: field,
    seat: field,
    n: field,
    base: field,
    text: field,
    again: field,
  },
  { requiredKeys: ['type'] },
);
const text = fc.oneof(
  { weight: 3, arbitrary: almost.map((message) => JSON.stringify(message)) },
  fc.tuple(honest, fc.nat(), fc.string({ unit: 'binary' })).map(([message, at, noise]) => {
    const json = JSON.stringify(message);
    const cut = at % json.length;
    return json.slice(0, cut) + noise + json.slice(cut + noise.length);
  }),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const socketIo = text.map((json) => `42["message",${json}]`);
const hostile = fc.oneof(
  { weight: 6, arbitrary: text.map((payload) => frame(payload)) },
  { weight: 3, arbitrary: socketIo.map((payload) => frame(payload)) },
  fc
    .tuple(fc.uint8Array({ maxLength: 200 }), fc.nat(15))
    .map(([bytes, opcode]) => frame(Buffer.from(bytes), opcode)),
  fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
);

const PATHS = ['/rooms/ws', '/rooms/socket.io/?EIO=4&transport=websocket'] as const;

async function attacker(port: number, path: string): Promise<RawWebSocket> {
  const socket = await RawWebSocket.open(port, path);
  const join = JSON.stringify(joinAs(secret()));
  for (const text of path === PATHS[0] ? [join] : ['40', `42["message",${join}]`]) socket.say(text);
  return socket;
}

export const frames = serverKind('signalling frames', 100_000, async ({ port, url }) => {
  const room = secret();
  const [from, to] = [openNodeRoom('websocket', url, room), openNodeRoom('websocket', url, room)];
  const [sent, came]: [string[], string[]] = [[], []];
  let links = '';
  to.listen((text) => came.push(text));
  for (const end of [from, to]) end.watch(({ link }) => (links += ` ${link}`));
  await new Promise<void>((done) => from.watch(({ other }) => other && done()));
  let connections = 0;
  let socket: RawWebSocket | undefined;
  return {
    async send(draw) {
      if (!socket || socket.isClosed || socket.closeCode !== undefined) {
        socket?.socket.destroy();
        socket = await attacker(port, PATHS[connections++ % PATHS.length]!);
      }
      const [bytes] = fc.sample(hostile, { seed: draw.below(2 ** 31), numRuns: 1 });
      socket.write(bytes!);
      if (draw.below(5) === 0) await new Promise((done) => setImmediate(done));
    },
    async settle() {
      sent.push(String(sent.length));
      from.send(sent.at(-1)!);
      await until(() => came.length >= sent.length);
      hold(
        came.every((text, n) => text === sent[n]),
        'a letter beside is lost or comes twice',
      );
      hold(!links.includes('reconnecting'), 'a connection beside is lost');
      socket?.socket.destroy();
    },
    close() {
      socket?.socket.destroy();
      from.close();
      to.close();
    },
  };
});
