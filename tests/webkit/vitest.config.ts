import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [svelte()],
  test: { include: ['tests/webkit/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
