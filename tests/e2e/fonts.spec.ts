/**
 * People's text is one face of our own, whose advances the diagrams know; and what a reader sees whose system has only
 * one other family of fonts, where ours has come and where it can not.
 */
import { existsSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { advance } from '../../src/app/diagrams/parts/advances.ts';
import { launchBrowser } from '../support/browsers.ts';
import { FIXTURES } from '../support/sessions.ts';
import { expect, test } from './app.ts';
import { labelsOverEachOther, misplaced } from './legible.ts';

const SYSTEMS = ['dejavu', 'noto', 'liberation'].map((family) => ({
  family,
  folder: `/usr/share/fonts/truetype/${family}`,
}));

const SIZES = [
  [360, 740],
  [390, 844],
  [768, 1024],
  [1024, 730],
  [1280, 720],
  [1440, 900],
  [1920, 1080],
] as const;

const CHARACTERS = [
  ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)),
  ...'·–—…×÷−±‘’“”„§°éÅñ',
];

test('the table of advances is that of the face that the page loads', async ({ app }) => {
  const drawn = await app.evaluate(async (characters) => {
    await Promise.all(
      ['400 20px', '600 20px'].map((face) => document.fonts.load(`${face} "Inter Variable"`)),
    );
    const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    const text = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'));
    text.style.whiteSpace = 'pre';
    text.style.fontSize = '500px';
    const widths = (weight: string) => {
      text.style.fontWeight = weight;
      return characters.map((character) => {
        text.textContent = character;
        return text.getComputedTextLength() / 500;
      });
    };
    return { text: widths('400'), bold: widths('600') };
  }, CHARACTERS);
  for (const face of ['text', 'bold'] as const)
    CHARACTERS.forEach((character, at) => {
      const known = advance(character, face);
      expect(known - drawn[face][at]!, `${face} ${character}`).toBeGreaterThan(-0.001);
      expect(known - drawn[face][at]!, `${face} ${character}`).toBeLessThan(0.003);
    });
});

// Geometry is the same code in both browsers; Chromium measures it.
for (const { family, folder } of SYSTEMS) {
  test.describe(`a system with ${family} only @chromium`, () => {
    test.skip(!existsSync(folder), `${folder} is not there: Debian's fonts-${family} is not installed`);
    let browser: Browser;
    test.beforeAll(async () => {
      browser = await launchBrowser('chromium', { fonts: folder });
    });
    test.afterAll(() => browser.close());

    // With our faces, looks.spec.ts holds this at every width.
    test('labels never lie on one another where our faces can not come', async ({ server }) => {
      test.setTimeout(300_000);
      const page = await open(browser, server.url, false, '#/gallery');
      for (const { name } of FIXTURES) {
        await page.getByLabel('Session').selectOption(name);
        for (const width of [360, 664, 1008]) {
          await page.getByLabel('Width').selectOption(String(width));
          await drawn(page);
          expect(await labelsOverEachOther(page), `${name}, ${width} px`).toEqual([]);
        }
      }
      await page.context().close();
    });

    test('nothing lies on another or is cut where our faces can not come', async ({ server }) => {
      test.setTimeout(300_000);
      expect(await faultsOf(browser, server.url, false)).toEqual([]);
    });

    // Then the system has no say but for the few characters that our faces lack: one system is enough.
    if (family === 'dejavu')
      test('nothing lies on another or is cut with our faces', async ({ server }) => {
        test.setTimeout(300_000);
        expect(await faultsOf(browser, server.url, true)).toEqual([]);
      });
  });
}

/** What lies on another thing or is cut: on every page, in each of its states, at each size. */
async function faultsOf(browser: Browser, url: string, ours: boolean): Promise<string[]> {
  const faults: string[] = [];
  for (const place of PLACES) {
    const page = await open(browser, url, ours, place.address);
    for (const state of place.states ?? [async () => '']) {
      const name = await state(page);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await drawn(page);
        for (const fault of await misplaced(page))
          faults.push(`${place.name} ${name} ${width} × ${height}: ${fault}`);
      }
    }
    await page.context().close();
  }
  return faults;
}

interface PlaceToLook {
  readonly name: string;
  readonly address: string;
  /** What is done there, one after the other; each gives back what it is called. */
  readonly states?: readonly ((page: Page) => Promise<string>)[];
}

const DESCRIPTION = [
  'v=0',
  'o=- 7 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE a b',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 8',
  'c=IN IP4 0.0.0.0',
  'a=mid:a',
  'a=candidate:1 1 udp 2122260223 192.168.7.5 50333 typ hots',
  'a=ice-ufrag:x',
  'a=setup:actpas',
  'a=rtpmap:111 opus/48000/2',
].join('\n');

const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name, exact: true }).click();
  return name;
};

const PLACES: readonly PlaceToLook[] = [
  { name: 'the front page', address: '' },
  {
    name: 'a recorded session',
    address: '',
    states: [
      async (page) => {
        const file = page.locator('input[type=file]').first();
        await file.setInputFiles('tests/fixtures/sessions/relay-chromium.txt');
        await expect(page.getByRole('heading', { name: 'A recorded session' })).toBeVisible();
        return 'Paths';
      },
      ...['Ladder', 'States', 'Gathering', 'Pairs', 'Descriptions', 'Packets'].map(tab),
    ],
  },
  { name: 'the map', address: '#/learn' },
  { name: 'a lesson', address: '#/learn/candidates' },
  {
    name: 'Inspect',
    address: '#/inspect',
    states: [
      async () => 'empty',
      async (page) => {
        await page.locator('textarea').first().fill(DESCRIPTION);
        return 'with mistakes';
      },
    ],
  },
  { name: 'Debug', address: '#/debug' },
  { name: 'copy and paste', address: '#/j' },
  { name: 'an address without a page', address: '#/nowhere' },
];

async function open(browser: Browser, url: string, ours: boolean, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (!ours) await page.route(/\.woff2/, (route) => route.abort());
  await page.goto(url + address);
  await page.waitForLoadState('networkidle');
  if (ours) await page.evaluate(() => document.fonts.ready);
  return page;
}

const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
