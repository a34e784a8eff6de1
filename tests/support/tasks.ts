/** The tasks of a page's main thread, as Chromium traces them. */
import type { Browser, Page } from 'playwright';

/** Milliseconds. What a task takes of the processor is what it takes on a machine that does nothing else. */
export interface Task {
  readonly processor: number;
  readonly wall: number;
}

/** The tasks of the page's own process; those of the test's script in the page are among them, and short. */
export async function tasksOf(page: Page, act: () => Promise<void>): Promise<readonly Task[]> {
  const browser: Browser = page.context().browser()!;
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  await act();
  await page.waitForTimeout(500);
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const isMain = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && isMain.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ processor: tdur / 1000, wall: dur / 1000 }));
}

/** Of Chromium's trace format; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
