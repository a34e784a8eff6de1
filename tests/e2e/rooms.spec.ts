/** Rooms in the browser itself: its WebSocket, its EventSource and fetch, Socket.IO's client, under our own policy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Page, test as base, expect } from '@playwright/test';
import { build } from 'vite';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import type {} from '../support/rooms-entry.ts';

const transports = ['websocket', 'sse', 'socket-io'] as const;

/** The clients, bundled as the app bundles them: Socket.IO's is a file of its own. */
async function bundle(): Promise<string> {
  const dist = mkdtempSync(join(tmpdir(), 'icescope-rooms-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: dist,
      lib: {
        entry: resolve(import.meta.dirname, '../support/rooms-entry.ts'),
        formats: ['es'],
        fileName: 'rooms',
      },
    },
  });
  writeFileSync(
    join(dist, 'index.html'),
    '<!doctype html><title>rooms</title><script type="module" src="rooms.js"></script>',
  );
  return dist;
}

interface Site {
  readonly page: Page;
  server: RunningServer;
  /** Stops the server and starts it on the same port. */
  restart(): Promise<void>;
}

const test = base.extend<{ site: Site }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
  site: async ({}, use, { project }) => {
    const dist = await bundle();
    const options = { port: 0, stunPort: 0, dist };
    const browser = await launchBrowser(project.name as 'chromium' | 'firefox');
    const site = {
      server: await startServer(options),
      page: await browser.newPage(),
      async restart() {
        const { port } = this.server;
        await this.server.close();
        this.server = await startServer({ ...options, port });
      },
    };
    await site.page.goto(site.server.url);
    await site.page.waitForFunction(() => 'icescopeRooms' in window);
    await use(site);
    await browser.close();
    await site.server.close();
    rmSync(dist, { recursive: true });
  },
});

/** Opens a room twice in the page and keeps what is heard in `window.heard`. */
function meet(
  page: Page,
  kinds: readonly [(typeof transports)[number], (typeof transports)[number]],
): Promise<void> {
  return page.evaluate(async (kinds) => {
    const room = window.icescopeRooms.newSecret();
    const ends = kinds.map((kind) => {
      const end = {
        room: window.icescopeRooms.open[kind](room),
        letters: [] as string[],
        news: [] as string[],
        other: false,
      };
      end.room.listen((text) => end.letters.push(text));
      end.room.watch(({ link, other, detail }) => {
        end.other = other;
        end.news.push(`${link} ${detail ?? ''}`);
      });
      return end;
    });
    Object.assign(window, { ends });
    while (!ends.every(({ other }) => other)) await new Promise((done) => setTimeout(done, 5));
  }, kinds);
}

interface Heard {
  readonly letters: readonly string[][];
  readonly news: readonly string[][];
}

/** Both ends say `count` numbers, `every` so many milliseconds; gives back what both heard. */
function talk(page: Page, count: number, every: number): Promise<Heard> {
  return page.evaluate(
    async ([count, every]) => {
      interface End {
        readonly room: { send(text: string): void; close(): void };
        readonly letters: string[];
        readonly news: string[];
      }
      const { ends } = window as unknown as { ends: [End, End] };
      for (let n = 0; n < count; n++) {
        for (const { room } of ends) room.send(String(n));
        if (every > 0) await new Promise((done) => setTimeout(done, every));
      }
      const end = Date.now() + 15_000;
      while (ends.some(({ letters }) => letters.length < count) && Date.now() < end)
        await new Promise((done) => setTimeout(done, 5));
      for (const { room } of ends) room.close();
      return { letters: ends.map(({ letters }) => letters), news: ends.map(({ news }) => news) };
    },
    [count, every] as const,
  );
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n));

test('each transport and each mixed pair carries letters, and each comes back when the server was gone', async ({
  site,
}) => {
  const complaints: string[] = [];
  site.page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  for (const [index, first] of transports.entries())
    for (const second of transports.slice(index)) {
      await meet(site.page, [first, second]);
      const { letters } = await talk(site.page, 200, 0);
      expect([first, second, letters]).toEqual([first, second, [numbers(200), numbers(200)]]);
    }
  for (const kind of transports) {
    await meet(site.page, [kind, kind]);
    const talking = talk(site.page, 150, 10);
    await site.restart();
    const { letters, news } = await talking;
    expect([kind, letters]).toEqual([kind, [numbers(150), numbers(150)]]);
    expect(news.flat().filter((text) => text.startsWith('reconnecting')).length).toBeGreaterThan(0);
  }
  expect(complaints).toEqual([]);
});
