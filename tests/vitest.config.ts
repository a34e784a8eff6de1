import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** They measure time: run one by one, when the others are done, and once more where the machine was busy. */
const MEASURING = [
  ...['throughput', 'large', 'mutations'].map((name) => `tests/core/sdp/${name}.test.ts`),
  'tests/core/growth/growth.test.ts',
];
const ELSEWHERE = ['tests/e2e/**', 'tests/bench/**', 'tests/natlab/**', 'tests/webkit/**'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [svelte()],
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...ELSEWHERE, ...MEASURING],
          // All cores: Vitest would keep one for itself, and many tests wait for sockets and other programs.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'measuring', include: MEASURING, maxWorkers: 1, retry: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
