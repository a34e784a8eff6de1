/** Two pages that know nothing of each other but two letters, which the test carries. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import decodeQR from 'qr/decode.js';
import { launchBrowser } from '../support/browsers.ts';
import { readSession } from '../../src/core/session/codec.ts';
import { connectionStates, expect, keepConnections, savedSession, test } from './app.ts';
import { agree, heading, settled, share, talk } from './meeting.ts';

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

async function labelOf(page: Page): Promise<string> {
  await expect(page.locator(LETTER)).toBeVisible({ timeout: 20_000 });
  return (await page.locator(LETTER).textContent()) ?? '';
}

interface Picture {
  readonly width: number;
  /** Row by row, whether each point is dark. */
  readonly dark: readonly boolean[];
}

/** The page's QR code as a camera may see it. */
async function pictureOf(page: Page): Promise<Picture> {
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
  return { width, dark: [...bits].map((bit) => bit === '1') };
}

/** Read by the page's own reader. */
async function scanned(page: Page): Promise<string> {
  const { width, dark } = await pictureOf(page);
  const data = new Uint8ClampedArray(dark.length * 4).fill(255);
  dark.forEach((isDark, at) => isDark && data.fill(0, at * 4, at * 4 + 3));
  return decodeQR({ width, height: width, data });
}

/** A film of the page's QR code on a grey table, for a camera of 640 × 480: YUV4MPEG2, 4:2:0. */
async function film(page: Page, file: string): Promise<void> {
  const { width, dark } = await pictureOf(page);
  const luma = Buffer.alloc(640 * 480, 128);
  const [left, top] = [(640 - width) / 2, (480 - width) / 2];
  dark.forEach((isDark, at) => {
    luma[(top + Math.floor(at / width)) * 640 + left + (at % width)] = isDark ? 24 : 230;
  });
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((640 * 480) / 2, 128)]);
  writeFileSync(file, Buffer.concat([Buffer.from('YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n'), frame, frame]));
}

