import { type Browser, type Page } from '@playwright/test';
import { launchBrowser } from '../support/browsers.ts';
import { expect, keepConnections, test, watch } from './app.ts';
import { agree, connected, heading, invitation, settled, talk } from './meeting.ts';

const WAYS = { websocket: 'WebSocket', sse: 'SSE', 'socket-io': 'Socket.IO' } as const;
type Way = keyof typeof WAYS;

const who = (page: Page) => page.getByRole('list', { name: 'Who is here' });

async function device(browser: Browser, url: string, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(keepConnections);
  context.on('page', (page) => watch(page, url.replace(/#.*/, ''), complaints));
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Two devices in a new room, each by its own way. */
async function meet(
  first: Browser,
  second: Browser,
  url: string,
  ways: readonly [Way, Way],
  complaints: string[],
) {
  const a = await device(first, url, complaints);
  await a.getByText('Another device').click();
  await a.getByText(WAYS[ways[0]], { exact: true }).click();
  await expect(heading(a, 'Waiting for the other device')).toBeVisible();
  const address = (await invitation(a)).replace(/by=.*/, `by=${ways[1]}`);
  const b = await device(second, address, complaints);
  await connected(b);
  await connected(a);
  return [a, b] as const;
}

const close = (pages: readonly Page[]) => Promise.all(pages.map((page) => page.context().close()));

test('two devices in one browser: consent, and what both browsers report', async ({
  realBrowser,
  server,
}) => {
  const complaints: string[] = [];
  const [a, b] = await meet(realBrowser, realBrowser, server.url, ['websocket', 'sse'], complaints);
  const share = (page: Page) =>
    page.getByRole('checkbox', { name: 'Share what I record with the other side' });
  await expect(share(a)).not.toBeChecked();
  await share(a).check();
  await expect(b.getByText('The other device is willing to show its end: it waits for you.')).toBeVisible();
  await share(b).check();
  await expect(
    a.getByText(/^B’s clock: [+−]\d+\.\d ms ± \d+\.\d ms, estimated from \d+ letters\.$/),
  ).toBeVisible();
  const real = await settled([a, b]);
  await agree(a, real);
  await agree(b, real);
  await talk(a, b, 'hello');
  await b.reload();
  await connected(b);
  await connected(a);
  await expect(who(b)).toHaveText(/A the other device.*B this device/);
  await talk(b, a, 'back again');
  await close([a, b]);
  expect(complaints).toEqual([]);
});

// Both browsers take part, so that it need not run once more for the other.
test('Chromium and Firefox: each way, and each two ways, carry the letters @chromium', async ({
  realBrowser,
  server,
}) => {
  test.setTimeout(180_000);
  const complaints: string[] = [];
  const firefox = await launchBrowser('firefox');
  const pairs: readonly (readonly [Way, Way])[] = [
    ['websocket', 'websocket'],
    ['sse', 'sse'],
    ['socket-io', 'socket-io'],
    ['websocket', 'sse'],
    ['sse', 'socket-io'],
    ['socket-io', 'websocket'],
  ];
  for (const ways of pairs) {
    const [a, b] = await meet(realBrowser, firefox, server.url, ways, complaints);
    await talk(a, b, ways.join(' to '));
    await talk(b, a, 'and back');
    if (ways[0] === 'websocket' && ways[1] === 'sse') {
      for (const page of [a, b]) await page.getByRole('checkbox', { name: /^Share/ }).check();
      const real = await settled([a, b]);
      await agree(a, real);
      await agree(b, real);
    }
    await close([a, b]);
  }
  await firefox.close();
  expect(complaints).toEqual([]);
});

test('the ways are compared on the same negotiation; the way back leads to the first picture', async ({
  app,
}) => {
  await app.getByText('Another device').click();
  await app.getByText('Compare the ways').click();
  await app.getByRole('button', { name: 'Try each' }).click();
  const rows = app.getByRole('table').filter({ hasText: 'round trips' }).locator('tbody tr');
  await expect(rows).toHaveCount(4, { timeout: 40_000 });
  for (const [index, name] of ['BroadcastChannel', 'WebSocket', 'Server-Sent Events', 'Socket.IO'].entries())
    await expect(rows.nth(index)).toHaveText(new RegExp(`^${name}\\s*\\d+\\s*[\\d.]+ kB\\s*1\\s*[\\d. ]+ms`));
  // To letters carried by hand and back: the way is the one that was chosen, the room a new one.
  await app.getByText('Copy, paste', { exact: true }).click();
  await app.getByText('SSE', { exact: true }).click();
  await expect(heading(app, 'Waiting for the other device')).toBeVisible();
  expect(await invitation(app)).toMatch(/#\/\?room=[\w-]{22}&by=sse$/);
  await app.getByText('This page', { exact: true }).click();
  await expect(app.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  expect(await app.evaluate(() => location.hash)).toBe('#/');
});

// What is laid out, not what a browser makes of it.
test('an invitation on a phone: code and link first, nothing over them, nothing sideways @chromium', async ({
  app,
}) => {
  await app.setViewportSize({ width: 390, height: 844 });
  await app.getByText('Another device').click();
  const invitation = app.getByRole('region', { name: 'Invite the other end' });
  await expect(invitation.getByRole('img', { name: 'The link as a QR code' })).toBeVisible();
  await expect(invitation).toContainText('127.0.0.1 is this machine only.');
  await expect(app.getByRole('button', { name: 'Save session' })).toBeDisabled();
  const isOver = await invitation.getByRole('button', { name: 'Copy the link' }).evaluate((button) => {
    const { left, top } = button.getBoundingClientRect();
    return !button.contains(document.elementFromPoint(left + 8, top + 8));
  });
  expect(isOver).toBe(false);
  for (const width of [360, 390, 720, 1024]) {
    await app.setViewportSize({ width, height: 844 });
    const column = app.locator('.read');
    const [inner, outer] = await column.evaluate((read) => [read.scrollWidth, read.clientWidth]);
    expect(inner, `${width} px`).toBeLessThanOrEqual(outer!);
  }
});

test('a letter in the channel is named, and counts down by the clock of the meeting @chromium', async ({
  realBrowser,
  server,
}) => {
  const complaints: string[] = [];
  const [a, b] = await meet(realBrowser, realBrowser, server.url, ['websocket', 'socket-io'], complaints);
  for (const page of [a, b]) await page.getByRole('checkbox', { name: /^Share/ }).check();
  await a.getByRole('button', { name: 'Levers on the signalling' }).click();
  await a.getByRole('slider', { name: 'Delay' }).fill('2000');
  await a.getByRole('button', { name: 'Connect again' }).click();
  const inside = a.getByRole('region', { name: 'In the channel now' });
  await expect(inside).toContainText(/offer\s*on its way, 1?\d{1,3} ms to go/);
  await expect(inside).toContainText('host candidate');
  const ladder = a.getByRole('figure', { name: 'Ladder', exact: true });
  await expect(ladder.getByText(/^room [\w-]{4}$/)).toBeVisible();
  await expect(ladder.getByText('this device · WebSocket')).toBeVisible();
  await expect(ladder.getByText('other device · Socket.IO')).toBeVisible();
  await inside.getByRole('button', { name: 'Let all through' }).click();
  await close([a, b]);
  expect(complaints).toEqual([]);
});

// The browser has no part in it.
test('a page that came without its server says so, and leads to what works without @chromium', async ({
  app,
}) => {
  await app.route('**/config.json', (route) => route.fulfill({ path: 'src/public/config.json' }));
  await app.reload();
  await expect(app.getByText('no server for STUN, TURN or rooms')).toBeVisible();
  await app.getByText('Another device').click();
  await expect(heading(app, 'No room could be opened')).toBeVisible();
  await expect(app.getByText(/start it with “npm start”/)).toBeVisible();
  await app.getByRole('link', { name: 'Carry letters by hand' }).click();
  await expect(heading(app, 'Carry the letters yourself')).toBeVisible();
});
