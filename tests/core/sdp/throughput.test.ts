import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// In a process of its own: a test runner's module wrapping would slow one side only.
test('full inspection stays within five times the parse of sdp-transform', () => {
  const program = fileURLToPath(new URL('../../bench/inspect.bench.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' });
  console.log(stdout);
  expect(stdout).toMatch(/ × \(at most 5\): pass/);
});
