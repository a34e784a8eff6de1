/** A tenth of a night, with a seed that never changes, as far as some seconds for each kind go. */
import { expect, test } from 'vitest';
import { kinds } from './index.ts';

const SECONDS = 8;

test.each(kinds)(
  '$id: nothing throws, and what must hold holds',
  async ({ id, night, run }) => {
    const end = performance.now() + SECONDS * 1000;
    const { cases, failures } = await run(1, { cases: night / 10, goesOn: () => performance.now() < end });
    console.log(`  fuzz: ${cases} of ${night / 10} ${id}`);
    expect(failures).toEqual([]);
    expect(cases).toBeGreaterThan(100);
  },
  SECONDS * 10_000,
);
