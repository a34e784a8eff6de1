/** `npm run fuzz -- --minutes 30 [--seed N] [--only ID]`: each kind gets its part of the time, from a new seed on. */
import { parseArgs } from 'node:util';
import { kinds } from '../fuzz/index.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
    only: { type: 'string' },
  },
});
const chosen = kinds.filter(({ id }) => values.only === undefined || id === values.only);
const nights = chosen.reduce((sum, { night }) => sum + night, 0);
let failed = 0;
for (const { id, night, run } of chosen) {
  const end = performance.now() + (Number(values.minutes) * 60_000 * night) / nights;
  const { cases, failures } = await run(Number(values.seed), {
    cases: Infinity,
    goesOn: () => performance.now() < end,
  });
  failed += failures.length;
  console.log(
    `${id}: ${cases} inputs from seed ${values.seed} (a night: ${night}), ${failures.length} failures`,
  );
  for (const { seed, error } of failures) console.log(`  seed ${seed}: ${error}`);
}
process.exitCode = failed === 0 ? 0 : 1;
