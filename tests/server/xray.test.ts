/** X-ray: each page gets the packets of its own connections, and nobody else's. */
import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { xorMappedAddress } from '../../src/core/stun/attributes/addresses.ts';
import { describePacket } from '../../src/core/stun/describe.ts';
import { get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import type { ObservedPacket } from '../../src/server/turn/packet-tap.ts';
import { xrayLimits } from '../../src/server/xray.ts';
import { XrayStream, streamBacklog } from '../../src/server/xray-stream.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';
import { type Line, type Watched, postJson, watch } from './support/xray-client.ts';

let server: RunningServer;
const open: { close(): void }[] = [];

beforeEach(async () => {
  server = await startServer({ port: 0, stunPort: 0 });
});
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await server.close();
});

async function watched(...peers: string[]): Promise<Watched> {
  const stream = await watch(server.url, ...peers);
  open.push(stream);
  return stream;
}

async function client(login: { username: string; credential: string }): Promise<TurnClient> {
  const made = await TurnClient.udp(server.stunPort!, login);
  open.push(made);
  return made;
}

/** Opens a stream from another address of this machine. */
async function elsewhere(localAddress: string): Promise<{ readonly status: number | undefined }> {
  const headers = { 'content-type': 'application/json' };
  const asked = request(`${server.url}xray`, { method: 'POST', localAddress, headers });
  asked.on('error', () => undefined).end('{"peers":["A"]}');
  open.push({ close: () => asked.destroy() });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode };
}

const summaries = (lines: readonly Line[]): string[] =>
  lines.map(({ peer, bytes }) => `${peer} ${describePacket(Buffer.from(bytes, 'base64')).summary}`);
const isBinding = (bytes: string): boolean =>
  describePacket(Buffer.from(bytes, 'base64')).summary.startsWith('Binding');
const settle = () => new Promise((done) => setTimeout(done, 150));

describe('whose packet it is', () => {
  test('is told by the account that allocated, the refused first request included', async () => {
    const [one, other] = [await watched('A', 'B'), await watched('A')];
    for (const peer of ['A', 'B']) await (await client(one.accounts[peer]!)).allocate();
    await until(() => one.lines.length >= 8);
    expect(summaries(one.lines).map((text) => text.replace(/success .*/, 'success'))).toEqual(
      ['A', 'B'].flatMap((peer) => [
        `${peer} Allocate request`,
        `${peer} Allocate error 401 Unauthenticated`,
        `${peer} Allocate request`,
        `${peer} Allocate success`,
      ]),
    );
    await settle();
    expect(other.lines).toEqual([]);
  });

  test('of a name without its password is nobody’s', async () => {
    const stream = await watched('A');
    // The page claims a port, and it is not that of the liar.
    const own = await client({ username: '', credential: '' });
    expect(await stream.claim('A', own.port)).toBe(200);
    const liar = await client({ ...stream.accounts['A']!, credential: 'guessed' });
    expect(codeOf(await liar.request(methods.allocate.number))).toBe(401);
    await settle();
    expect(stream.lines).toEqual([]);
  });

  test('of a wrong password is told to the page whose account it names and whose port it is', async () => {
    const stream = await watched('A');
    const mistyped = await client({ ...stream.accounts['A']!, credential: 'mistyped' });
    expect(codeOf(await mistyped.request(methods.allocate.number))).toBe(401);
    expect(await stream.claim('A', mistyped.port)).toBe(200);
    await until(() => stream.lines.length >= 4);
    expect(summaries(stream.lines).filter((text) => text.includes('Allocate error'))).toHaveLength(2);
  });

  test('of a plain STUN question is told by the port of a candidate, before or after', async () => {
    const [stream, other] = [await watched('A'), await watched('A')];
    const asking = await client({ username: '', credential: '' });
    const { port } = get(await asking.plain(methods.binding.number), xorMappedAddress)!;
    await settle();
    expect(stream.lines).toEqual([]);
    expect(await stream.claim('A', port)).toBe(200);
    await until(() => stream.lines.length === 2);
    await asking.plain(methods.binding.number);
    await until(() => stream.lines.length === 4);
    expect(summaries(stream.lines)[1]).toBe(`A Binding success 127.0.0.1:${port}`);
    expect(other.lines).toEqual([]);
  });

  test('of a question whose port two pages claim is both’s; a refused Allocate there is nobody’s', async () => {
    const [owner, thief] = [await watched('A'), await watched('A')];
    const asking = await client(owner.accounts['A']!);
    const { port } = get(await asking.plain(methods.binding.number), xorMappedAddress)!;
    expect(await thief.claim('A', port)).toBe(200);
    await until(() => thief.lines.length === 2);
    expect(await owner.claim('A', port)).toBe(200);
    await asking.challenge();
    await asking.plain(methods.binding.number);
    await until(() => owner.lines.length === 2 && thief.lines.length === 4);
    expect([...owner.lines, ...thief.lines].every(({ bytes }) => isBinding(bytes))).toBe(true);
  });

  test('that names an account, and all after it, is nobody else’s, whoever claimed the port', async () => {
    const [owner, thief] = [await watched('A'), await watched('A')];
    const asking = await client(owner.accounts['A']!);
    const { port } = get(await asking.plain(methods.binding.number), xorMappedAddress)!;
    expect(await thief.claim('A', port)).toBe(200);
    await until(() => thief.lines.length === 2);
    await asking.allocate();
    await asking.plain(methods.binding.number);
    await until(() => owner.lines.length >= 6);
    expect(summaries(owner.lines).filter((text) => text.includes('Allocate'))).toHaveLength(4);
    expect(thief.lines).toHaveLength(2);
  });

  test('claims of one page push out none of another', async () => {
    const [owner, thief] = [await watched('A'), await watched('A')];
    const asking = await client({ username: '', credential: '' });
    const port = asking.port;
    expect(await owner.claim('A', port)).toBe(200);
    for (let i = 0; i < 300; i++)
      await thief.claim('A', ...Array.from({ length: 16 }, (_, k) => 1000 + i * 16 + k));
    await asking.plain(methods.binding.number);
    await until(() => owner.lines.length === 2);
  });

  test('ends with the stream, and its account and allocations too', async () => {
    const stream = await watched('A');
    const gone = await client(stream.accounts['A']!);
    await gone.allocate();
    expect(server.stunTurn!.allocations).toBe(1);
    stream.close();
    await until(() => server.stunTurn!.allocations === 0);
    expect(codeOf(await gone.request(methods.allocate.number))).toBe(401);
  });
});

