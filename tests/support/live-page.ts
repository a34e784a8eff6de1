/** A bare page that holds `src/live` and nothing of the app, bundled by Vite and served on this machine. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

export interface LivePage {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveLive(): Promise<LivePage> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const isScript = request.url === '/live.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done()) && server.closeAllConnections()),
  };
}

/** The same page as the built app of our own server: `dist` for startServer, so that it may ask for X-ray. */
export async function liveFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'icescope-live-'));
  writeFileSync(join(folder, 'live.js'), await bundle());
  writeFileSync(join(folder, 'index.html'), PAGE);
  return folder;
}

const PAGE = '<!doctype html><title>live</title><script type="module" src="/live.js"></script>';

let bundled: Promise<string> | null = null;

function bundle(): Promise<string> {
  bundled ??= build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve(import.meta.dirname, 'live-entry.ts'), formats: ['es'], fileName: 'live' },
    },
  }).then((output) => {
    const [first] = [output].flat();
    if (!first || !('output' in first)) throw new Error('nothing was bundled');
    return first.output[0].code;
  });
  return bundled;
}
