/**
 * A browser asks our server for its address, then connects relay-only through it, over UDP and over TCP; X-ray records what the server sees, and tshark
 * listens. Also a program, for a namespace: prints nothing, writes the outcome as JSON. Arguments: browser, address of
 * the STUN/TURN server, file.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Loopback } from '../../../src/live/loopback.ts';
import { startServer } from '../../../src/server/main.ts';
import { type BrowserName, launchBrowser } from '../../support/browsers.ts';
import { liveFolder } from '../../support/live-page.ts';
import { capture, type Captured } from './capture.ts';

export interface WatchedRelay {
  readonly stunPort: number;
  /** As they are saved. */
  readonly sessions: Readonly<Record<'stun' | 'udp' | 'tcp', string>>;
  readonly captured: readonly Captured[];
}

export async function watchedRelay(name: BrowserName, stunHost: string): Promise<WatchedRelay> {
  const dist = await liveFolder();
  const server = await startServer({ port: 0, stunPort: 0, stunHost, dist });
  const stunPort = server.stunPort!;
  const tap = await capture(stunPort);
  const browser = await launchBrowser(name);
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const { username, credential } = server;
    const recorded = (urls: string, iceTransportPolicy: 'all' | 'relay'): Promise<string> =>
      page.evaluate(
        async (options) => {
          const { loopback, save } = await window.icescopeLive.start(options, true, undefined, true);
          const both = loopback as Loopback;
          for (let letter = 0; letter < 20; letter++) both.send('A', 'x'.repeat(1000));
          await new Promise((done) => setTimeout(done, 300));
          both.close();
          await new Promise((done) => setTimeout(done, 600));
          return save();
        },
        { iceServers: [{ urls: [urls], username, credential }], iceTransportPolicy },
      );
    const at = `${stunHost}:${stunPort}`;
    const sessions = {
      stun: await recorded(`stun:${at}`, 'all'),
      udp: await recorded(`turn:${at}?transport=udp`, 'relay'),
      tcp: await recorded(`turn:${at}?transport=tcp`, 'relay'),
    };
    return { stunPort, sessions, captured: await tap.stop() };
  } finally {
    await browser.close();
    await server.close();
    rmSync(dist, { recursive: true });
  }
}

const [, program = '', name, stunHost = '', file = ''] = process.argv;
if (import.meta.url === pathToFileURL(program).href)
  writeFileSync(file, JSON.stringify(await watchedRelay(name as BrowserName, stunHost)));
