/**
 * How long the page is held up while it opens a session of 100,000 events: the tasks of over 50 ms that Chromium itself
 * counts (Long Tasks API) from the choice of the file until the stage stands, then over jumps across all of it.
 * `npx vite build && npx tsx tests/bench/open.bench.ts [--events=100000]`; prints pass or fail. On demand: a busy machine
 * makes every task longer.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { writeSession } from '../../src/core/session/codec.ts';
import { startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import { longSession } from './long-session.ts';

const LONGEST = 50;
const JUMPS = 20;
const count = Number(process.argv.find((word) => word.startsWith('--events='))?.slice(9) ?? 100_000);

/** Milliseconds. */
interface Task {
  readonly at: number;
  readonly took: number;
}

declare global {
  interface Window {
    longTasks: Task[];
  }
}

const file = join(mkdtempSync(join(tmpdir(), 'icescope-')), 'long.txt');
writeFileSync(file, writeSession(longSession(count).events));
const server = await startServer({ port: 0, stunPort: 0 });
const browser = await launchBrowser('chromium');
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  await page.waitForTimeout(1000);
  await watch(page);
  const opening = await tasksOf(page, () => open(page));
  const jumping = await tasksOf(page, () => jump(page));
  const longest = Math.max(report('opening', opening), report('jumping', jumping));
  console.log(longest <= LONGEST ? 'pass' : `fail: no task may take more than ${LONGEST} ms`);
  if (longest > LONGEST) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
  rmSync(dirname(file), { recursive: true });
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.longTasks.push({ at: startTime, took: duration });
    }).observe({ type: 'longtask' });
  });
}

async function tasksOf(page: Page, act: () => Promise<void>): Promise<readonly Task[]> {
  const since = await page.evaluate(() => performance.now());
  await act();
  await page.waitForTimeout(500);
  const tasks = await page.evaluate(() => window.longTasks.splice(0));
  return tasks.map(({ at, took }) => ({ at: at - since, took }));
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

/** Prints the tasks; gives back the longest. */
function report(what: string, tasks: readonly Task[]): number {
  const longest = Math.max(0, ...tasks.map(({ took }) => took));
  const list = tasks.map(({ at, took }) => `${took} ms at ${at.toFixed(0)}`).join(', ');
  console.log(`${what}: ${tasks.length} tasks over 50 ms${list && `: ${list}`}`);
  return longest;
}
