/**
 * All checks, the same here and in CI: `npm test`. Each step runs even when one before it failed, so that one run tells
 * everything; the last line counts. With names as arguments only those steps run: `npm test -- types unit`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

interface Step {
  readonly id: string;
  readonly command: string;
  /** A JSON report to count tests from; a step without one counts as a test itself. */
  readonly report?: 'vitest' | 'playwright';
  /** Keeps at most one core busy and measures nothing: such steps run two at a time, in this order. */
  readonly pairs?: true;
}

const root = resolve(import.meta.dirname, '../..');
const results = join(root, 'test-results');

/** What is built is there when the laboratory begins: checking types takes longer. */
const STEPS: readonly Step[] = [
  { id: 'build', command: 'npm run -s build -- --logLevel warn', pairs: true },
  { id: 'browsers', command: 'tsx tests/support/install-browsers.ts', pairs: true },
  { id: 'types', command: 'npm run -s types', pairs: true },
  // It mostly waits for browsers to give up.
  { id: 'natlab', command: 'vitest run -c tests/natlab/vitest.config.ts', report: 'vitest', pairs: true },
  { id: 'dead-code', command: 'knip --config tests/knip.json', pairs: true },
  { id: 'lint', command: 'npm run -s lint', pairs: true },
  { id: 'licences', command: 'tsx tests/support/licences.ts', pairs: true },
  { id: 'size', command: 'tsx tests/support/size.ts', pairs: true },
  { id: 'webkit', command: 'vitest run -c tests/webkit/vitest.config.ts', report: 'vitest', pairs: true },
  { id: 'unit', command: 'vitest run -c tests/vitest.config.ts', report: 'vitest' },
  { id: 'e2e', command: 'playwright test -c tests/playwright.config.ts', report: 'playwright' },
];

const counts = { passed: 0, failed: 0, skipped: 0 };
/** What failed, by name: told again at the end, where one looks. */
const failed: string[] = [];
const asked = process.argv.slice(2);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const steps = STEPS.filter(({ id }) => asked.length === 0 || asked.includes(id));
const first = steps.filter(({ pairs }) => pairs);
await Promise.all([lane(first), lane(first)]);
await lane(steps.filter(({ pairs }) => !pairs));

console.log(failed.map((name) => `\nFAILED: ${name}`).join(''));
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);

/** Takes the next step from the list until none is left; two lanes may share one list. */
async function lane(waiting: Step[]): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
}

async function run(step: Step): Promise<void> {
  const started = Date.now();
  const report = join(results, `${step.id}.json`);
  const reporting =
    step.report === 'vitest' ? ` --reporter=default --reporter=json --outputFile.json=${report}` : '';
  if (!step.pairs) console.log(`\n— ${step.id}`);
  const child = spawn(step.command + reporting, {
    cwd: root,
    shell: true,
    stdio: step.pairs ? 'pipe' : 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  const said = outputOf(child);
  const [status] = (await once(child, 'close')) as [number | null];
  if (step.pairs) console.log(`\n— ${step.id}\n${said.join('').trim()}`);
  count(step, status === 0, report);
  console.log(
    `— ${step.id}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}

/** What a step beside another one says is kept, and told when it is done. */
function outputOf({ stdout, stderr }: ChildProcess): readonly string[] {
  const said: string[] = [];
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (text) => said.push(text));
  return said;
}

function count(step: Step, ok: boolean, report: string): void {
  const tests = step.report && existsSync(report) ? read(step.report, report) : null;
  if (tests) {
    counts.passed += tests.passed;
    counts.skipped += tests.skipped;
    counts.failed += tests.failed.length;
    failed.push(...tests.failed.map((name) => `${step.id}: ${name}`));
  } else if (ok) counts.passed++;
  if (ok || (tests && tests.failed.length > 0)) return;
  counts.failed++;
  failed.push(`${step.id}, the step itself`);
}

interface Report {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly string[];
}

function read(kind: 'vitest' | 'playwright', file: string): Report {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return kind === 'vitest' ? fromVitest(report) : fromPlaywright(report);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function fromVitest(report: VitestReport): Report {
  const failed = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    const file = relative(root, name);
    return tests.length === 0 && status === 'failed'
      ? [file]
      : tests.map(({ fullName }) => `${file}: ${fullName}`);
  });
  const { numPassedTests, numPendingTests, numTodoTests } = report;
  return { passed: numPassedTests, skipped: numPendingTests + numTodoTests, failed };
}

interface Suite {
  readonly file: string;
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
}

function fromPlaywright(report: {
  readonly suites: readonly Suite[];
  readonly stats: { readonly expected: number; readonly flaky: number; readonly skipped: number };
}): Report {
  const { expected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, skipped, failed: report.suites.flatMap(unexpectedIn) };
}

function unexpectedIn({ file, suites = [], specs }: Suite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ projectName }) => `${file} in ${projectName}: ${title}`),
  );
  return [...own, ...suites.flatMap(unexpectedIn)];
}
