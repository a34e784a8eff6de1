/** The bare page that holds `src/live`, in the real browser of the project (`chromium` or `firefox`). */
import { type Browser, type Page, test as base, expect } from '@playwright/test';
import { type BrowserName, launchBrowser } from '../support/browsers.ts';
import { type LivePage, serveLive } from '../support/live-page.ts';

interface WorkerFixtures {
  readonly site: LivePage;
  readonly realBrowser: Browser;
}

export { expect };

export const test = base.extend<{ readonly live: Page }, WorkerFixtures>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const site = await serveLive();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  realBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use, { project }) => {
      const browser = await launchBrowser(project.name as BrowserName);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  live: async ({ realBrowser, site }, use) => {
    const page = await realBrowser.newPage();
    await page.goto(site.url);
    await use(page);
    await page.close();
  },
});
