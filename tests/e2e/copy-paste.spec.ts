/** Two pages that know nothing of each other but two letters, which the test carries. */
import type { Browser, Page } from '@playwright/test';
import decodeQR from 'qr/decode.js';
import { launchBrowser } from '../support/browsers.ts';
import { connectionStates, expect, keepConnections, test } from './app.ts';
import { agree, settled, talk } from './meeting.ts';

const LETTER = '[data-letter]';

const connected = (page: Page) => page.getByRole('heading', { name: 'Connected, by two letters' });

/** A page of its own, which knows nothing of others. */
async function device(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(keepConnections);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function letterOf(page: Page): Promise<string> {
  await expect(page.locator(LETTER)).toBeVisible({ timeout: 20_000 });
  return (await page.locator(LETTER).textContent()) ?? '';
}

/** The page's QR code drawn on a canvas, and read by the page's own reader. */
async function scanned(page: Page): Promise<string> {
  const code = page.getByRole('img', { name: 'QR code of your letter' });
  const { width, bits } = await code.evaluate((svg) => {
    const width = 340;
    const context = new OffscreenCanvas(width, width).getContext('2d')!;
    context.fillStyle = svg.querySelector('rect')!.getAttribute('fill')!;
    context.fillRect(0, 0, width, width);
    const scale = width / (svg as SVGSVGElement).viewBox.baseVal.width;
    context.scale(scale, scale);
    const path = svg.querySelector('path')!;
    context.fillStyle = path.getAttribute('fill')!;
    context.fill(new Path2D(path.getAttribute('d')!));
    const { data } = context.getImageData(0, 0, width, width);
    let dark = '';
    for (let at = 0; at < data.length; at += 4) dark += data[at]! < 128 ? '1' : '0';
    return { width, bits: dark };
  });
  const data = new Uint8ClampedArray(bits.length * 4).fill(255);
  [...bits].forEach((bit, at) => bit === '1' && data.fill(0, at * 4, at * 4 + 3));
  return decodeQR({ width, height: width, data });
}

test('two letters by copy and paste connect two pages, and a message goes over', async ({ app, server }) => {
  const b = await app.context().newPage();
  await app.goto(`${server.url}#/j`);
  await expect(app.getByRole('link', { name: 'Connect', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(app.getByRole('radio', { name: 'Copy, paste' })).toBeChecked();
  await expect(app.getByText('You carry it over')).toBeVisible();
  await app.getByRole('button', { name: 'Write a letter' }).click();
  const offer = await letterOf(app);
  const word = offer.split('#/j/')[1]!;
  expect(word.length).toBeLessThanOrEqual(700);
  expect(await scanned(app)).toBe(offer);
  // A camera elsewhere would read an address that leads nowhere.
  await expect(app.getByText('127.0.0.1 is this machine only.')).toBeVisible();

  // Its own letter is not what it waits for, and the page says so.
  const box = app.getByRole('textbox', { name: 'The answer of the other device' });
  await box.fill(offer);
  await expect(app.getByText('This is your own letter, the offer.')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Set the answer' })).toBeDisabled();

  // The address of a letter opens the page with the letter in its box.
  await b.goto(offer);
  await expect(b.getByText('an offer; the checksum fits')).toBeVisible();
  await b.getByRole('button', { name: 'Answer it' }).click();
  const answer = await letterOf(b);
  expect(await scanned(b)).toBe(answer);
  await expect(b.getByRole('region', { name: 'Time left' })).toBeVisible();

  const wrapped = answer.replace(/.{50}/g, '$&\n> ');
  await box.fill(`“${wrapped}”`);
  await expect(app.getByText('an answer to this very letter; the checksum fits')).toBeVisible();
  await expect(app.getByRole('figure', { name: 'Letter' })).toContainText(
    'The other device is knocking already',
  );
  await app.getByRole('button', { name: 'Set the answer' }).click();
  for (const page of [app, b]) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
  expect(await connectionStates(app)).toEqual(['connected']);

  await talk(app, b, 'by letter');
  await b.close();
});

// Both browsers take part, each as the one that offers, so that it need not run once more for the other.
test('Chromium and Firefox connect by letters, whoever offers, and show what both report @chromium', async ({
  realBrowser,
  server,
}) => {
  const firefox = await launchBrowser('firefox');
  for (const browsers of [
    [realBrowser, firefox],
    [firefox, realBrowser],
  ] as const) {
    const a = await device(browsers[0], `${server.url}#/j`);
    await a.getByRole('button', { name: 'Write a letter' }).click();
    const b = await device(browsers[1], await letterOf(a));
    await b.getByRole('button', { name: 'Answer it' }).click();
    await a.getByRole('textbox', { name: 'The answer of the other device' }).fill(await letterOf(b));
    await a.getByRole('button', { name: 'Set the answer' }).click();
    const pages = [a, b];
    for (const page of pages) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
    await talk(a, b, 'by letter');
    await talk(b, a, 'and back');
    const real = await settled(pages);
    // Each page records its own end alone.
    for (const [at, page] of pages.entries()) await agree(page, [real[at]!], [at === 0 ? 'A' : 'B']);
    await Promise.all(pages.map((page) => page.context().close()));
  }
  await firefox.close();
});

// Firefox answers no check before it has the answer, so B soon gives up; levers.spec.ts has its table.
test('levers: an answer that is held is listed, told of, and let go @chromium', async ({ app }) => {
  await app.getByRole('button', { name: 'Levers on the signalling' }).click();
  await app.getByRole('button', { name: 'Hold the answer' }).click();
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  const inside = app.getByRole('region', { name: 'In the channel now' });
  await expect(inside.getByText('held by you')).toBeVisible();
  await expect(app.getByRole('region', { name: 'What it has done so far' })).toContainText(
    'B has answered, but A does not know it yet.',
  );
  const figure = app.getByRole('figure', { name: 'Ladder', exact: true });
  await expect(figure).toContainText('A does not know it yet');
  await expect(figure).toContainText('In the channel now: the answer of B, held.');
  await app.getByRole('button', { name: 'Let go: answer of B' }).click();
  await expect(inside.getByText('0 letters')).toBeVisible();
  await expect(app.getByRole('heading', { name: /^Connected in/ })).toBeVisible({ timeout: 30_000 });
});
