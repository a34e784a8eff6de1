/** A static host whose build can be exchanged, and another build to exchange it for. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serveFolder } from '../../src/server/files/serve-folder.ts';

const DIST = resolve(import.meta.dirname, '../../dist');
const newFolder = () => mkdtempSync(join(tmpdir(), 'icescope-build-'));

export function sameBuild(): string {
  const folder = newFolder();
  cpSync(DIST, folder, { recursive: true, filter: (file) => !/\.(?:br|gz)$/.test(file) });
  return folder;
}

/** These files of `assets`, and all that name one of them, and so on. */
function namedBy(folder: string, changed: readonly string[]): readonly string[] {
  const scripts = readdirSync(join(folder, 'assets'))
    .filter((name) => /-.{8}\.js$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, 'assets', name), 'utf8') }));
  const all = new Set(changed);
  for (const known of all) for (const { name, text } of scripts) if (text.includes(known)) all.add(name);
  return [...all];
}

/**
 * As if something in the entry and in the Debug page had changed: they have other hashes in their names, and so has what
 * names them, as a browser keeps what has the same name.
 */
export function otherBuild(): string {
  const folder = sameBuild();
  const assets = readdirSync(join(folder, 'assets'));
  const entry = /assets\/(index-[^"]+\.js)/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))![1]!;
  const debug = assets.find((name) => /^Debug-[^/]+\.js$/.test(name))!;
  const renamed = namedBy(folder, [entry, debug]).map(
    (name, at) => [name, name.replace(/-.{8}\.js$/, `-Another${at}.js`)] as const,
  );
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:js|html)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(
      join(folder, file),
      renamed
        .reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
        .replace(/"version":"\w+"/, '"version":"another"'),
    );
  }
  for (const [from, to] of renamed) renameSync(join(folder, 'assets', from), join(folder, 'assets', to));
  return folder;
}

export interface StaticHost {
  /** The app lies in a folder of its own, as on GitHub Pages. */
  readonly url: string;
  /** Paths that were asked for, since the last reading. */
  asked(): string[];
  exchange(build: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Files, and nothing else: no headers of ours, no rooms, no STUN. */
export async function staticHost(build: string): Promise<StaticHost> {
  const folder = newFolder();
  cpSync(build, folder, { recursive: true });
  const files = serveFolder(folder);
  let asked: string[] = [];
  let server: Server;
  let port = 0;
  const start = async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      request.url = request.url!.startsWith('/ice/') ? request.url!.slice(4) : '/nothing';
      files(request, response);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}/ice/`,
    asked: () => {
      const before = asked;
      asked = [];
      return before;
    },
    exchange: (next) => {
      rmSync(folder, { recursive: true });
      cpSync(next, folder, { recursive: true });
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    start,
  };
}
