/** Inspect: the editor, links that carry a text, pictures that are linked with the lines, and how quick a large text is. */
import type { Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFER, SAMPLES } from '../support/samples.ts';
import { linkTo } from '../../src/app/inspect/link.ts';
import { tasksOf } from '../support/tasks.ts';
import { expect, test } from './app.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../fixtures/sdp/browsers', name), 'utf8');
const [both, broken] = SAMPLES.map(({ text }) => text) as [string, string];

const open = async (page: Page): Promise<void> => {
  await page.goto(`${page.url().replace(/#.*/, '')}#/inspect`);
  await expect(box(page)).toBeVisible();
};
const box = (page: Page): Locator => page.getByRole('textbox', { name: 'SDP, candidates or JSON' });
const lines = (page: Page): Locator => page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
const said = (page: Page): Locator => page.getByRole('region', { name: 'The selected value' });
const findings = (page: Page): Locator =>
  page.getByRole('list', { name: 'Findings', exact: true }).getByRole('listitem');
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The text as the page has it, with its line ends: what a link of it would carry. */
async function textOf(page: Page): Promise<string> {
  await button(page, 'Share link').click();
  await button(page, 'As it is').click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await button(page, 'Share link').click();
  const { textOf: carried } = await import('../../src/app/inspect/link.ts');
  const text = await carried(new URL(link).hash.split('?s=')[1]!);
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

const openText = (page: Page, text: string): Promise<void> =>
  page
    .getByLabel('File with SDP')
    .setInputFiles({ name: 'a.sdp', mimeType: 'text/plain', buffer: Buffer.from(text) });

test('the editor explains at the caret, marks mistakes, and leaves other bytes as they were', async ({
  app,
}) => {
  await open(app);
  const mixed = broken.replace('a=rtcp-mux\r\n', 'a=rtcp-mux\n');
  await openText(app, mixed);
  await button(app, 'Edit').click();
  const editor = app.locator('.cm-content');
  await expect(box(app)).toBeFocused();
  await expect(editor.locator('.sdp-error').filter({ hasText: /^96$/ })).toBeVisible();
  await expect(editor.locator('.sdp-error').filter({ hasText: /^2$/ })).toHaveCSS(
    'text-decoration-style',
    'solid',
  );

  // The caret walks, and what it stands on is explained.
  await app.keyboard.press('F8');
  await expect(said(app)).toContainText('line 5, group');
  await app.keyboard.press('End');
  await expect(said(app)).toContainText('value 4 of 4');
  await app.keyboard.type('7');
  await expect(findings(app).filter({ hasText: 'names mid 27' })).toBeVisible();
  expect(await textOf(app)).toBe(mixed.replace('BUNDLE 0 1 2', 'BUNDLE 0 1 27'));

  // Typing and fixes have one past.
  await findings(app)
    .filter({ hasText: 'names mid 27' })
    .getByRole('button', { name: 'Take out 27' })
    .click();
  await expect(editor).toContainText('BUNDLE 0 1a');
  await box(app).focus();
  await app.keyboard.press('ControlOrMeta+z');
  await expect(editor).toContainText('BUNDLE 0 1 27');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(editor).toContainText('BUNDLE 0 1 2a');
  expect(await textOf(app)).toBe(mixed);
  await box(app).focus();
  await app.keyboard.press('ControlOrMeta+y');
  await expect(editor).toContainText('BUNDLE 0 1 27');

  // What the pointer is at is explained too.
  await editor.getByText('2113942271').first().hover();
  await expect(app.locator('.cm-tooltip')).toContainText('type preference 126');
  // Tab leaves the editor: it is no trap.
  await box(app).focus();
  await app.keyboard.press('Tab');
  await expect(box(app)).not.toBeFocused();
  await button(app, 'Edit').click();
  await box(app).fill(both);
  await expect(button(app, 'Answer')).toBeVisible();
  await expect(lines(app)).toHaveCount(OFFER.trimEnd().split('\r\n').length);
});

test('a link carries the text, redacted unless one wants otherwise; broken links are named', async ({
  app,
}) => {
  await open(app);
  await button(app, 'An offer and its answer').click();
  await button(app, 'Share link').click();
  const field = app.getByRole('textbox', { name: 'Link' });
  await expect(button(app, 'Redact first')).toHaveAttribute('aria-pressed', 'true');
  const redacted = await field.inputValue();
  const origin = new URL(app.url()).origin;
  const requests: string[] = [];
  app.on('request', (request) => requests.push(request.url()));

  await app.goto(redacted);
  await expect(app.getByText('Opened from a link')).toBeVisible();
  await expect(lines(app)).toHaveCount(OFFER.trimEnd().split('\r\n').length);
  await expect(app.getByText('IahDRPxPQylGXq1uH5HFjLDB')).toHaveCount(0);
  const made = await linkTo(both, `${origin}/`);
  if (!made.ok) throw new Error(made.error.message);
  await app.goto(made.value);
  await expect(lines(app).nth(13)).toContainText('IahDRPxPQylGXq1uH5HFjLDB');
  // What is shown now is not what the address carries any more.
  await button(app, 'Redact').click();
  await expect(app).toHaveURL(`${origin}/#/inspect`);

  const alert = app.getByRole('alert');
  for (const [link, words] of [
    [made.value.slice(0, -9), 'cut off'],
    [`${made.value.slice(0, -9)}AAAAAAAAA`, 'damaged'],
    [made.value.replace('?s=1.', '?s=2.'), 'newer Icescope'],
  ] as const) {
    await app.goto(link);
    await expect(alert).toContainText(words);
  }
  // The first navigation of each goes to the server for the page, never with the text.
  expect(requests.filter((url) => !url.startsWith(origin) || url.includes('s=1'))).toEqual([]);
});

test('pictures and lines point at each other @chromium', async ({ app }) => {
  await open(app);
  await openText(app, fixture('chromium-simulcast-offer.sdp'));
  const structure = app.getByRole('figure', { name: 'Structure' });
  await expect(structure).toHaveAccessibleDescription(/A transport for|One transport for/);
  await structure.getByRole('button', { name: /^96 VP8/ }).hover();
  await expect(app.locator('li.pointed')).not.toHaveCount(0);
  await app.getByRole('tab', { name: 'Codecs and streams' }).click();
  const codecs = app.getByRole('figure', { name: 'Codecs' });
  await codecs.getByRole('button', { name: /^97 rtx/ }).click();
  await expect(app.locator('li.current')).toContainText('a=rtpmap:97 rtx/90000');
  await expect(codecs.getByRole('button', { name: /^97 rtx/ })).toHaveAttribute('aria-pressed', 'true');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(app.locator('li.current')).toContainText('a=rtpmap:102');
  await expect(app.getByRole('figure', { name: 'Simulcast and SSRCs' })).toHaveAccessibleDescription(
    /hi, mid, lo/,
  );
  await app.getByRole('tab', { name: 'Size' }).click();
  await expect(app.getByRole('figure', { name: 'Size' })).toHaveAccessibleDescription(/bytes in all/);
});

// Firefox gives no data to a paste event that a script makes.
test('pasting and dropping anywhere on the page is pasting into the box @chromium', async ({ app }) => {
  await open(app);
  const give = (kind: 'paste' | 'drop', text: string): Promise<void> =>
    app.evaluate(
      ([type, value]) => {
        const data = new DataTransfer();
        if (type === 'paste') data.setData('text/plain', value);
        else data.items.add(new File([value], 'a.sdp', { type: 'text/plain' }));
        const init = { bubbles: true, cancelable: true };
        document
          .querySelector('h1')!
          .dispatchEvent(
            type === 'paste'
              ? new ClipboardEvent('paste', { ...init, clipboardData: data })
              : new DragEvent('drop', { ...init, dataTransfer: data }),
          );
      },
      [kind, text] as const,
    );
  await give('paste', broken);
  await expect(lines(app)).toHaveCount(broken.trimEnd().split('\r\n').length);
  await give('drop', both);
  await expect(lines(app)).toHaveCount(OFFER.trimEnd().split('\r\n').length);
});

// Only Chromium can be traced.
test('1 MB: the first screen comes at once, and no task blocks the page @chromium', async ({ app }) => {
  await open(app);
  // The page's code and its pictures are there and warm, as they are for whoever pastes.
  await openText(app, both);
  await expect(lines(app)).toHaveCount(OFFER.trimEnd().split('\r\n').length);
  const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0\r\n';
  const head = OFFER.slice(0, OFFER.indexOf('m=application'));
  const count = head.split('\r\n').length - 1 + 15_000;
  let first = 0;
  let all = 0;
  const tasks = await tasksOf(app, async () => {
    // Made and pasted by the page itself: what the driver does to hand over 1 MB is a long task of its own.
    await app.evaluate(
      ([before, line]) =>
        void setTimeout(() => {
          const data = new DataTransfer();
          data.setData('text/plain', before + line.repeat(15_000));
          const paste = new ClipboardEvent('paste', { bubbles: true, clipboardData: data });
          document.querySelector('main')!.dispatchEvent(paste);
        }),
      [head, candidate] as const,
    );
    const started = Date.now();
    await expect(lines(app).first()).toHaveAttribute('aria-setsize', `${count}`);
    first = Date.now() - started;
    await expect(app.getByRole('progressbar', { name: 'Reading' })).toHaveCount(0, { timeout: 40_000 });
    all = Date.now() - started;
  });
  const longest = tasks.toSorted((a, b) => b.processor - a.processor).slice(0, 3);
  const words = longest.map(({ processor, wall }) => `${processor.toFixed(0)} (${wall.toFixed(0)})`);
  console.log(
    `  1 MB: lines after ${first} ms, all of it after ${all} ms; longest tasks ${words.join(', ')} ms of processor time (in all)`,
  );
  expect(longest[0]!.processor).toBeLessThan(50);
  expect(first).toBeLessThan(all);
});
