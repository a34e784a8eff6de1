import { defineConfig } from '@playwright/test';

/** Two workers, one a core: the tests wait for what happens, not for a time. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results/e2e',
  workers: 2,
  timeout: 120_000,
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list'], ['json']],
  // Tests with @chromium or @firefox in their title say beside it why one browser is enough.
  projects: [
    { name: 'chromium', grepInvert: /@firefox/ },
    { name: 'firefox', grepInvert: /@chromium/ },
  ],
});
