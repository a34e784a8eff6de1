/** What somebody could paste, or send as a link, to stop the page: no task of it is long, and it says what it leaves out. */
import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright';
import { checksumOf, writeLink } from '../../src/core/sdp/share.ts';
import { tasksOf } from '../support/tasks.ts';
import { expect, test } from './app.ts';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const TEXTS: readonly (readonly [name: string, text: string, leftOut?: RegExp])[] = [
  ['30,000 sections', many(30_000, () => 'm=\r\n'), /first 40 of 30,000 sections/],
  [
    '10,000 candidates',
    `${HEAD}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n${many(10_000, (i) => `a=candidate:${i} 1 udp 1 10.0.${i >> 8}.${i & 255} 5000 typ host\r\n`)}`,
  ],
  [
    '10,000 mids',
    many(10_000, (i) => `m=audio 9 RTP/AVP 0\r\na=mid:${i}\r\n`),
    /first 40 of 10,000 sections/,
  ],
];

function linkOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const link = writeLink({ compressed: deflateRawSync(bytes), checksum: checksumOf(bytes) });
  if (!link.ok) throw new Error(link.error.message);
  return link.value;
}

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

for (const [name, text, leftOut] of TEXTS) {
  // Only Chromium can be traced.
  test(`${name}: pasted, no task blocks the page @chromium`, async ({ app }) => {
    test.setTimeout(150_000);
    await app.goto(`${app.url()}#/inspect`);
    await app.getByRole('button', { name: 'Try an example' }).first().click();
    await expect(app.getByRole('list', { name: 'Lines' })).toBeVisible();
    const tasks = await tasksOf(app, async () => {
      await pasteSoon(app, text);
      await expect(app.getByRole('progressbar', { name: 'Reading' })).toBeVisible();
      await settled(app);
    });
    const longest = tasks.map(({ processor }) => processor).sort((a, b) => b - a);
    console.log(
      `  ${name}: longest tasks ${longest
        .slice(0, 4)
        .map((ms) => ms.toFixed(0))
        .join(', ')} ms of processor time`,
    );
    if (leftOut) await expect(app.getByText(leftOut).first()).toBeVisible();
    expect(longest[0]).toBeLessThan(50);
  });
}

test('a link of 30,000 sections opens, and the page stays alive and small', async ({ app }) => {
  test.setTimeout(150_000);
  await app.goto(`${app.url()}#/inspect?s=${linkOf(TEXTS[0]![1])}`);
  await expect(app.getByText(/first 40 of 30,000 sections/)).toBeVisible({ timeout: 100_000 });
  expect(await app.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(6000);
});
