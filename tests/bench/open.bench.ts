/**
 * How long the page is held up while it opens a session of 100,000 events, and while the cursor jumps across all of it:
 * the tasks of the page's main thread as Chromium traces them. What counts is the processor time of a task, which is
 * what it takes on a machine that does nothing else; what it took on this one stands beside it.
 * `npx vite build && npx tsx tests/bench/open.bench.ts [--events=100000] [--strict]`; prints pass or fail.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { writeSession } from '../../src/core/session/codec.ts';
import { startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import { tasksOf, type Task } from '../support/tasks.ts';
import { longSession } from './long-session.ts';

const LONGEST = 50;
const JUMPS = 20;
const count = Number(process.argv.find((word) => word.startsWith('--events='))?.slice(9) ?? 100_000);

const file = join(mkdtempSync(join(tmpdir(), 'icescope-')), 'long.txt');
writeFileSync(file, writeSession(longSession(count).events));
const server = await startServer({ port: 0, stunPort: 0 });
const browser = await launchBrowser('chromium');
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  await page.waitForTimeout(1000);
  const opening = await tasksOf(page, () => open(page));
  const jumping = await tasksOf(page, () => jump(page));
  const longest = Math.max(report('opening', opening), report('jumping', jumping));
  const passed = longest <= LONGEST;
  console.log(`${passed ? 'pass' : 'fail'}: no task may take more than ${LONGEST} ms`);
  if (!passed && process.argv.includes('--strict')) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
  rmSync(dirname(file), { recursive: true });
}

async function open(page: Page): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText('A recorded session').waitFor({ timeout: 120_000 });
}

/** Clicks on the timeline, far from each other. */
async function jump(page: Page): Promise<void> {
  const box = (await page.locator('svg.timeline').boundingBox())!;
  for (let place = 1; place <= JUMPS; place++) {
    const part = (place * 0.6180339887) % 1;
    await page.mouse.click(box.x + 170 + part * (box.width - 200), box.y + 10);
    await page.waitForTimeout(100);
  }
}

/** Prints the longest tasks; gives back the longest. */
function report(what: string, tasks: readonly Task[]): number {
  const slowest = tasks.toSorted((a, b) => b.processor - a.processor).slice(0, 5);
  const list = slowest
    .map(({ processor, wall }) => `${processor.toFixed(0)} (${wall.toFixed(0)})`)
    .join(', ');
  console.log(`${what}: ${tasks.length} tasks, the longest ${list} ms of processor time (and in all)`);
  return slowest[0]?.processor ?? Infinity;
}
