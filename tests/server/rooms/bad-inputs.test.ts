/** Rows B49 to B54 of the table of bad inputs, against the running server, with sockets made by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../../src/server/main.ts';
import { numbered, until } from '../../live/signalling/room-contract.ts';
import {
  answer as answerOf,
  deep,
  letter,
  seated as joined,
  serverWith,
  watch as watched,
} from './participants.ts';
import {
  type Headers,
  RawSocket,
  RawWebSocket,
  frame,
  joinAs,
  ownHeaders,
  requestText,
  secret,
  upgradeHeaders,
} from './raw.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ port: 0, stunPort: 0, roomLimits: { joinBurst: 5000 } });
});
afterAll(() => server.close());

const seated = (room?: string, key?: string, port = server.port) => joined(port, room, key);
const watch = (room?: string, url = server.url) => watched(url, room);
const open = (path?: string, headers?: Headers) => RawWebSocket.open(server.port, path, headers);
const answer = (text: string, port = server.port) => answerOf(port, text);

/** Two who talk while `disturb` runs: every message arrives, in time. */
async function undisturbed(disturb: () => Promise<void>): Promise<void> {
  const room = secret();
  const [a, b] = [watch(room), watch(room)];
  await until(() => a.now.other && b.now.other, 'both sit');
  let count = 0;
  let slowest = 0;
  const timer = setInterval(() => a.room.send(`${performance.now()} ${count++}`), 10);
  b.room.listen((text) => {
    slowest = Math.max(slowest, performance.now() - Number(text.split(' ')[0]));
    b.letters.push(text.split(' ')[1]!);
  });
  await disturb();
  clearInterval(timer);
  await until(() => b.letters.length >= count, 'all letters');
  expect(b.letters).toEqual(numbered(count));
  expect(slowest).toBeLessThan(2000);
}

const post = (body: string, headers: Headers = {}, port = server.port) =>
  requestText(
    'POST',
    '/rooms/post',
    {
      ...ownHeaders(port),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      Connection: 'close',
      ...headers,
    },
    body,
  );

describe('B49 malformed messages', () => {
  test.each<[string, string]>([
    ['not JSON', 'hello'],
    ['an empty frame', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"subscribe"}'],
    ['a type that every object has', '{"type":"__proto__"}'],
    ['a number as text', JSON.stringify({ ...letter, text: 1 })],
    ['a negative count', JSON.stringify({ ...letter, n: -1 })],
    ['a count that is no integer', JSON.stringify({ ...letter, n: 1.5 })],
    ['a count beyond 2^53', JSON.stringify({ ...letter, n: 2 ** 60 })],
    ['10 000 levels', deep(10_000)],
    ['10 000 levels in a field', `{"type":"letter","n":${deep(10_000)}}`],
    ['a field too many', JSON.stringify({ ...letter, more: true })],
    ['a second join', JSON.stringify(joinAs(secret()))],
  ])('%s: a reply that says why, and the connection goes on', async (_name, text) => {
    const room = secret();
    const socket = await seated(room);
    socket.say(text);
    expect(await socket.message('refused')).toMatchObject({ code: 'malformed', final: false });
    const other = await seated(room);
    socket.say({ ...letter, text: 'after it' });
    expect(await other.message('letter')).toMatchObject({ text: 'after it', from: 'A' });
    for (const { socket: tcp } of [socket, other]) tcp.destroy();
  });

  test('a binary frame, and a letter before join', async () => {
    const socket = await open();
    socket.write(frame(Buffer.from('{"type":"beat"}'), 2));
    expect((await socket.message('refused'))['detail']).toMatch(/binary/i);
    socket.say(letter);
    await socket.until(() => socket.messages.length === 2, 'a second refusal');
    expect(socket.messages[1]!['detail']).toMatch(/first message has to be "join"/);
    socket.socket.destroy();
  });

  test('after the tenth the connection is closed with 1008', async () => {
    const socket = await seated();
    for (let n = 0; n < 11; n++) socket.say('nonsense');
    await socket.until(() => socket.closeCode !== undefined, 'a close frame');
    expect(socket.closeCode).toBe(1008);
    expect(socket.messages.at(-1)).toMatchObject({ type: 'refused', code: 'malformed', final: true });
    socket.write(frame('', 8));
  });

  test('frames that are none: reserved bits, unmasked, bad UTF-8, unknown opcode', async () => {
    for (const [bytes, code] of [
      [Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), 1002],
      [Buffer.from([0x81, 0x01, 0x41]), 1002],
      [frame(Buffer.from([0xff, 0xfe])), 1007],
      [Buffer.from([0x83, 0x80, 0, 0, 0, 0]), 1002],
    ] as const) {
      const socket = await seated();
      socket.write(bytes);
      await socket.until(() => socket.closeCode === code || socket.isClosed, `close ${code}`);
      expect(socket.closeCode).toBe(code);
    }
  });

  test('posts', async () => {
    const body = { room: secret(), key: secret(), stream: secret(), messages: [] as unknown[] };
    expect(await answer(post('nonsense'))).toBe(400);
    expect(await answer(post(JSON.stringify({ ...body, messages: [joinAs(secret())] })))).toBe(400);
    expect(await answer(post(JSON.stringify({ ...body, messages: Array(201).fill({ type: 'beat' }) })))).toBe(
      400,
    );
    expect(await answer(post(JSON.stringify(body), { 'Content-Type': 'text/plain' }))).toBe(415);
    expect(await answer(post(JSON.stringify({ ...body, messages: [letter] })))).toBe(404);
  });
});

