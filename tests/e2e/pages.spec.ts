/** Between the pages: titles, where the focus goes, addresses that lead nowhere, code that does not arrive. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { otherBuild, sameBuild, staticHost } from './builds.ts';

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.id || activeElement?.getAttribute('class')?.split(' ')[0] || '';
  });

test('each page has its title, and is begun at its top', async ({ app }) => {
  await expect(app).toHaveTitle('Icescope: watch two browsers find each other');
  // Somebody new is led into the first lesson.
  await app.getByRole('link', { name: /^I want to understand it/ }).press('Enter');
  await expect(app).toHaveTitle('What is a connection between two browsers? · Icescope');
  await app.getByRole('link', { name: 'Learn', exact: true }).press('Enter');
  await expect(app).toHaveTitle('Learn · Icescope');
  await expect.poll(() => focused(app)).toBe('main');
  await app.evaluate(() => (location.hash = '#/learn/candidates'));
  await expect(app).toHaveTitle('What is a candidate? · Icescope');
  await app.goBack();
  await expect(app).toHaveTitle('Learn · Icescope');
  for (const title of ['Inspect', 'Debug']) {
    await app.getByRole('link', { name: title, exact: true }).press('Enter');
    await expect(app).toHaveTitle(`${title} · Icescope`);
    await expect.poll(() => focused(app)).toBe('main');
  }
});

test('what the focus was on may go: the focus stays beside it', async ({ app }) => {
  await app.getByRole('radio', { name: 'This page' }).press('ArrowRight');
  await expect(app.getByRole('heading', { name: 'Waiting for the other tab' })).toBeVisible();
  await expect(app.getByRole('radio', { name: 'Another tab' })).toBeFocused();
  await app.keyboard.press('ArrowLeft');
  await expect(app.getByRole('radio', { name: 'This page' })).toBeFocused();
  await app.getByRole('button', { name: /^Do it by hand/ }).press('Enter');
  await expect(app.getByRole('heading', { name: 'By hand' })).toBeVisible();
  await expect.poll(() => focused(app)).toBe('read');
});

test('a wrong address says so, and where to go', async ({ app }) => {
  await app.evaluate(() => (location.hash = '#/nonsense'));
  await expect(app.getByRole('heading', { name: 'There is no page “nonsense”' })).toBeVisible();
  await expect(app).toHaveTitle('No such page · Icescope');
  await app.evaluate(() => (location.hash = '#/learn/nonsense'));
  await expect(app.getByRole('heading', { name: 'There is no lesson “nonsense”' })).toBeVisible();
  await app.getByRole('main').getByRole('link', { name: 'To all lessons' }).click();
  await expect(app).toHaveTitle('Learn · Icescope');
});

// A network that is gone is the same code in both browsers, and the console of each says it in its own words.
test('code that does not arrive is said, and can be asked for again @chromium', async ({
  realBrowser,
  server,
}) => {
  const page = await realBrowser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await expect(page.getByRole('figure', { name: 'Paths' })).toBeVisible();
  await page.route(/\/(?:Debug|states)-[^/]*\.js$/, (route) => route.abort());
  await page.getByRole('tab', { name: 'States' }).click();
  await expect(page.getByText('The code of this diagram did not arrive')).toBeVisible();
  const notice = page.getByRole('alert').filter({ hasText: 'A part of Icescope did not arrive' });
  await expect(notice.getByRole('button', { name: 'Reload' })).toBeVisible();
  await page.getByRole('link', { name: 'Debug', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Debug could not be loaded' })).toBeVisible();
  await page.close();
});

// Without a service worker: each part comes over the network, here from a host whose build is exchanged under the page.
test('a part of an older build that is gone, and a host that is gone, are told apart @chromium', async ({
  realBrowser,
}) => {
  const host = await staticHost(sameBuild());
  const page = await realBrowser.newPage({ viewport: { width: 390, height: 844 } });
  const uncaught: string[] = [];
  page.on('pageerror', ({ message }) => uncaught.push(message));
  await page.goto(host.url);
  await page.evaluate(() => (location.hash = '#/learn'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  host.exchange(otherBuild());
  await page.evaluate(() => (location.hash = '#/debug'));
  await expect(page.getByRole('heading', { name: 'Debug could not be loaded' })).toBeVisible();
  await expect(page.getByText('A new version of Icescope is here')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('textbox', { name: 'ICE servers' })).toBeVisible();

  await host.stop();
  await page.evaluate(() => (location.hash = '#/inspect'));
  await expect(page.getByRole('heading', { name: 'Inspect could not be loaded' })).toBeVisible();
  await expect(page.getByText('where this page came from does not answer')).toBeVisible();
  await host.start();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('textbox', { name: 'SDP, candidates or JSON' })).toBeVisible();
  expect(uncaught).toEqual([]);
  await host.stop();
  await page.close();
});
