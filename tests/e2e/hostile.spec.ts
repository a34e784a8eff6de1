/** What somebody could paste, open, or send as a link, to stop the page: no task of it is long, and it says what it leaves out. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { checksumOf, writeLink } from '../../src/core/sdp/share.ts';
import { knownWork, slownessFrom } from '../support/known-work.ts';
import { tasksOf } from '../support/tasks.ts';
import { expect, test } from './app.ts';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const AUDIO = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n';
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Milliseconds of processor time that no task should take (RAIL). */
const WANTED = 50;
/** What is longer than that: a task of the browser's own layout is in it. Mend it, and take its entry out. */
const LONGER: Readonly<Record<string, number>> = {
  '30,000 sections': 80,
  '10,000 candidates': 80,
  '5,000 streams in msid-semantic': 80,
  '3,000 descriptions': 80,
  '5,000 connections': 120,
  'one connection of 20,000 candidates and 2,000 calls': 400,
};

const TEXTS: readonly (readonly [name: string, text: string, result: RegExp])[] = [
  ['30,000 sections', many(30_000, () => 'm=\r\n'), /first 40 of 30,000 sections/],
  ['100,000 formats', `${HEAD}m=audio 9 RTP/AVP${many(100_000, (i) => ` ${i}`)}\r\n`, /5\s+lines/],
  [
    '10,000 candidates',
    `${HEAD}${AUDIO}${many(10_000, (i) => `a=candidate:${i} 1 udp 1 10.0.${i >> 8}.${i & 255} 5000 typ host\r\n`)}`,
    /10,005\s+lines/,
  ],
  [
    '5,000 streams in msid-semantic',
    `${HEAD}a=msid-semantic: WMS${many(5000, (i) => ` s${i}`)}\r\n${AUDIO}`,
    /6\s+lines/,
  ],
  [
    '20,000 mids',
    many(20_000, (i) => `m=audio 9 RTP/AVP 0\r\na=mid:${i}\r\n`),
    /first 40 of 20,000 sections/,
  ],
  ['3,000 descriptions', many(3000, (i) => `${HEAD}${AUDIO}a=mid:${i}\r\n`), /of 3,000/],
];

/** Put in by the page itself: what the driver does to hand over a megabyte is a long task of its own. */
const pasteSoon = (app: Page, text: string): Promise<void> =>
  app.evaluate((given) => {
    setTimeout(() => {
      const data = new DataTransfer();
      data.setData('text/plain', given);
      document
        .querySelector('main')!
        .dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData: data }));
    }, 100);
  }, text);

const settled = (app: Page) =>
  expect(app.getByRole('progressbar', { name: 'Reading' })).toHaveCount(0, { timeout: 100_000 });

const TRIES = 3;

/**
 * The longest task of what `act` does after `prepare`, in ms of processor time on a machine as quick as ours: the best of
 * some tries, over how long a known piece of work takes here.
 */
async function longest(
  app: Page,
  limit: number,
  prepare: () => Promise<void>,
  act: () => Promise<void>,
): Promise<number> {
  let best = Infinity;
  for (let tries = 0; tries < TRIES && best >= limit; tries++) {
    await prepare();
    const slowness = slownessFrom(await app.evaluate(knownWork));
    const tasks = await tasksOf(app, act);
    best = Math.min(best, Math.max(...tasks.map(({ processor }) => processor)) / slowness);
  }
  return best;
}

function linkOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const link = writeLink({ compressed: deflateRawSync(bytes), checksum: checksumOf(bytes) });
  if (!link.ok) throw new Error(link.error.message);
  return link.value;
}

// Only Chromium tells of its tasks.
for (const [name, text, result] of TEXTS) {
  test(`${name}: pasted, no task blocks the page @chromium`, async ({ app }) => {
    test.setTimeout(240_000);
    await app.goto(`${app.url()}#/inspect`);
    const limit = LONGER[name] ?? WANTED;
    const found = await longest(
      app,
      limit,
      async () => {
        await app.reload();
        await expect(app.getByRole('button', { name: 'Try an example' }).first()).toBeVisible();
      },
      async () => {
        await pasteSoon(app, text);
        await expect(app.getByText(result).first()).toBeVisible({ timeout: 100_000 });
        await settled(app);
      },
    );
    console.log(`  ${name}: longest task ${found.toFixed(0)} ms`);
    expect(found).toBeLessThan(limit);
  });
}

const SESSION =
  'RTCStatsDump\n{"fileFormat":3,"startTime":1700000000000}\n[":session",null,{"kind":"loopback","startedAt":1},1]\n';
const rowsOf = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const candidate = (i: number): string =>
  `candidate:${i} 1 udp ${2122260223 - i} 10.0.${(i >> 8) & 255}.${i & 255} ${1024 + (i % 60_000)} typ host`;

/** What is opened on Debug, and what the page says of it. */
const FILES: readonly (readonly [name: string, file: () => Buffer, result: RegExp])[] = [
  [
    '5,000 connections',
    () =>
      Buffer.from(
        SESSION +
          many(5000, (i) =>
            rowsOf([
              ['create', `p${i}`, {}, 1],
              ['onsignalingstatechange', `p${i}`, 'have-local-offer', 1],
              ['oniceconnectionstatechange', `p${i}`, 'checking', 1],
            ]),
          ),
      ),
    /first 60 of 5,000 are listed/,
  ],
  [
    'one connection of 20,000 candidates and 2,000 calls',
    () =>
      Buffer.from(
        SESSION +
          rowsOf([['create', 'A', {}, 1]]) +
          many(20_000, (i) =>
            rowsOf([['onicecandidate', 'A', { candidate: candidate(i), sdpMid: '0' }, 1]]),
          ) +
          many(2000, () => rowsOf([['createOffer', 'A', {}, 1]])),
      ),
    /not connect|never/,
  ],
  ['a gzip file that inflates to 240 MB', () => gzipSync(Buffer.alloc(240_000_000, 'a')), /at most 200 MB/],
];

for (const [name, file, result] of FILES) {
  test(`${name}: opened, no task blocks the page @chromium`, async ({ app }) => {
    test.setTimeout(240_000);
    await app.goto(`${app.url()}#/debug/dump`);
    const buffer = file();
    const limit = LONGER[name] ?? WANTED;
    const found = await longest(
      app,
      limit,
      async () => {
        await app.reload();
        await expect(app.getByText('What went wrong in this call?')).toBeVisible();
      },
      async () => {
        await app
          .getByLabel('Open a dump')
          .setInputFiles({ name: 'dump.txt', mimeType: 'application/octet-stream', buffer });
        await expect(app.getByText(result).first()).toBeVisible({ timeout: 100_000 });
      },
    );
    console.log(`  ${name}: longest task ${found.toFixed(0)} ms`);
    expect(found).toBeLessThan(limit);
    expect(await app.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(6000);
  });
}

test('a link of 30,000 sections opens, and the page stays alive and small', async ({ app }) => {
  test.setTimeout(150_000);
  await app.goto(`${app.url()}#/inspect?s=${linkOf(TEXTS[0]![1])}`);
  await expect(app.getByText(/first 40 of 30,000 sections/)).toBeVisible({ timeout: 100_000 });
  expect(await app.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(6000);
});
