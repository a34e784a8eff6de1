/**
 * A dump of webrtc-internals of 100 MB, made from a real one by repeating its statistics: from the choice of the file to the first view,
 * beside JSON.parse of the same bytes in the same page; the tasks of the page's main thread; how long the doctor takes; and in Node the
 * most memory that reading takes.
 * `npx vite build && npx tsx tests/bench/dump.bench.ts [--megabytes=100] [--strict]`; prints pass or fail.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { diagnose } from '../../src/core/diagnosis/index.ts';
import { importDump } from '../../src/core/importers/index.ts';
import { NO_FACTS, reduceAll } from '../../src/core/projections/index.ts';
import { startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import { tasksOf } from '../support/tasks.ts';

/** As many values of a series as Chromium keeps, and as many as the page does. */
const [VALUES, MOST_VALUES] = [1000, 200_000];
const LIMITS = { times: 3, task: 50, diagnosis: 300, memory: 600 };
const option = (name: string, otherwise: number): number =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);

interface Series {
  readonly values: string;
}
interface Dump {
  readonly PeerConnections: Record<string, { readonly stats: Record<string, Series> }>;
}

/** Series go on as they went, and the reports come again under other ids until the file is as large. */
function enlarged(source: string, megabytes: number): string {
  const dump = JSON.parse(source) as Dump;
  const [, connection] = Object.entries(dump.PeerConnections)[0]!;
  const longer = Object.entries(connection.stats).map(([key, series]) => {
    const values = JSON.parse(series.values) as unknown[];
    const [before, last] = values.slice(-2);
    const step = typeof last === 'number' && typeof before === 'number' ? last - before : 0;
    const isTime = key.endsWith('-timestamp');
    const at = (index: number): unknown =>
      typeof last === 'number' ? last + (isTime ? 1000 : step) * (index - values.length + 1) : last;
    const all = Array.from({ length: VALUES }, (_, index) =>
      index < values.length ? values[index] : at(index),
    );
    return [key, { ...series, values: JSON.stringify(all) }] as const;
  });
  const size = longer.reduce((sum, [key, { values }]) => sum + key.length + values.length + 120, 0);
  for (let copy = 0; copy * size < megabytes * 1e6; copy++)
    for (const [key, series] of longer) {
      const cut = key.includes('-[') ? key.indexOf('-[') : key.lastIndexOf('-');
      connection.stats[`${key.slice(0, cut)}${copy || ''}${key.slice(cut)}`] = series;
    }
  return JSON.stringify(dump);
}

/** Milliseconds of JSON.parse in a page that does nothing else, the best of three. */
async function parseTime(page: Page): Promise<number> {
  await page.setContent('<input type="file">');
  await page.locator('input').setInputFiles(file);
  return page.locator('input').evaluate(async (input: HTMLInputElement) => {
    const text = await input.files![0]!.text();
    const times = [0, 1, 2].map(() => {
      const start = performance.now();
      JSON.parse(text);
      return performance.now() - start;
    });
    return Math.min(...times);
  });
}

/** Milliseconds from the choice of the file. */
async function firstView(page: Page): Promise<number> {
  const start = Date.now();
  await page.getByLabel('Open a dump').setInputFiles(file);
  await page.getByRole('list', { name: 'Connections' }).waitFor();
  await page.getByRole('figure', { name: 'Paths' }).waitFor();
  return Date.now() - start;
}

const memoryOf = (name: string): number => {
  const script = `import { readFileSync } from 'node:fs'; import { importDump } from './src/core/importers/index.ts';
    await importDump(readFileSync(process.argv[1]), { mostValues: ${MOST_VALUES} }); console.log(process.resourceUsage().maxRSS);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script, name];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' })) / 1024;
};

const folder = new URL('../fixtures/dumps/', import.meta.url);
const file = join(mkdtempSync(join(tmpdir(), 'icescope-')), 'large.json');
const source = gunzipSync(readFileSync(new URL('chromium.internals.gz', folder))).toString();
writeFileSync(file, enlarged(source, option('megabytes', 100)));
console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB`);

const imported = await importDump(readFileSync(file), { mostValues: MOST_VALUES });
if (!imported.ok) throw new Error(imported.error.message);
const { events, connections } = imported.value;
const facts = reduceAll(NO_FACTS, events);
const began = performance.now();
for (const peer of connections) diagnose(events, peer, { facts });
const found: Record<keyof typeof LIMITS, number> = {
  times: 0,
  task: 0,
  diagnosis: performance.now() - began,
  memory: memoryOf(file),
};

const server = await startServer({ port: 0, stunPort: 0 });
const browser = await launchBrowser('chromium');
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const parsed = await parseTime(page);
  const open = async (): Promise<number> => {
    await page.goto(`${server.url}#/debug/dump`);
    await page.reload();
    await page.getByLabel('Open a dump').waitFor({ state: 'attached' });
    await page.waitForTimeout(1000);
    return firstView(page);
  };
  const views = [await open(), await open(), await open()];
  await page.reload();
  await page.getByLabel('Open a dump').waitFor({ state: 'attached' });
  await page.waitForTimeout(1000);
  const tasks = await tasksOf(page, async () => void (await firstView(page)));
  const slowest = tasks.toSorted((a, b) => b.processor - a.processor).slice(0, 5);
  console.log(
    `JSON.parse ${parsed.toFixed(0)} ms; first view ${views.join(', ')} ms; slowest tasks ${slowest
      .map(({ processor, wall }) => `${processor.toFixed(0)} (${wall.toFixed(0)})`)
      .join(', ')} ms of the processor (and in all)`,
  );
  found.times = Math.min(...views) / parsed;
  found.task = slowest[0]?.processor ?? Infinity;
} finally {
  await browser.close();
  await server.close();
  rmSync(dirname(file), { recursive: true });
}

for (const [name, limit] of Object.entries(LIMITS)) {
  const value = found[name as keyof typeof LIMITS];
  const passed = value <= limit;
  console.log(`${passed ? 'pass' : 'fail'}: ${name} ${value.toFixed(1)}, at most ${limit}`);
  if (!passed && process.argv.includes('--strict')) process.exitCode = 1;
}
