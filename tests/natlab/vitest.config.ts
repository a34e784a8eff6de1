import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/natlab/*.test.ts'],
    testTimeout: 120_000,
    // As in the browser tests: a machine that is busy for seconds may change which path is found first.
    retry: process.env['CI'] ? 1 : 0,
  },
});