describe('B50 too much in one message', () => {
  test('a letter above 64 KiB is refused; a frame above the limit closes with 1009', async () => {
    const socket = await seated();
    socket.say({ ...letter, text: 'x'.repeat(64 * 1024 + 1) });
    expect(await socket.message('refused')).toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('65536'),
    });
    socket.write(frame(Buffer.alloc(1024 * 1024, 0x20)));
    await socket.until(() => socket.closeCode !== undefined, 'a close frame');
    expect(socket.closeCode).toBe(1009);
  });

  test('131 000 fragments of one byte without an end are cut off, and memory stays', async () => {
    const before = process.memoryUsage().rss;
    const socket = await seated();
    socket.write(frame('x', 1, false));
    const fragment = frame('x', 0, false);
    for (let n = 0; n < 131 && !socket.isClosed; n++) {
      socket.write(Buffer.concat(Array<Buffer>(1000).fill(fragment)));
      await new Promise((done) => setImmediate(done));
    }
    await socket.until(() => socket.closeCode !== undefined || socket.isClosed, 'the end');
    if (socket.closeCode !== undefined) expect([1008, 1009]).toContain(socket.closeCode);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });

  test('2 000 headers, and a header of 100 kB: 431', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`a${n}`, '1']));
    for (const [path, headers] of [
      ['/rooms/events', {}],
      ['/rooms/ws', upgradeHeaders],
    ] as const) {
      const few = Object.fromEntries(Object.entries(many).slice(0, 500));
      expect(await answer(requestText('GET', path, { ...ownHeaders(server.port), ...headers, ...few }))).toBe(
        431,
      );
      expect(
        await answer(requestText('GET', path, { ...ownHeaders(server.port), ...headers, ...many })),
      ).toBe(431);
      const long = { 'x-long': 'x'.repeat(100_000) };
      expect(
        await answer(requestText('GET', path, { ...ownHeaders(server.port), ...headers, ...long })),
      ).toBe(431);
    }
  });

  test('a post above the limit: 413, also when it does not say how long it is', async () => {
    expect(await answer(post(' '.repeat(500_000)))).toBe(413);
    const chunked = requestText('POST', '/rooms/post', {
      ...ownHeaders(server.port),
      'Content-Type': 'application/json',
      'Transfer-Encoding': 'chunked',
    });
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    expect(await answer(chunked + chunk.repeat(8))).toBe(413);
  });
});