test('no password and no key is ever streamed', async () => {
  const stream = await watched('A');
  const login = stream.accounts['A']!;
  await (await client(login)).allocate();
  await until(() => stream.lines.length >= 4);
  const later = stream.text().slice(stream.text().indexOf('\n'));
  const bytes = Buffer.concat(stream.lines.map((line) => Buffer.from(line.bytes, 'base64')));
  for (const secret of [login.credential, server.credential, stream.id]) {
    expect(later).not.toContain(secret);
    expect(bytes.includes(secret)).toBe(false);
  }
});

describe('who may ask', () => {
  test.each([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('%s may not', async (_who, headers, status) => {
    expect((await postJson(`${server.url}xray`, { peers: ['A'] }, { headers })).status).toBe(status);
  });

  test.each([
    ['no JSON', '{', 400],
    ['no peers', '{"peers":[]}', 400],
    ['too many peers', '{"peers":["1","2","3","4","5"]}', 400],
    ['too long', `{"peers":["${'x'.repeat(9000)}"]}`, 413],
  ])('%s: is refused', async (_what, body, status) => {
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}xray`, { method: 'POST', body, headers })).status).toBe(status);
  });

  test('one address may not take every slot', async () => {
    await Promise.all(Array.from({ length: xrayLimits.streamsPerAddress }, () => watched('A')));
    await expect(watched('A')).rejects.toThrow('429');
    const { status } = await elsewhere('127.0.0.9');
    expect(status).toBe(200);
    open.shift()!.close();
    await expect.poll(() => watched('A').then(() => 'open', String)).toBe('open');
  });

  test('a claim needs the stream’s own id', async () => {
    const stream = await watched('A');
    const claim = { xray: `${stream.id.slice(1)}x`, peer: 'A', ports: [1] };
    expect((await postJson(`${server.url}xray/ports`, claim)).status).toBe(404);
    expect(await stream.claim('B', 1)).toBe(404);
  });
});

test('what a slow page does not read is counted, and told once it reads again', () => {
  const written: string[] = [];
  const listeners: (() => void)[] = [];
  const response = {
    writableLength: 0,
    writeHead: () => undefined,
    on: (_event: string, listener: () => void) => listeners.push(listener),
    write: (line: string) => written.push(line),
  };
  const stream = new XrayStream(response as unknown as ServerResponse, ['A'], () => ({
    username: 'u',
    credential: 'c',
  }));
  const address = { address: '127.0.0.1', port: 1 };
  const packet: ObservedPacket = {
    direction: 'sent',
    at: 1,
    leg: 'client',
    transport: 'udp',
    local: address,
    remote: address,
    bytes: new Uint8Array(4),
    client: 'x',
    username: undefined,
  };
  stream.send('A', packet);
  response.writableLength = streamBacklog + 1;
  for (let count = 0; count < 1000; count++) stream.send('A', packet);
  expect(written).toHaveLength(2);
  response.writableLength = 0;
  listeners.forEach((drained) => drained());
  expect(written.slice(2).map((line) => JSON.parse(line) as unknown)).toEqual([{ peer: 'A', missed: 1000 }]);
});
