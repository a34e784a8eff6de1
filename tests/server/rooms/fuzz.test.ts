/** 10,000 hostile frames from a fixed seed, over WebSocket and Socket.IO, while two others talk undisturbed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbered, until } from '../../live/signalling/room-contract.ts';
import { seated, serverWith, watch } from './guests.ts';
import { RawWebSocket, frame, joinAs, secret } from './raw.ts';

const FRAMES = 10_000;
const SEED = 20260704;
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

test(`B49 ${FRAMES} hostile frames (seed ${SEED}): the server lives, and a room beside them loses nothing`, async () => {
  const generous = { joinBurst: 1e6, joinsPerSecond: 1e6 };
  const server = await serverWith({ roomLimits: generous });
  const room = secret();
  const [a, b] = [watch(server.url, room), watch(server.url, room)];
  await until(() => a.now.other && b.now.other, 'both sit');
  let count = 0;
  const talking = setInterval(() => a.room.send(String(count++)), 5);

  const paths = ['/rooms/ws', '/rooms/socket.io/?EIO=4&transport=websocket'];
  let connections = 0;
  let written = 0;
  const connect = async (): Promise<RawWebSocket> => {
    const path = paths[connections++ % paths.length]!;
    const socket = await RawWebSocket.open(server.port, path);
    const join = JSON.stringify(joinAs(secret()));
    if (path === paths[0]) socket.say(join);
    else for (const text of ['40', `42["message",${join}]`]) socket.say(text);
    return socket;
  };
  let attacker = await connect();
  for (const bytes of fc.sample(hostile, { seed: SEED, numRuns: FRAMES })) {
    if (attacker.isClosed || attacker.closeCode !== undefined) {
      attacker.socket.destroy();
      attacker = await connect();
    }
    attacker.write(bytes);
    if (written++ % 5 === 0) await new Promise((done) => setImmediate(done));
  }
  attacker.socket.destroy();
  clearInterval(talking);
  await until(() => b.letters.length >= count, 'all letters');
  expect(b.letters).toEqual(numbered(count));
  expect(connections).toBeGreaterThan(20);
  expect([...a.news, ...b.news].some(({ link }) => link === 'reconnecting')).toBe(false);
  (await seated(server.port)).socket.destroy();
});
