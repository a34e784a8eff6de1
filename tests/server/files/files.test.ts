/** Files over HTTP as RFC 9110 has them: parts, conditions, encodings, HEAD, and paths that lead nowhere. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partOf } from '../../../src/server/files/range.ts';
import { acceptedEncodings } from '../../../src/server/files/encoding.ts';
import { filePath } from '../../../src/server/files/path.ts';
import { type RunningServer, startServer } from '../../../src/server/main.ts';
import { RawSocket } from '../rooms/raw.ts';
import { LONG, ask, build } from './folder.ts';

const TEXT = '0123456789';
let dist = '';
let server: RunningServer;
beforeAll(async () => {
  dist = await build({
    'index.html': '<!doctype html><title>Icescope</title>',
    'empty.txt': '',
    'ten.txt': TEXT,
    'recordings/a b ü.txt': 'spaces',
    'assets/app-1.js': LONG,
    'assets/picture-1.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'assets/font-1.woff2': 'font',
    'assets/what-1.xyz': '?',
    '.hidden': 'secret',
  });
  writeFileSync(join(dirname(dist), 'icescope-outside.txt'), 'secret');
  server = await startServer({ port: 0, stunPort: 0, dist });
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(server.port, path, headers, method);

describe('parts', () => {
  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-30', 206, TEXT, 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=9-9', 206, '9', 'bytes 9-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, TEXT, undefined],
    ['bytes=0-1,3-4', 200, TEXT, undefined],
    ['lines=0-1', 200, TEXT, undefined],
    ['bytes=-', 200, TEXT, undefined],
    ['bytes=a-b', 200, TEXT, undefined],
  ])('%s', async (range, status, body, contentRange) => {
    const answer = await get('/ten.txt', { range });
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([
      status,
      body,
      contentRange,
    ]);
    expect(answer.headers['content-length']).toBe(String(body.length));
  });

  test('are the bytes that any slice is', () => {
    for (let size = 0; size < 5; size++) {
      for (let first = 0; first < 6; first++) {
        const part = partOf(`bytes=${first}-`, size);
        const bytes = [...'abcd'.slice(0, size)];
        if (part === 'none') expect(bytes.slice(first)).toEqual([]);
        else if (part !== 'whole') expect(bytes.slice(part.start, part.end + 1)).toEqual(bytes.slice(first));
      }
    }
  });

  test('curl puts a file together that it had half of, and not of two builds', async () => {
    const whole = readFileSync(join(dist, 'assets/app-1.js'));
    const half = join(mkdtempSync(join(tmpdir(), 'icescope-curl-')), 'half.js');
    writeFileSync(half, whole.subarray(0, 1000));
    await promisify(execFile)('curl', ['-sf', '-C', '-', '-o', half, `${server.url}assets/app-1.js`]);
    expect(readFileSync(half).equals(whole)).toBe(true);
    const { headers } = await get('/ten.txt');
    const range = { range: 'bytes=0-3' };
    expect((await get('/ten.txt', { ...range, 'if-range': String(headers['etag']) })).status).toBe(206);
    expect((await get('/ten.txt', { ...range, 'if-range': String(headers['last-modified']) })).status).toBe(
      206,
    );
    expect((await get('/ten.txt', { ...range, 'if-range': '"another"' })).body).toBe(TEXT);
  });
});

describe('conditions', () => {
  test.each<[string, (etag: string, date: string) => Record<string, string>, number]>([
    ['the same tag', (etag) => ({ 'if-none-match': etag }), 304],
    ['a weak one, in a list', (etag) => ({ 'if-none-match': `"x", W/${etag}` }), 304],
    ['any tag', () => ({ 'if-none-match': '*' }), 304],
    ['another tag', () => ({ 'if-none-match': '"x"' }), 200],
    [
      'another tag and the same date',
      (_, date) => ({ 'if-none-match': '"x"', 'if-modified-since': date }),
      200,
    ],
    ['the same date', (_, date) => ({ 'if-modified-since': date }), 304],
    ['an earlier date', () => ({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }), 200],
    ['what is no date', () => ({ 'if-modified-since': 'yesterday' }), 200],
  ])('%s', async (_name, headersOf, status) => {
    const { headers } = await get('/assets/app-1.js');
    const asked = headersOf(String(headers['etag']), String(headers['last-modified']));
    const again = await get('/assets/app-1.js', asked);
    expect(again.status).toBe(status);
    const { etag, vary, 'cache-control': keep } = headers;
    expect(again.headers).toMatchObject({ etag, vary, 'cache-control': keep });
    if (status === 304) expect([again.body, again.headers['content-type']]).toEqual(['', undefined]);
  });

  test('each form has a tag of its own', async () => {
    const forms = ['br', 'gzip', 'identity'].map((accepted) =>
      get('/assets/app-1.js', { 'accept-encoding': accepted }),
    );
    expect(new Set((await Promise.all(forms)).map(({ headers }) => headers['etag'])).size).toBe(3);
  });
});

test.each([
  [undefined, []],
  ['', []],
  ['gzip', ['gzip']],
  ['br;q=0, gzip;q=0.1', ['gzip']],
  ['*', ['br', 'gzip']],
  ['*;q=0, gzip', ['gzip']],
  ['BR', ['br']],
  ['brother, gzip;q=0.000', []],
  ['gzip; q=x', []],
])('Accept-Encoding: %s takes %j', (header, names) => {
  expect(acceptedEncodings(header).map(({ name }) => name)).toEqual(names);
});

test.each([
  ['/', 'text/html; charset=utf-8', 'no-cache'],
  ['/index.html?x=1', 'text/html; charset=utf-8', 'no-cache'],
  ['/assets/app-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/picture-1.svg', 'image/svg+xml', 'public, max-age=31536000, immutable'],
  ['/assets/font-1.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
  ['/assets/what-1.xyz', 'application/octet-stream', 'public, max-age=31536000, immutable'],
  ['/recordings/a%20b%20%C3%BC.txt', 'text/plain; charset=utf-8', 'no-cache'],
  ['/empty.txt', 'text/plain; charset=utf-8', 'no-cache'],
])('HEAD %s says what GET says, without a body', async (path, type, keep) => {
  const [head, whole] = [await get(path, {}, 'HEAD'), await get(path)];
  expect([head.status, head.body, whole.status]).toEqual([200, '', 200]);
  expect(head.headers).toMatchObject({
    'content-type': type,
    'cache-control': keep,
    'accept-ranges': 'bytes',
  });
  expect(head.headers['content-length']).toBe(String(whole.raw.length));
  expect(whole.headers['etag']).toBe(head.headers['etag']);
});

describe('paths that lead nowhere', () => {
  const outside = '../icescope-outside.txt';
  test.each([
    `/${outside}`,
    `/assets/../${outside}`,
    '/%2e%2e/icescope-outside.txt',
    '/..%2ficescope-outside.txt',
    '/assets/%2e%2e%2f%2e%2e%2ficescope-outside.txt',
    '/..%5cicescope-outside.txt',
    '/%252e%252e/icescope-outside.txt',
    '//icescope-outside.txt',
    '/assets//app-1.js',
    '/assets/./app-1.js',
    '/assets/../ten.txt',
    '/assets/app-1.js/',
    '/assets',
    '/assets/',
    '/.hidden',
    '/%2ehidden',
    '/assets/app-1.js.br',
    '/assets/app-1.js.gz',
    '/ten.txt%00.js',
    '/%',
    '/%zz',
    '/%c0%ae%c0%ae/icescope-outside.txt',
    '/%ff',
    `/${'a'.repeat(5000)}`,
    '/C:%5cwindows',
    '*',
    'ten.txt',
  ])('%s', async (path) => {
    const socket = await RawSocket.open(server.port);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    await socket.until(() => socket.isClosed, 'the answer');
    expect(socket.text).toMatch(/^HTTP\/1\.1 (?:404 Not Found|400 Bad Request)\r\n/);
    expect(socket.text).not.toContain('secret');
    expect(socket.text).not.toContain(TEXT);
  });

  test('a path is decoded once', () => {
    expect(filePath('/assets/a%2Db.js?c#d')).toEqual(['assets', 'a-b.js']);
    expect(filePath('/a%2525')).toEqual(['a%25']);
  });
});
