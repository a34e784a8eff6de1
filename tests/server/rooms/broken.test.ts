/** Rows B55 to B60 of the table of bad inputs: disorder, broken connections, and clients of other kinds. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import WebSocket, { WebSocketServer } from 'ws';
import { openNodeRoom } from '../../live/signalling/node-rooms.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningServer, startServer } from '../../../src/server/main.ts';
import { Watched, numbered, until } from '../../live/signalling/room-contract.ts';
import {
  answer as answerOf,
  deep,
  letter,
  seated as joined,
  serverWith,
  watch as watched,
} from './participants.ts';
import { type Headers, RawSocket, RawWebSocket, joinAs, ownHeaders, requestText, secret } from './raw.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ port: 0, stunPort: 0, roomLimits: { joinBurst: 5000 } });
});
afterAll(() => server.close());

const seated = (room?: string, key?: string, port = server.port) => joined(port, room, key);
const watch = (room?: string, url = server.url) => watched(url, room);
const open = (path?: string, headers?: Headers) => RawWebSocket.open(server.port, path, headers);
const answer = (text: string, port = server.port) => answerOf(port, text);

test('B55 duplicates, replays, gaps and disorder: a letter is taken once, in order', async () => {
  const room = secret();
  const honest = watch(room);
  await until(() => honest.now.link === 'open', 'seated');
  const wild = await seated(room);
  for (const n of [2, 1, 1, 3, 2, 1, 5, 4, 5, 3, 4, 5, 1])
    wild.say({ type: 'letter', n, base: 0, text: `letter ${n}` });
  await until(() => honest.letters.length >= 5, 'five letters');
  await wild.until(
    () => wild.messages.some(({ type, n, again }) => type === 'ack' && n === 5 && again === false),
    'ack',
  );
  expect(honest.letters).toEqual(numbered(5).map((n) => `letter ${Number(n) + 1}`));
  expect(wild.messages.some(({ type, n, again }) => type === 'ack' && n === 0 && again === true)).toBe(true);
  wild.socket.destroy();
});

describe('B56 broken connections', () => {
  test('an event stream that comes back with Last-Event-ID acknowledges what it names', async () => {
    const [room, key, stream] = [secret(), secret(), secret()];
    const a = await seated(room);
    const events = async (more: Headers) => {
      const raw = await RawSocket.open(server.port);
      const path = `/rooms/events?room=${room}&key=${key}&stream=${stream}`;
      raw.write(requestText('GET', path, { ...ownHeaders(server.port), Origin: undefined, ...more }));
      await raw.until(() => raw.text.includes('"seated"'), 'a seat');
      return raw;
    };
    const first = await events({});
    expect(first.text).toMatch(/\r\nx-accel-buffering: no\r\n/i);
    expect(first.text).toMatch(/content-type: text\/event-stream/i);
    a.say({ ...letter, n: 1 });
    a.say({ ...letter, n: 2 });
    await first.until(() => /id: ?B\.[\w-]{22}\.2/.test(first.text), 'two letters');
    const id = /id: ?(B\.[\w-]{22}\.1)/.exec(first.text)![1]!;
    first.socket.destroy();
    await a.until(
      () => a.messages.some(({ type, stream: other }) => type === 'other' && other === null),
      'gone',
    );
    const again = await events({ 'Last-Event-ID': id });
    expect(again.text).toContain('"seat":"B"');
    expect(await a.message('ack')).toMatchObject({ n: 1, again: false });
    for (const { socket } of [a, again]) socket.destroy();
  });

  test('a half-open connection: who says nothing is taken for gone, and the seat is kept, then free', async () => {
    const strict = await serverWith({ roomLimits: { beatEvery: 300, silence: 1200, grace: 1500 } });
    const room = secret();
    const other = watch(room, strict.url);
    await until(() => other.now.link === 'open', 'seated');
    const silent = await seated(room, undefined, strict.port);
    await silent.message('beat');
    await until(() => other.now.other, 'it is there');
    await silent.closed();
    await until(() => !other.now.other, 'it is gone');
    const early = watch(room, strict.url);
    await until(() => early.now.link === 'full', 'its seat is kept');
    await new Promise((done) => setTimeout(done, 2600));
    const late = watch(room, strict.url);
    await until(() => late.now.seat === 'B', 'its seat is free');
  });

  test('a client that does not read is cut off before it fills the memory', async () => {
    const strict = await serverWith({ roomLimits: { messageBurst: 100_000, backlog: 256 * 1024 } });
    const room = secret();
    const [a, deaf] = [
      await seated(room, undefined, strict.port),
      await seated(room, undefined, strict.port),
    ];
    deaf.socket.pause();
    const big = { ...letter, text: 'x'.repeat(60_000) };
    for (let n = 1; n < 400 && !a.messages.some(({ stream }) => stream === null); n++) {
      a.say({ ...big, n });
      await new Promise((done) => setTimeout(done, 2));
    }
    await a.until(
      () => a.messages.some(({ type, stream }) => type === 'other' && stream === null),
      'the deaf one is gone',
    );
    for (const { socket } of [a, deaf]) socket.destroy();
  });

  test('a room that is not used is closed, and says so', async () => {
    const strict = await serverWith({ roomLimits: { idle: 500 } });
    const idle = watch(secret(), strict.url);
    await until(() => idle.now.link === 'lost', 'the end');
    expect(idle.now.detail).toMatch(/Nothing was said/);
  });

  test('no server: tried again with growing pauses, then said plainly', async () => {
    const gone = await startServer({ port: 0, stunPort: 0 });
    await gone.close();
    const room = watch(secret(), gone.url);
    await until(() => room.now.link === 'lost', 'the end');
    expect(room.now.detail).toMatch(/icescope serve/);
    const waits = room.news
      .flatMap(({ detail }) => /again in ([\d.]+) s/.exec(detail ?? '')?.[1] ?? [])
      .map(Number);
    // Four in all; of two that read the same, one after the other, only the first is news.
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(waits.length).toBeLessThanOrEqual(4);
    expect(waits.at(-1)).toBeGreaterThan(waits[0]!);
  });
});

describe('B57 gone without a word', () => {
  test('a reload has its seat again by its key; the other side sees it go and come', async () => {
    const [room, key] = [secret(), secret()];
    const other = watch(room);
    await until(() => other.now.link === 'open', 'seated');
    const first = await seated(room, key);
    await until(() => other.now.other, 'it is there');
    first.socket.destroy();
    await until(() => !other.now.other, 'it is gone');
    const third = watch(room);
    await until(() => third.now.link === 'full', 'the seat is kept');
    const again = await seated(room, key);
    expect(again.messages[0]).toMatchObject({ seat: 'B' });
    await until(() => other.now.other, 'it is back');
    again.socket.destroy();
  });

  test('two tabs with one key: the newer has the seat, the older is told', async () => {
    const [room, key] = [secret(), secret()];
    const older = new Watched(openNodeRoom('sse', server.url, room, key));
    await until(() => older.now.link === 'open', 'seated');
    const newer = await seated(room, key);
    await until(() => older.now.link === 'lost', 'it is told');
    expect(older.now.detail).toMatch(/opened again/);
    expect(newer.messages[0]).toMatchObject({ seat: 'A', other: null });
    newer.socket.destroy();
  });
});

describe('B58, B59 what is only between pages', () => {
  test('B58 what comes from a server of another kind is not taken', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const strange = new WebSocketServer({ server: http });
    onTestFinished(() => void http.close());
    onTestFinished(() => strange.clients.forEach((client) => client.terminate()));
    strange.on('connection', (socket) => {
      for (const text of [
        'x',
        'null',
        '{"type":"seated","seat":"C","other":null}',
        '{"type":"letter","text":"hi"}',
        deep(5000),
      ])
        socket.send(text);
      socket.send(Buffer.from('{"type":"seated","seat":"A","other":null}'));
    });
    const { port } = http.address() as { port: number };
    const room = watch(secret(), `http://127.0.0.1:${port}/`);
    await new Promise((done) => setTimeout(done, 300));
    expect([room.now.seat, room.letters]).toEqual([null, []]);
  });

  test('B59 a room address that was cut or wrapped is refused before anything is sent', () => {
    for (const room of [secret().slice(1), `${secret()} `, `“${secret()}”`, '']) {
      const refused = watch(room);
      expect(refused.now).toMatchObject({
        link: 'refused',
        detail: expect.stringContaining('Copy the whole link'),
      });
    }
  });
});

describe('B60 Socket.IO', () => {
  const path = (version: number) => `/rooms/socket.io/?EIO=${version}&transport=websocket`;
  /** Engine.IO 4 and Socket.IO 5 by hand: `0{…}` is the handshake, `40` joins a namespace, `42` is an event. */
  const engine = async () => {
    const socket = await open(path(4));
    await socket.until(() => socket.frames.length > 0, 'the handshake');
    return socket;
  };
  const said = (socket: RawWebSocket) => socket.frames.map(({ payload }) => payload.toString());

  test.each([2, 3, 5, NaN])('a client of another major version (EIO=%s) is refused', async (version) => {
    const socket = await open(path(version));
    expect(await socket.status()).not.toBe(200);
    await socket.until(
      () => socket.isClosed || /^HTTP\/1.1 400/.test(socket.text) || socket.closeCode !== undefined,
      'refused',
    );
  });

  test('long polling is no way in', async () => {
    expect(
      await answer(requestText('GET', '/rooms/socket.io/?EIO=4&transport=polling', ownHeaders(server.port))),
    ).toBe(400);
  });

  test('another namespace is refused', async () => {
    const socket = await engine();
    socket.say(`40/${secret()},`);
    await socket.until(() => said(socket).some((text) => text.includes('Invalid namespace')), 'a refusal');
    socket.socket.destroy();
  });

  test.each([
    '42["connect",{}]',
    '42["disconnect",{}]',
    '42["error",{}]',
    '42["connection",{}]',
    '42["newListener",{}]',
    '42["__proto__",{}]',
    '42["join","other-room"]',
    '42["message"]',
    '42["message","text"]',
    '42["message",null]',
    '42["message",[1]]',
    '421["message",{"type":"leave"}]',
    '42[1]',
    '42{}',
    '451-["message",{"_placeholder":true,"num":0}]',
    '45999999999-["message"]',
    '49',
    'x',
    '6',
  ])('%s: no crash, no letter', async (text) => {
    const room = secret();
    const other = watch(room);
    await until(() => other.now.link === 'open', 'seated');
    const socket = await engine();
    socket.say('40');
    await socket.until(() => said(socket).some((answer) => answer.startsWith('40')), 'the namespace');
    socket.say(`42["message",${JSON.stringify(joinAs(room))}]`);
    await socket.until(() => said(socket).some((answer) => answer.includes('"seated"')), 'a seat');
    socket.say(text);
    await new Promise((done) => setTimeout(done, 20));
    socket.socket.destroy();
    await until(() => !other.now.other, 'it is gone');
    expect([other.letters, other.now.link]).toEqual([[], 'open']);
  });
});

test('the WebSocket client of another library meets ours', async () => {
  const room = secret();
  const ours = watch(room);
  await until(() => ours.now.link === 'open', 'seated');
  const theirs = new WebSocket(`ws://127.0.0.1:${server.port}/rooms/ws`, { origin: server.url.slice(0, -1) });
  theirs.on('open', () => theirs.send(JSON.stringify(joinAs(room))));
  theirs.on(
    'message',
    (data) => JSON.parse(String(data)).type === 'seated' && theirs.send(JSON.stringify(letter)),
  );
  await until(() => ours.letters.length > 0, 'a letter');
  theirs.terminate();
});
