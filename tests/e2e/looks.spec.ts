/** What can be checked of looks without eyes: labels, contrast, names, keyboard, small screens, less motion. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FIXTURES } from '../support/sessions.ts';
import { expect, test } from './app.ts';
import { labelsOverEachOther } from './legible.ts';

// Geometry is the same code in both browsers; Chromium measures it.
// Each session is seen at each width, and at each width at another of the moments than at the one before.
test('labels never lie on one another, on any recorded session, at any width @chromium', async ({ app }) => {
  test.setTimeout(300_000);
  const moments = [40, 75, 100];
  await app.goto(`${app.url()}#/gallery`);
  for (const [at, { name }] of FIXTURES.entries()) {
    await app.getByLabel('Session').selectOption(name);
    for (const [step, width] of [360, 390, 664, 848, 1008, 1200, 1440].entries()) {
      const moment = moments[(at + step) % moments.length]!;
      await app.getByLabel('Width').selectOption(String(width));
      await app.getByLabel('Moment').fill(String(moment));
      await app.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      expect(await labelsOverEachOther(app), `${name}, ${width} px, at ${moment} %`).toEqual([]);
    }
  }
});

// axe reads roles, names and colours, which are the same in both browsers.
for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${scheme} @chromium`, async ({ app }) => {
    test.slow();
    await app.emulateMedia({ colorScheme: scheme });
    const seriousFindings = (page: Page, where: string) => findings(page, where, scheme);
    await seriousFindings(app, 'the first page');
    await app.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(app.getByRole('heading', { name: /^Connected/ })).toBeVisible({ timeout: 30_000 });
    await app.getByRole('button', { name: 'Pause', exact: true }).click();
    await app.getByRole('slider', { name: 'Time' }).press('End');
    for (const tab of await app.getByRole('tab').all()) {
      await tab.click();
      await seriousFindings(app, (await tab.textContent()) ?? '');
    }
  });
}

/** The dark theme has other colours, and nothing else. */
async function findings(page: Page, where: string, scheme: 'light' | 'dark'): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (scheme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
  expect(told, where).toEqual([]);
}

test('everything is reached by keyboard, in an order that makes sense', async ({ app }) => {
  const names: string[] = [];
  // Not past the last one: from there the focus goes into the browser's own bars.
  for (let step = 0; step < 40 && !names.includes('Open session'); step++) {
    await app.keyboard.press('Tab');
    const name = await app.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 40) ?? '';
    });
    names.push(name);
  }
  for (const wanted of ['To the content', 'Connect', 'Paths', 'Open session'])
    expect(names).toContain(wanted);

  await app.getByRole('button', { name: 'Connect', exact: true }).focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { name: /^Connected/ })).toBeVisible({ timeout: 30_000 });
  await app.getByRole('tab', { name: 'Paths' }).focus();
  await app.keyboard.press('ArrowRight');
  await expect(app.getByRole('tab', { name: 'Ladder' })).toBeFocused();
  await app.getByRole('slider', { name: 'Time' }).focus();
  await app.keyboard.press('Home');
  const start = await app.getByRole('slider', { name: 'Time' }).getAttribute('aria-valuenow');
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('ArrowRight');
  expect(await app.getByRole('slider', { name: 'Time' }).getAttribute('aria-valuenow')).not.toBe(start);
});

test('a phone shows all of it without scrolling sideways', async ({ app }) => {
  await app.setViewportSize({ width: 390, height: 844 });
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(app.getByRole('heading', { name: /^Connected/ })).toBeVisible({ timeout: 30_000 });
  for (const tab of await app.getByRole('tab').all()) {
    await tab.click();
    expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  const small = await app.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.dock button, .read .btn, [role=tab]')]
      .map((element) => ({ name: element.textContent, height: element.getBoundingClientRect().height }))
      .filter(({ height }) => height > 0 && height < 44),
  );
  expect(small).toEqual([]);
});

test('with less motion nothing flies', async ({ app }) => {
  await app.emulateMedia({ reducedMotion: 'reduce' });
  await app
    .locator('input[type=file]')
    .first()
    .setInputFiles('tests/fixtures/sessions/loopback-chromium.txt');
  await expect(app.getByRole('heading', { name: 'A recorded session' })).toBeVisible();
  const { events } = FIXTURES.find(({ name }) => name === 'loopback-chromium')!.log;
  const sent = events.find(({ type }) => type === ':signal.sent')!;
  const arrived = events.find(
    ({ type, correlation }) => type === ':signal.received' && correlation === sent.correlation,
  )!;
  // Between sending and arrival: scrub there by the log's own times, at two moments without an event between them.
  const places = await app.evaluate(() => 0).then(() => [sent.at, arrived.at]);
  expect(places[1]!).toBeGreaterThan(places[0]!);
  await app.getByRole('slider', { name: 'Time' }).focus();
  await app.keyboard.press('Home');
  const seen = new Set<string>();
  for (let step = 0; step < 30; step++) {
    await app.keyboard.press('ArrowRight');
    const envelopes = await app
      .locator('[data-diagram=paths] .envelope')
      .evaluateAll((all) => all.map((one) => one.getAttribute('transform') ?? ''));
    envelopes.forEach((place) => seen.add(place));
  }
  expect([...seen].length).toBeLessThanOrEqual(4);
});