test('two letters by copy and paste connect two pages, and a message goes over', async ({ app, server }) => {
  await app.goto(`${server.url}#/j`);
  await expect(app.getByRole('link', { name: 'Connect', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(app.getByRole('radio', { name: 'Copy, paste' })).toBeChecked();
  await expect(app.getByText('You carry it over')).toBeVisible();
  await app.getByRole('button', { name: 'Write a letter' }).click();
  const offer = await labelOf(app);
  const word = offer.split('#/j/')[1]!;
  expect(word.length).toBeLessThanOrEqual(700);
  expect(await scanned(app)).toBe(offer);
  // The button that was pressed has gone: the keyboard goes on from the column it was in.
  expect(await app.evaluate(() => document.activeElement?.classList.contains('read'))).toBe(true);
  // A camera elsewhere would read an address that leads nowhere.
  await expect(app.getByText('127.0.0.1 is this machine only.')).toBeVisible();

  // Its own letter is not what it waits for, and the page says so.
  const box = app.getByRole('textbox', { name: 'The answer of the other device' });
  await box.fill(offer);
  await expect(app.getByText('This is your own letter, the offer.')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Set the answer' })).toBeDisabled();

  // The address of a letter opens the page with the letter in its box.
  const b = await app.context().newPage();
  await b.goto(offer);
  await expect(b.getByText('an offer; the checksum fits')).toBeVisible();
  await b.getByRole('button', { name: 'Answer it' }).click();
  const answer = await labelOf(b);
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

  // Where both agree, each shows what both did, and how long before B's page was opened A wrote.
  await share([app, b]);
  const [atA, atB] = [await between(app), await between(b)];
  expect(atA).toBeGreaterThan(100);
  expect(Math.abs(atA - atB)).toBeLessThan(20);
  await b.close();
});

/** Milliseconds between the two connections' beginnings, as a page has them. */
async function between(page: Page): Promise<number> {
  const times = async () => {
    const read = readSession(await savedSession(page));
    return read.ok ? read.value.events.flatMap(({ type, at }) => (type === 'create' ? [at] : [])) : [];
  };
  await expect.poll(async () => (await times()).length).toBe(2);
  const [first, second] = await times();
  return second! - first!;
}

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
    const b = await device(browsers[1], await labelOf(a));
    await b.getByRole('button', { name: 'Answer it' }).click();
    await a.getByRole('textbox', { name: 'The answer of the other device' }).fill(await labelOf(b));
    await a.getByRole('button', { name: 'Set the answer' }).click();
    const pages = [a, b];
    for (const page of pages) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
    await talk(a, b, 'by letter');
    await talk(b, a, 'and back');
    const real = await settled(pages);
    // Each page records its own end alone, until both agree.
    for (const [at, page] of pages.entries()) await agree(page, [real[at]!], [at === 0 ? 'A' : 'B']);
    await share(pages);
    for (const page of pages) await agree(page, await settled(pages));
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
  // What came of it begins above the fold.
  const fold = await app.locator('.read').evaluate((read) => read.getBoundingClientRect().bottom);
  const claim = await app.getByRole('button', { name: /^B has answered, but A/ }).boundingBox();
  expect(claim!.y + claim!.height).toBeLessThan(fold);
  const figure = app.getByRole('figure', { name: 'Ladder', exact: true });
  await expect(figure).toContainText('In the channel now: the answer of B, held.');
  await app.getByRole('button', { name: 'Let go: answer of B' }).click();
  await expect(inside.getByText('0 letters')).toBeVisible();
  await expect(app.getByRole('heading', { name: /^Connected in/ })).toBeVisible({ timeout: 30_000 });
});

// Only Chromium takes a film for its camera.
test('each letter goes over by camera alone: code shown, code scanned @chromium', async ({ server }) => {
  const folder = mkdtempSync(join(tmpdir(), 'icescope-camera-'));
  const camera = join(folder, 'camera.y4m');
  const browser = await launchBrowser('chromium', { camera });
  const a = await device(browser, `${server.url}#/j`);
  await a.getByRole('button', { name: 'Write a letter' }).click();
  await labelOf(a);
  await film(a, camera);

  const b = await device(browser, `${server.url}#/j`);
  await b.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(b.getByText('an offer; the checksum fits')).toBeVisible({ timeout: 15_000 });
  await expect(b.locator('video')).toHaveCount(0);
  await b.getByRole('button', { name: 'Answer it' }).click();
  await labelOf(b);
  await film(b, camera);

  await a.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(a.getByText('an answer to this very letter; the checksum fits')).toBeVisible({
    timeout: 15_000,
  });
  await a.getByRole('button', { name: 'Set the answer' }).click();
  for (const page of [a, b]) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
  await talk(a, b, 'seen');
  await browser.close();
  rmSync(folder, { recursive: true });
});

test('no camera, or one that is refused: it is said, and the letter can be pasted', async ({ app, server }, {
  project,
}) => {
  await app.goto(`${server.url}#/j`);
  await app.getByRole('button', { name: 'Scan with the camera' }).click();
  const said = app.getByRole('status').filter({ hasText: 'There is no picture from a camera.' });
  await expect(said).toContainText('This device has none, or it is switched off. Or paste the letter');
  // Only Chromium has a camera where there is none, so that it can be refused.
  if (project.name !== 'chromium') return;
  const browser = await launchBrowser('chromium', { camera: 'refused' });
  const page = await device(browser, `${server.url}#/j`);
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await expect(page.getByText('Allow the camera for this page')).toBeVisible();
  await browser.close();
});

// Only Firefox, offering, leaves the checks of an answer unanswered (RFC 8445, section 7.3, says it must not), so both
// ends are in Firefox, whichever browser the project is.
test('an answer that comes too late: the clock runs out, and the same offer is answered again @chromium', async ({
  server,
}) => {
  const firefox = await launchBrowser('firefox');
  const a = await device(firefox, `${server.url}#/j`);
  await a.getByRole('button', { name: 'Write a letter' }).click();
  const b = await device(firefox, await labelOf(a));
  await b.getByRole('button', { name: 'Answer it' }).click();
  const late = await labelOf(b);
  await expect(b.getByRole('region', { name: 'Time left' })).toContainText(/about (?:11|10|9|8) s/);
  await expect(b.getByText('ICE gave up.')).toBeVisible({ timeout: 30_000 });
  await expect(b.getByRole('figure', { name: 'Paths' })).toBeVisible();

  const box = a.getByRole('textbox', { name: 'The answer of the other device' });
  await box.fill(late);
  await expect(a.getByRole('region', { name: 'Time left' })).toContainText(
    /over[^]*press “Answer again” there/,
    { timeout: 15_000 },
  );
  await b.getByRole('button', { name: 'Answer again' }).click();
  const inTime = await labelOf(b);
  expect(inTime).not.toBe(late);
  await box.fill(inTime);
  await expect(a.getByText('an answer to this very letter; the checksum fits')).toBeVisible();
  await a.getByRole('button', { name: 'Set the answer' }).click();
  for (const page of [a, b]) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
  await firefox.close();
});

test('a letter in the address of an open tab: taken where one is awaited, else what was ends, or the reason is said', async ({
  app,
  server,
}) => {
  const goTo = (hash: string) => app.evaluate((to) => void (location.hash = to), hash);
  const result = app.getByRole('status');
  await goTo('#/j');
  const box = app.getByRole('textbox', { name: 'The letter of the other device' });
  for (const [hash, says] of [
    ['#/j/letter=%%%', 'This is not a letter of Icescope'],
    ['#/j/1oAbc', 'Part of the letter is missing.'],
    ['#/j/', 'Only the address before it is here.'],
  ] as const) {
    await goTo(hash);
    await expect(result.filter({ hasText: says })).toBeVisible();
    await expect(box).not.toHaveValue('');
    await expect(app.getByRole('button', { name: 'Answer it' })).toBeDisabled();
  }

  await app.getByRole('button', { name: 'Write a letter' }).click();
  const offer = await labelOf(app);
  const b = await device(app.context().browser()!, offer);
  await b.getByRole('button', { name: 'Answer it' }).click();
  const answer = await labelOf(b);
  await goTo(offer.slice(offer.indexOf('#')));
  await expect(result.filter({ hasText: 'This is your own letter, the offer.' })).toBeVisible();
  await goTo(answer.slice(answer.indexOf('#')));
  await expect(app.getByText('an answer to this very letter; the checksum fits')).toBeVisible();
  await app.getByRole('button', { name: 'Set the answer' }).click();
  await expect(connected(app)).toBeVisible({ timeout: 20_000 });

  // An answer does not end what stands; another offer does, and says so.
  await goTo('#/j');
  await goTo(answer.slice(answer.indexOf('#')));
  await expect(result.filter({ hasText: 'This is an answer' })).toBeVisible();
  await expect(connected(app)).toBeVisible();
  const other = await device(app.context().browser()!, `${server.url}#/j`);
  await other.getByRole('button', { name: 'Write a letter' }).click();
  const second = await labelOf(other);
  await goTo(second.slice(second.indexOf('#')));
  await expect(result.filter({ hasText: 'what was before has ended' })).toBeVisible();
  await expect(app.getByText('an offer; the checksum fits')).toBeVisible();
  for (const page of [b, other]) await page.context().close();
});

// Firefox asks no STUN or TURN server on loopback.
test('letters through a TURN server alone; a page that goes ends the connection at the other @chromium', async ({
  app,
  server,
}) => {
  await app.goto(`${server.url}#/j`);
  const ways = (page: Page) => page.getByLabel('Ways allowed');
  await ways(app).selectOption('all');
  await app.getByLabel(/^ICE servers/).fill('stun:');
  await app.getByRole('button', { name: 'Write a letter' }).click();
  await expect(app.getByRole('status').filter({ hasText: 'Expected:' })).toBeVisible();
  await app.getByLabel(/^ICE servers/).fill('');
  await ways(app).selectOption('relay');
  await app.getByRole('button', { name: 'Write a letter' }).click();
  const b = await device(app.context().browser()!, await labelOf(app));
  await expect(app.getByRole('figure', { name: 'Letter' })).toContainText(/\d relay, for data/);
  await ways(b).selectOption('relay');
  await b.getByRole('button', { name: 'Answer it' }).click();
  await app.getByRole('textbox', { name: 'The answer of the other device' }).fill(await labelOf(b));
  await app.getByRole('button', { name: 'Set the answer' }).click();
  for (const page of [app, b]) await expect(connected(page)).toBeVisible({ timeout: 20_000 });
  await talk(app, b, 'carried by TURN');
  await b.goto('about:blank');
  await expect(heading(app, 'The connection is over')).toBeVisible({ timeout: 40_000 });
  await b.context().close();
});

// A page that is not from https or localhost has neither clipboard nor camera, which the browsers agree on.
test('on plain http a letter is copied by hand, and the missing camera is told of @chromium', async ({
  app,
  server,
}) => {
  await app.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
  });
  await app.goto(`${server.url}#/j`);
  await app.reload();
  await expect(app.getByText('No camera here')).toBeVisible();
  await app.getByRole('button', { name: 'Write a letter' }).click();
  await app.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(app.getByText('mark the text and copy it yourself')).toBeVisible();
});
