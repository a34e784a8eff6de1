/** Simulate in a real browser: the same bytes as in Node, a newcomer's task, and many calls that can be cancelled. */
import { type Page } from '@playwright/test';
import { build } from 'vite';
import { expect, test } from './app.ts';
import { hashes } from './simulated/hashes.ts';

test('every scenario is the same session, byte for byte, as in Node', async ({ realBrowser }) => {
  const entry = new URL('./simulated/hashes.ts', import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'simulated' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('Nothing was built.');
  const page = await realBrowser.newPage();
  await page.addScriptTag({ content: output.output[0].code });
  const there = await page.evaluate(
    (seed) => (globalThis as unknown as { simulated: { hashes: typeof hashes } }).simulated.hashes(seed),
    11,
  );
  await page.close();
  const here = hashes(11);
  expect(Object.keys(here).length).toBeGreaterThanOrEqual(41);
  expect(there).toEqual(here);
});

/** What a newcomer has to read, and how often they press or choose. */
test('a newcomer sees two symmetric NATs fail, and TURN help, with four presses', async ({ app }) => {
  await app.evaluate(() => void (location.hash = '#/simulate'));
  const column = app.getByLabel('What is simulated');
  const outcome = column.getByRole('status').first();
  await app.getByRole('combobox', { name: 'NAT of A' }).selectOption('symmetric');
  await app.getByRole('combobox', { name: 'NAT of B' }).selectOption('symmetric');
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outcome).toContainText('No way');
  const read = await outcome.innerText();
  await app.getByRole('button', { name: 'Add TURN and compare' }).click();
  await expect(
    column
      .getByRole('heading', { level: 1 })
      .or(column.getByRole('heading', { level: 2 }))
      .first(),
  ).toBeVisible();
  await expect(app.getByRole('heading', { name: /^Connected in \d+ ms/ })).toBeVisible();
  expect(read.split(/\s+/).length).toBeLessThan(60);
});

const open = (app: Page, query: string): Promise<void> =>
  app.evaluate((to) => void (location.hash = `#/simulate/many?${to}`), query);

test('many calls are counted live, can be cancelled, and fit a phone', async ({ app }) => {
  const bar = app.getByRole('progressbar', { name: 'Pairs played' });
  const played = async (): Promise<number> => Number(await bar.getAttribute('value'));
  await open(app, 'pairs=100000');
  await expect.poll(played).toBeGreaterThan(0);
  await expect(app.getByText(/% need no relay, ± \d+\.\d so far/).first()).toBeVisible();
  await app.getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
  const stopped = await played();
  expect(stopped).toBeLessThan(100_000);
  await expect(app.getByText('cancelled: what was counted until then')).toBeVisible();
  expect(await played()).toBe(stopped);

  await app.setViewportSize({ width: 390, height: 844 });
  await open(app, 'mix=0,0,0,0,100,0&servers=stun&pairs=60');
  await expect(app.getByRole('status').getByRole('heading')).toHaveText(
    '0 of 100 calls need no relay. 100 never connect.',
  );
  const sideways = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
  expect(await app.locator('html').evaluate(sideways)).toBe(0);
  await app.getByRole('button', { name: 'Add it and compare' }).click();
  await expect(app.getByRole('status').getByRole('heading')).toHaveText(
    '0 of 100 calls need no relay. None fails.',
  );
  await expect(app.getByRole('table')).toContainText('100.0 % of the calls, mostly only with TURN');
});
