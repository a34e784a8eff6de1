/**
 * WebKit as a third engine, by WebDriver: Debian's WebKitGTK with its MiniBrowser in a screen of its own. It has no WebRTC,
 * so it shows what a page is without. Clients of WebDriver on the registry want Node 22; what is needed of it is little.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';

export const isWebKitThere = existsSync(DRIVER) && existsSync(SCREEN);

export interface WebKit {
  open(url: string): Promise<void>;
  /** Runs a function in the page, and gives back what it returns. */
  run<T>(script: () => T): Promise<T>;
  run<T, A>(script: (argument: A) => T, argument: A): Promise<T>;
  resize(width: number, height: number): Promise<void>;
  /** A picture of the page, as PNG. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openWebKit(): Promise<WebKit> {
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '2000x1200x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = (await once(screen.stdio[3]!, 'data')) as [Buffer];
  const driver = await startDriver(`:${display.toString().trim()}`);
  const ask = asker(driver.url);
  const { sessionId } = (await ask('POST', '/session', {
    capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
  })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  return {
    open: async (url) => void (await ask('POST', `${session}/url`, { url })),
    run: async <T>(script: (argument: never) => T, argument?: unknown) =>
      (await ask('POST', `${session}/execute/sync`, {
        script: `return (${script})(arguments[0])`,
        args: [argument ?? null],
      })) as T,
    resize: async (width, height) => void (await ask('POST', `${session}/window/rect`, { width, height })),
    picture: async () => Buffer.from((await ask('GET', `${session}/screenshot`)) as string, 'base64'),
    async close() {
      await ask('DELETE', session);
      driver.child.kill();
      screen.kill();
    },
  };
}

/** It takes no port 0, and says nothing: one that is taken ends it, and another is tried. */
async function startDriver(display: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  for (let tries = 0; tries < 20; tries++) {
    const port = await likelyFree();
    const child = spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, DISPLAY: display },
      stdio: 'ignore',
    });
    const url = `http://127.0.0.1:${port}`;
    while (child.exitCode === null) {
      const ready = await fetch(`${url}/status`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return { child, url };
    }
  }
  throw new Error('WebKitWebDriver found no free port.');
}

async function likelyFree(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

const asker =
  (url: string): Ask =>
  async (method, path, body) => {
    const response = await fetch(url + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  };
