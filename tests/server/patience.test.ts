/** Clients that are slow, silent or malformed, and a server that stops: on sockets, byte by byte. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../../src/server/files/serve-folder.ts';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import { ask, build } from './files/folder.ts';
import { RawSocket } from './rooms/raw.ts';

/** More than the buffers of both ends of a loopback socket hold. */
const HUGE = 'x'.repeat(30_000_000);
const LARGE = 'x'.repeat(1_000_000);
const HOST = 'Host: localhost\r\n';
let dist = '';
let server: RunningServer;
beforeAll(async () => {
  dist = await build({
    'index.html': '<!doctype html><title>Icescope</title>',
    'a.txt': 'aaa',
    'large.bin': LARGE,
    'huge.bin': HUGE,
  });
  server = await startServer({ port: 0, stunPort: 0, dist });
});
afterAll(() => server.close());

const begin = async (text: string, { port }: { readonly port: number } = server): Promise<RawSocket> => {
  const socket = await RawSocket.open(port);
  socket.write(text);
  return socket;
};

describe('a client that is slow', () => {
  test('has ten seconds for its headers and thirty for the rest', () => {
    expect([server.http.headersTimeout, server.http.requestTimeout]).toEqual([10_000, 30_000]);
  });

  test.each([
    ['nothing', ''],
    ['half a line', 'GET / HT'],
    ['headers without an end', `GET / HTTP/1.1\r\n${HOST}X: 1\r\n`],
    [
      'a body that does not come',
      `POST /rooms/post HTTP/1.1\r\n${HOST}Origin: http://localhost\r\nContent-Length: 900\r\n\r\n{`,
    ],
  ])('with %s, is let go, and does not keep others waiting', async (_name, text) => {
    const impatient = await startServer({ port: 0, stunPort: 0, dist });
    impatient.http.headersTimeout = 200;
    impatient.http.requestTimeout = 300;
    const slow = await Promise.all(Array.from({ length: 50 }, () => begin(text, impatient)));
    expect((await ask(impatient.port, '/a.txt')).body).toBe('aaa');
    await Promise.all(slow.map((socket) => socket.until(() => socket.isClosed, 'the end')));
    await impatient.close();
  });

  test('and reads nothing of a file, is let go', async () => {
    const http = createServer(serveFolder(dist, { stalledAfter: 300 })).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const reader = await begin(`GET /huge.bin HTTP/1.1\r\n${HOST}\r\n`, http.address() as AddressInfo);
    reader.socket.pause();
    await expect
      .poll(() => new Promise((resolve) => http.getConnections((_error, count) => resolve(count))), {
        timeout: 30_000,
      })
      .toBe(0);
    reader.socket.destroy();
    http.close();
  });
});

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['two hosts', `GET /a.txt HTTP/1.1\r\n${HOST}${HOST}\r\n`, 400],
  ['two hosts in other letters', `GET /a.txt HTTP/1.1\r\n${HOST}HOST: evil.example\r\n\r\n`, 400],
  [
    'two hosts for an upgrade',
    `GET /rooms/ws HTTP/1.1\r\n${HOST}${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    400,
  ],
  ['a target without a host', `GET http:///a.txt HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['two lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, 400],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\n${HOST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['a space before the colon', `GET / HTTP/1.1\r\n${HOST}X : 1\r\n\r\n`, 400],
  ['too much of a header', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['too much of an address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
  [
    'an upgrade to nothing',
    `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    404,
  ],
])('%s is refused, and the server goes on', async (_name, text, status) => {
  expect(await (await begin(text)).status()).toBe(status);
  expect((await ask(server.port, '/a.txt')).body).toBe('aaa');
});

describe('an absolute target (RFC 9112, section 3.2.2)', () => {
  test.each([
    ['http://localhost/a.txt', 200],
    ['HTTP://127.0.0.1:4173/a.txt?x', 200],
    ['http://localhost', 200],
    ['http://localhost/config.json', 200],
    // its host counts, not the header
    ['http://evil.example/config.json', 403],
    ['http://user@localhost/a.txt', 400],
  ])('%s: %i', async (target, status) => {
    expect(await (await begin(`GET ${target} HTTP/1.1\r\n${HOST}\r\n`)).status()).toBe(status);
  });
});

test('who resets the connection after a refused upgrade ends nothing', async () => {
  const upgrade = `GET /nothing HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  for (let i = 0; i < 20; i++) (await begin(upgrade)).socket.resetAndDestroy();
  expect((await ask(server.port, '/a.txt')).body).toBe('aaa');
});

test('two requests in one breath get two answers, in order', async () => {
  const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\n${HOST}${more}\r\n`;
  const socket = await begin(get('/a.txt') + get('/nothing', 'Connection: close\r\n'));
  await socket.closed();
  expect(socket.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404']);
});

test('what is asked with HEAD has no body', async () => {
  for (const path of ['/config.json', '/healthz', '/nothing']) {
    const { body, headers } = await ask(server.port, path, {}, 'HEAD');
    expect([path, body, headers['cache-control']]).toEqual([path, '', 'no-store']);
  }
});

describe('a server that stops', () => {
  test('lets an answer under way end, and takes nobody new', async () => {
    const stopping = await startServer({ port: 0, stunPort: 0, dist, lastAnswers: 60_000 });
    const idle = await begin(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`, stopping);
    await idle.status();
    const asked = once(stopping.http, 'request');
    const reading = ask(stopping.port, '/large.bin');
    await asked;
    const closed = stopping.close();
    await idle.closed();
    await expect(ask(stopping.port, '/')).rejects.toThrow('ECONNREFUSED');
    expect((await reading).raw.length).toBe(LARGE.length);
    await closed;
  });

  test('cuts what does not end', async () => {
    const stopping = await startServer({ port: 0, stunPort: 0, dist });
    const reader = await begin(`GET /huge.bin HTTP/1.1\r\n${HOST}\r\n`, stopping);
    reader.socket.pause();
    const began = Date.now();
    await stopping.close();
    expect(Date.now() - began).toBeLessThan(3000);
    reader.socket.destroy();
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends “icescope serve” with 0', async (signal) => {
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', '0', '--stun-port', '0'];
  const child = spawn(process.execPath, args, { cwd: resolve(import.meta.dirname, '../..') });
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((own) => own?.address === '::1');
test.skipIf(!hasIpv6)('IPv6: the address is in brackets wherever it is named', async () => {
  const six = await startServer({ host: '::1', port: 0, stunPort: 0, dist });
  expect(six.url).toBe(`http://[::1]:${six.port}/`);
  const page = await fetch(six.url);
  expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ws://[::1]:${six.port};`);
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  const { iceServers } = (await (await fetch(`${six.url}config.json`)).json()) as {
    iceServers: { urls: string[] }[];
  };
  expect(iceServers[0]!.urls).toEqual([`stun:[::1]:${six.stunPort}`]);
  await six.close();
});
