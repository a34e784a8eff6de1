/** The HTTP side: who may read what, headers, ports that can not be had. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../src/cli/serve.ts';
import { iceServers } from '../../src/server/ice-servers.ts';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import { listenAddresses } from '../../src/server/turn/bind.ts';
import { LONG, ask, build } from './files/folder.ts';

let server: RunningServer;
beforeAll(async () => {
  const dist = await build({
    'index.html': '<!doctype html><title>Icescope</title>',
    'assets/app-1234.js': '1;',
    'assets/app-5678.js': LONG,
  });
  server = await startServer({ port: 0, stunPort: 0, dist });
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(server.port, path, headers, method);

describe('files', () => {
  test('the page, with its headers', async () => {
    const { status, headers, body } = await get('/');
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(body).toContain('Icescope');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self), microphone=()'),
    });
  });

  test('hashed files may be kept; others are not there, nor outside the folder', async () => {
    expect((await get('/assets/app-1234.js')).headers['cache-control']).toContain('immutable');
    for (const path of [
      '/nothing',
      '/../package.json',
      '/%2e%2e/package.json',
      '/%',
      '//etc/passwd',
      '/..%5c',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['identity', undefined, (raw: Buffer) => raw],
  ])('a browser that takes %s gets %s', async (accepted, encoding, unpack) => {
    const { headers, raw } = await get('/assets/app-5678.js', { 'accept-encoding': accepted });
    expect(unpack(raw).toString()).toBe(LONG);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(raw.length),
      'cache-control': expect.stringContaining('immutable'),
      vary: 'Accept-Encoding',
    });
    expect(headers['content-encoding']).toBe(encoding);
    const short = await get('/assets/app-1234.js', { 'accept-encoding': accepted });
    expect([short.body, short.headers['content-encoding']]).toEqual(['1;', undefined]);
  });

  test('asking again costs no body', async () => {
    const asked = { 'accept-encoding': 'br' };
    const { headers } = await get('/', asked);
    const again = await get('/', { ...asked, 'if-none-match': String(headers['etag']) });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test.each([
    [`localhost:1`, 'same-origin-allow-popups'],
    ['[::1]:1', 'same-origin-allow-popups'],
    ['192.0.2.7:4173', undefined],
    ['mybox.lan:4173', undefined],
  ])('opener policy at %s, where a browser honours it: %s', async (host, policy) => {
    expect((await get('/', { host })).headers['cross-origin-opener-policy']).toBe(policy);
  });

  test('a tapped page may load the tap, and know the window that it opens', async () => {
    expect((await get('/?listen')).headers['cross-origin-opener-policy']).toBeUndefined();
    expect((await get('/?other')).headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups');
    expect((await get('/tap.js')).headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  test('healthz, and no other method than GET and HEAD', async () => {
    const { status, body } = await get('/healthz');
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { status: 'ok', rooms: 0, connections: 0, bus: 'memory', joined: true },
    ]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const { status, headers } = await get('/', {}, method);
      expect([method, status, headers['allow']]).toEqual([method, 405, 'GET, HEAD']);
    }
  });
});

describe('config.json', () => {
  test('gives the page its ICE servers', async () => {
    const { status, headers, body } = await get('/config.json');
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const at = `127.0.0.1:${server.stunPort}`;
    expect(JSON.parse(body)).toEqual({
      iceServers: [
        { urls: [`stun:${at}`] },
        {
          urls: [`turn:${at}?transport=udp`, `turn:${at}?transport=tcp`],
          username: server.username,
          credential: server.credential,
        },
      ],
      rooms: true,
      xray: true,
    });
  });

  const own = () => `127.0.0.1:${server.port}`;
  test.each<[string, () => Record<string, string>, number]>([
    ['the own page', () => ({ origin: `http://${own()}`, 'sec-fetch-site': 'same-origin' }), 200],
    ['localhost', () => ({ host: `localhost:${server.port}` }), 200],
    ['a foreign origin', () => ({ origin: 'https://example.org' }), 403],
    ['an opaque origin', () => ({ origin: 'null' }), 403],
    ['another port of this machine', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['a request that the browser calls cross-site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['a request that the browser calls same-site', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['a foreign name (DNS rebinding)', () => ({ host: 'rebind.example.org' }), 403],
    ['a foreign name with our port', () => ({ host: `localhost.example.org:${server.port}` }), 403],
    ['a malformed host', () => ({ host: 'a b' }), 403],
  ])('%s', async (_name, headers, status) => {
    const answer = await get('/config.json', headers());
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body).not.toContain(server.credential);
  });
});

describe('B67 ports that can not be had', () => {
  const take = async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    return { port: (taken.address() as AddressInfo).port, close: () => taken.close() };
  };
  const run = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const io = {
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
      read: () => Promise.reject(new Error('serve reads nothing')),
      write: () => Promise.reject(new Error('serve writes no file')),
    };
    return { code: await serve.run(args, io), out, err };
  };

  test('a taken port is one clear line and exit code 2', async () => {
    const taken = await take();
    const { code, out, err } = await run('--port', String(taken.port), '--stun-port', '0');
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`icescope serve: Port ${taken.port} on 127.0.0.1 is taken by another program.\n`);
    const stun = await run('--port', '0', '--stun-port', String(taken.port));
    expect([stun.code, stun.err]).toEqual([2, err]);
    taken.close();
  });

  test('without a wish, STUN/TURN takes a free port when 3478 is taken, and says so', async () => {
    const taken = createSocket('udp4');
    await new Promise<void>((done) => taken.once('error', () => done()).bind(3478, '127.0.0.1', done));
    const other = await startServer({ port: 0 });
    expect(other.stunPort).not.toBe(3478);
    expect(other.notices[0]).toBe(
      'Port 3478 on 127.0.0.1 is taken by another program. STUN/TURN takes a free port instead.',
    );
    await other.close();
    taken.close();
  });

  test('without a wish, the app takes the next free port when 4173 is taken, and says so', async () => {
    const taken = createServer();
    // taken by this test, or by whoever has it already
    await new Promise<void>((done) => taken.once('error', () => done()).listen(4173, '127.0.0.1', done));
    const others = [await startServer({ stunPort: 0 }), await startServer({ stunPort: 0 })];
    const ports = others.map(({ port }) => port);
    expect(Math.min(...ports)).toBeGreaterThan(4173);
    expect(new Set(ports).size).toBe(2);
    for (const { port, url, notices } of others) {
      expect(notices).toEqual([`Port 4173 is taken by another program: the app is at port ${port}.`]);
      expect((await fetch(`${url}healthz`)).status).toBe(200);
    }
    await Promise.all(others.map((other) => other.close()));
    taken.close();
  });

  test.each([
    [['--port', 'x'], '--port "x" is not a port'],
    [['--port', '70000'], '--port "70000" is not a port'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--host', '192.0.2.77', '--port', '0', '--stun-port', '0'], 'this machine does not have that address'],
  ])('%j', async (args, message) => {
    const { code, err } = await run(...args);
    expect([code, err.split('\n').length]).toEqual([2, 2]);
    expect(err).toContain(message);
  });
});

test('which addresses a host stands for', async () => {
  const names = async (host: string) => (await listenAddresses(host)).map(({ address }) => address);
  expect(await names('127.0.0.1')).toEqual(['127.0.0.1', '::1']);
  expect(await names('localhost')).toEqual(['127.0.0.1', '::1']);
  expect(await names('192.0.2.1')).toEqual(['192.0.2.1']);
  expect(await names('0.0.0.0')).toContain('127.0.0.1');
  expect((await names('0.0.0.0')).every((address) => address.includes('.'))).toBe(true);
  await expect(names('no-such-name.invalid')).rejects.toThrow(
    'No address is known for the name no-such-name.invalid.',
  );
});

test('a server on every address is named as the page named this machine', () => {
  const everywhere = { host: '0.0.0.0', port: 3478, username: 'u', credential: 'c' };
  expect(iceServers(everywhere, '192.0.2.5')[0]).toEqual({ urls: ['stun:192.0.2.5:3478'] });
  expect(iceServers({ ...everywhere, host: '::1' }, 'localhost')[0]).toEqual({ urls: ['stun:[::1]:3478'] });
});