describe('B51 floods', () => {
  test('10 000 messages as fast as they go: the flooder is slowed, then closed; others do not notice', async () => {
    await undisturbed(async () => {
      const socket = await seated();
      const burst = Buffer.concat(Array<Buffer>(100).fill(frame(JSON.stringify(letter))));
      for (let n = 0; n < 100; n++) {
        socket.write(burst);
        await new Promise((done) => setImmediate(done));
      }
      await socket.until(() => socket.closeCode !== undefined || socket.isClosed, 'the end');
      expect(socket.messages.some(({ code, final }) => code === 'rate' && final === false)).toBe(true);
      expect(socket.closeCode).toBe(1008);
    });
  });

  test('1 000 joins at once from one address are refused after the first hundred', async () => {
    const strict = await serverWith({ roomLimits: { connectionsPerAddress: 2000 } });
    const sockets = await Promise.all(
      Array.from({ length: 400 }, async () => {
        const socket = await RawWebSocket.open(strict.port);
        socket.say(joinAs(secret()));
        return socket;
      }),
    );
    await Promise.all(sockets.map((socket) => socket.until(() => socket.messages.length > 0, 'an answer')));
    const count = (type: string) => sockets.filter(({ messages }) => messages[0]!['type'] === type).length;
    expect(count('seated')).toBeGreaterThanOrEqual(100);
    expect(count('seated')).toBeLessThan(300);
    expect(count('refused')).toBe(400 - count('seated'));
    for (const { socket } of sockets) socket.destroy();
  });

  test('1 000 sockets from one address: those above the limit get 429, and have their place again later', async () => {
    const strict = await serverWith({ roomLimits: { connectionsPerAddress: 50 } });
    const upgrade = requestText('GET', '/rooms/ws', { ...ownHeaders(strict.port), ...upgradeHeaders });
    const sockets = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const raw = await RawSocket.open(strict.port);
        raw.write(upgrade);
        return { raw, status: await raw.status() };
      }),
    );
    expect(sockets.filter(({ status }) => status === 101)).toHaveLength(50);
    expect(sockets.filter(({ status }) => status === 429)).toHaveLength(950);
    for (const { raw } of sockets) raw.socket.destroy();
    const room = watch(secret(), strict.url);
    await until(() => room.now.link === 'open', 'a place');
  });

  test('who joins nothing is closed; rooms above the limit are refused', async () => {
    const strict = await serverWith({ roomLimits: { joinWithin: 500, rooms: 1 } });
    const idle = await RawWebSocket.open(strict.port);
    const first = await seated(secret(), undefined, strict.port);
    const second = await RawWebSocket.open(strict.port);
    second.say(joinAs(secret()));
    expect(await second.message('refused')).toMatchObject({ code: 'busy', final: true });
    await idle.until(() => idle.closeCode === 1008, 'the end');
    first.socket.destroy();
  });
});

