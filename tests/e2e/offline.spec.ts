/** The app without a network, once it has been opened; and a new build that takes the place of the old. */
import { cpSync } from 'node:fs';
import { type Browser, type Page, expect, test as base } from '@playwright/test';
import { startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import { otherBuild, sameBuild, staticHost } from './builds.ts';

/** With service workers, which the other tests do without. */
const test = base.extend<object, { readonly realBrowser: Browser }>({
  realBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use, { project }) => {
      const browser = await launchBrowser(project.name as 'chromium' | 'firefox', { serviceWorkers: true });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });

/** The build is kept, and the worker answers this page. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

const show = (page: Page, hash: string) => page.evaluate((to) => void (location.hash = to), hash);

const caches = (page: Page): Promise<string[]> => page.evaluate(() => window.caches.keys());

/** The script that the page was started by: each build has its own. */
const entry = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')!.src);

test('without its server, the app does all that needs none, and says what does', async ({ realBrowser }) => {
  const server = await startServer({ port: 0, stunPort: 0 });
  const page = await open(realBrowser, server.url);
  const uncaught: string[] = [];
  page.on('pageerror', ({ message }) => uncaught.push(message));
  await expect(page.getByText('STUN, TURN and rooms on this machine')).toBeVisible();
  await kept(page);
  expect(await page.evaluate(() => fetch('config.json').then(({ ok }) => ok))).toBe(true);
  await server.close();
  expect(await page.evaluate(() => fetch('config.json').catch(({ name }) => name))).toBe('TypeError');

  await page.getByRole('button', { name: /^Show me my STUN question/ }).click();
  await expect(heading(page, 'The server does not answer')).toBeVisible({ timeout: 15_000 });

  // Nothing of these pages was loaded before.
  await show(page, '#/learn');
  const lessons = page.locator('main a[href^="#/learn/"]');
  await expect.poll(() => lessons.count()).toBeGreaterThanOrEqual(10);
  const slugs = new Set(
    await lessons.evaluateAll((links) => links.map((link) => link.getAttribute('href')!)),
  );
  for (const slug of slugs) {
    await show(page, slug);
    await expect(page.getByRole('button', { name: /^(?:Check|Next)$/ }).first()).toBeVisible();
  }
  await show(page, '#/inspect');
  await page.getByRole('textbox', { name: 'SDP, candidates or JSON' }).fill('v=0\r\ns=-\r\n');
  await expect(page.getByRole('list', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible();
  await show(page, '#/debug');
  await expect(page.getByRole('textbox', { name: 'ICE servers' })).toBeVisible();
  await show(page, '#/gallery');
  await expect(page.getByRole('figure').first()).toBeVisible();
  await show(page, '#/j');
  await expect(heading(page, 'Carry the letters yourself')).toBeVisible();

  // A visit that begins without a network: the page itself, a real connection, a recording, a room.
  await page.goto(`${server.url}#/`);
  await page.reload();
  await expect(page.getByText('the server does not answer; the app works without')).toBeVisible();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(heading(page, /^Connected in /)).toBeVisible();
  await page.reload();
  expect(await page.evaluate(() => fetch('recordings/direct.txt').then(({ status }) => status))).toBe(200);
  await page.getByText('Another device').click();
  await expect(page.getByText('The server that this page came from does not answer')).toBeVisible();

  // It comes back on the same port: asked again, it has a room.
  const again = await startServer({ port: server.port, stunPort: 0 });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'Waiting for the other device')).toBeVisible();
  expect(uncaught).toEqual([]);
  await page.context().close();
  await again.close();
});

test('a new build is there at the next visit, and the old one is dropped when nobody uses it', async ({
  realBrowser,
}) => {
  const host = await staticHost(sameBuild());
  const page = await open(realBrowser, host.url);
  await expect(page.getByText('no server for STUN, TURN or rooms')).toBeVisible();
  await kept(page);
  const [first] = await caches(page);
  expect(first).toContain('/ice/');
  const assets = host.asked().filter((path) => path.includes('/assets/'));
  const twice = assets.length - new Set(assets).size;
  expect(twice, 'only what page and worker asked for at the same moment is loaded twice').toBeLessThan(4);

  host.exchange(otherBuild());
  // The page of the old build finds the old files.
  await show(page, '#/debug');
  await expect(page.getByRole('textbox', { name: 'ICE servers' })).toBeVisible();
  expect(await entry(page)).not.toContain('Another');

  host.asked();
  await page.reload();
  expect(await entry(page)).toContain('-Another');
  await expect.poll(() => caches(page)).toHaveLength(2);
  const waits = () => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
  await expect.poll(waits, { timeout: 20_000 }).toBe(true);
  const changed = new Set(host.asked().filter((path) => path.includes('/assets/')));
  expect(
    [...changed].filter((path) => !path.includes('-Another')),
    'only what changed',
  ).toEqual([]);
  for (const name of ['Debug', 'index'])
    expect([...changed]).toContainEqual(expect.stringContaining(`/${name}-Another`));

  // Without a network it stays the new one, before and after its worker takes over.
  await host.stop();
  await page.reload();
  expect(await entry(page)).toContain('-Another');
  await show(page, '#/debug');
  await expect(page.getByRole('textbox', { name: 'ICE servers' })).toBeVisible();
  // A browser may take a moment to see that nobody uses the old worker any more.
  const context = page.context();
  await page.close();
  const visit = async () => {
    const next = await context.newPage();
    await next.goto(host.url);
    expect(await entry(next)).toContain('-Another');
    const names = await caches(next);
    await next.close();
    return names;
  };
  await expect.poll(visit, { timeout: 20_000 }).toEqual([first!.replace(/\S+$/, 'another')]);
  await context.close();
});

// What is kept is the worker's own doing, and the same code in both browsers.
test('a build of which a part is missing is not kept, and the old one stays @chromium', async ({
  realBrowser,
}) => {
  const host = await staticHost(sameBuild());
  const page = await open(realBrowser, host.url);
  await kept(page);
  const before = await caches(page);
  // The page is the old one's, as while files are being copied one by one.
  const torn = otherBuild();
  cpSync(`${sameBuild()}/index.html`, `${torn}/index.html`);
  host.exchange(torn);
  const update = page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    await registration.update();
    const worker = registration.installing!;
    return new Promise<string>((resolve) => (worker.onstatechange = () => resolve(worker.state)));
  });
  expect(await update).toBe('redundant');
  await host.stop();
  await page.reload();
  await expect(heading(page, 'Watch two browsers find each other')).toBeVisible();
  expect(
    await page.evaluate((name) => window.caches.match('./', { cacheName: name }).then(Boolean), before[0]!),
  ).toBe(true);
  await page.context().close();
});
