/**
 * All checks, the same here and in CI: `npm test`. Each step runs even when one before it failed, so that one run tells
 * everything; the last line counts. With names as arguments only those steps run: `npm test -- types unit`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Step {
  readonly id: string;
  readonly command: string;
  /** A JSON report to count tests from; a step without one counts as a test itself. */
  readonly report?: 'vitest' | 'playwright';
}

const root = resolve(import.meta.dirname, '../..');
const results = join(root, 'test-results');

const STEPS: readonly Step[] = [
  { id: 'browsers', command: 'tsx tests/support/install-browsers.ts' },
  { id: 'types', command: 'npm run -s types' },
  { id: 'lint', command: 'npm run -s lint' },
  { id: 'dead-code', command: 'knip --config tests/knip.json' },
  { id: 'licences', command: 'tsx tests/support/licences.ts' },
  { id: 'unit', command: 'vitest run -c tests/vitest.config.ts', report: 'vitest' },
  { id: 'build', command: 'npm run -s build -- --logLevel warn' },
  { id: 'size', command: 'tsx tests/support/size.ts' },
  { id: 'natlab', command: 'vitest run -c tests/natlab/vitest.config.ts', report: 'vitest' },
  { id: 'e2e', command: 'playwright test -c tests/playwright.config.ts', report: 'playwright' },
];

const counts = { passed: 0, failed: 0, skipped: 0 };
const asked = process.argv.slice(2);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

for (const step of STEPS) if (asked.length === 0 || asked.includes(step.id)) run(step);

console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);

function run(step: Step): void {
  const started = Date.now();
  console.log(`\n— ${step.id}`);
  const report = join(results, `${step.id}.json`);
  const reporting =
    step.report === 'vitest' ? ` --reporter=default --reporter=json --outputFile.json=${report}` : '';
  const { status } = spawnSync(step.command + reporting, {
    cwd: root,
    shell: true,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  count(step, status === 0, report);
  console.log(
    `— ${step.id}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}

function count(step: Step, ok: boolean, report: string): void {
  const tests = step.report && existsSync(report) ? read(step.report, report) : null;
  if (!tests) counts[ok ? 'passed' : 'failed']++;
  else {
    counts.passed += tests.passed;
    counts.failed += tests.failed || (ok ? 0 : 1);
    counts.skipped += tests.skipped;
  }
}

function read(kind: 'vitest' | 'playwright', file: string): typeof counts {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === 'vitest') {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  }
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}
