/** The bare page that holds `src/live`, in the real browser of the project (`chromium` or `firefox`). */
import { type Browser, type Page, test as base, expect } from '@playwright/test';
import { type BrowserName, launchBrowser } from '../support/browsers.ts';
import { type LivePage, serveLive } from '../support/live-page.ts';

interface WorkerFixtures {
  readonly site: LivePage;
  readonly realBrowser: Browser;
  /** One tab for all tests: each loads the page anew, and a tab costs more than that. */
  readonly tab: Page;
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
  tab: [
    async ({ realBrowser }, use) => {
      const page = await realBrowser.newPage();
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
  live: async ({ tab, site }, use) => {
    await tab.goto(site.url);
    await use(tab);
  },
});