describe('B52 foreign pages', () => {
  const room = () => `room=${secret()}&key=${secret()}&stream=${secret()}`;
  const targets: [string, () => [method: string, path: string, headers: Headers, body?: string]][] = [
    ['WebSocket', () => ['GET', '/rooms/ws', upgradeHeaders]],
    ['Socket.IO', () => ['GET', '/rooms/socket.io/?EIO=4&transport=websocket', upgradeHeaders]],
    ['Socket.IO polling', () => ['GET', '/rooms/socket.io/?EIO=4&transport=polling', {}]],
    ['event stream', () => ['GET', `/rooms/events?${room()}`, {}]],
    [
      'POST',
      () => ['POST', '/rooms/post', { 'Content-Type': 'application/json', 'Content-Length': '2' }, '{}'],
    ],
  ];
  const foreign: [string, Headers][] = [
    ['a foreign Origin', { Origin: 'https://example.org' }],
    ['an opaque Origin', { Origin: 'null' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    [
      'a foreign name that resolves to here',
      { Host: 'rebind.example.org', Origin: 'http://rebind.example.org' },
    ],
    ['a request that the browser calls cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
  ];
  test.each(targets)('%s: 403', async (_name, target) => {
    for (const [, headers] of foreign) {
      const [method, path, own, body] = target();
      const text = requestText(method, path, { ...ownHeaders(server.port), ...own, ...headers }, body);
      expect(await answer(text)).toBe(403);
    }
  });

  test.each(targets.filter(([name]) => name !== 'event stream'))(
    '%s without Origin: 403',
    async (_name, target) => {
      const [method, path, own, body] = target();
      const text = requestText(method, path, { ...ownHeaders(server.port), ...own, Origin: undefined }, body);
      expect(await answer(text)).toBe(403);
    },
  );

  test('an event stream of the own page has no Origin; an allowed origin behind a proxy may call', async () => {
    const [, , own] = targets[3]![1]();
    const text = requestText('GET', `/rooms/events?${room()}`, {
      ...ownHeaders(server.port),
      ...own,
      Origin: undefined,
    });
    expect(await answer(text)).toBe(200);
    const proxied = await serverWith({ origins: ['https://ice.example.org'] });
    const headers = { ...upgradeHeaders, Host: 'ice.example.org', Origin: 'https://ice.example.org' };
    expect(await answer(requestText('GET', '/rooms/ws', headers), proxied.port)).toBe(101);
    expect(
      await answer(
        requestText('GET', '/rooms/ws', { ...headers, Origin: 'https://example.org' }),
        proxied.port,
      ),
    ).toBe(403);
    expect(await answer(requestText('GET', '/rooms/ws', headers))).toBe(403);
  });
});

describe('B53 guessing rooms', () => {
  test.each([
    '1',
    'room-1',
    'a'.repeat(21),
    'a'.repeat(23),
    `${'a'.repeat(21)}b`,
    '../../etc/passwd',
    `${'a'.repeat(20)}\u0000Q`,
  ])('a room must be 128 bits: %j', async (room) => {
    const socket = await open();
    socket.say(joinAs(room));
    expect(await socket.message('refused')).toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('"room"'),
    });
    socket.socket.destroy();
  });

  test('no list; a third one is told that the room is full', async () => {
    for (const path of ['/rooms', '/rooms/', '/rooms/list', '/rooms/ws/', '/rooms/ws'])
      expect([404, 426]).toContain(await answer(requestText('GET', path, ownHeaders(server.port))));
    const room = secret();
    const [a, b, c] = [await seated(room), await seated(room), await open()];
    c.say(joinAs(room));
    expect(await c.message('refused')).toMatchObject({ code: 'full', final: true });
    await c.until(() => c.closeCode !== undefined, 'the end');
    for (const { socket } of [a, b, c]) socket.destroy();
  });
});

describe('B54 in the name of another', () => {
  test('"from" has no place in a letter, and the server stamps its own', async () => {
    const room = secret();
    const [a, b] = [await seated(room), await seated(room)];
    b.say({ ...letter, from: 'A' });
    expect((await b.message('refused'))['detail']).toBe('The field "from" has no place here.');
    b.say({ ...letter, stream: secret() });
    await b.until(() => b.messages.filter(({ type }) => type === 'refused').length === 2, 'a second refusal');
    b.say(letter);
    expect(await a.message('letter')).toMatchObject({ from: 'B', text: 'x' });
    for (const { socket } of [a, b]) socket.destroy();
  });

  test('no letter goes to another room, and no post into a seat whose key one has not', async () => {
    const [here, there] = [secret(), secret()];
    const [a, b] = [await seated(here), await seated(there)];
    a.say({ ...letter, room: there });
    expect(await a.message('refused')).toMatchObject({ code: 'malformed' });
    const stolen = { room: there, key: secret(), stream: secret(), messages: [{ type: 'leave' }] };
    expect(await answer(post(JSON.stringify(stolen)))).toBe(404);
    const c = await seated(there);
    expect(c.messages[0]).toMatchObject({ seat: 'B' });
    expect(b.messages.map(({ type }) => type)).toEqual(['seated', 'other']);
    for (const { socket } of [a, b, c]) socket.destroy();
  });
});
