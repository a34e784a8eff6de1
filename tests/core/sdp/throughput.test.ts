import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('full inspection stays within five times the parse of sdp-transform', () => {
  const program = fileURLToPath(new URL('./throughput.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' });
  const { descriptions, parse, full } = JSON.parse(output) as {
    descriptions: number;
    parse: number;
    full: number;
  };
  console.log(
    `sdp-transform parses ${descriptions} descriptions in ${parse.toFixed(1)} ms, inspection takes ${full.toFixed(1)} ms: ${(full / parse).toFixed(1)} ×`,
  );
  expect(full / parse).toBeLessThan(5);
});
