import { defineConfig } from '@playwright/test';

/** One worker: browsers that make real connections side by side on two cores disturb each other's timing. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results/e2e',
  workers: 1,
  timeout: 60_000,
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list'], ['json']],
  // Tests with @chromium in their title say beside it why one browser is enough.
  projects: [{ name: 'chromium' }, { name: 'firefox', grepInvert: /@chromium/ }],
});
