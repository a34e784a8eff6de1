/** Works on the slices of an inspection a while, then lets the page have its turn. */
import type { Inspection, Progress } from '../../core/sdp/inspect.ts';

export { finish } from '../../core/base/finish.ts';
export { inspectForBrowsersInSlices } from '../../core/sdp/inspect-for-browsers.ts';

interface Drive {
  /** Milliseconds of work before others get their turn. */
  readonly budget: number;
  readonly now: () => number;
  readonly pause: () => Promise<void>;
  /** Told between two stretches of work; `false` ends the work. */
  readonly report: (progress: Progress) => boolean;
}

/** Works a while, pauses, and so on to the end; undefined when it was ended early. */
export async function drive(
  steps: Generator<Progress, Inspection, void>,
  { budget, now, pause, report }: Drive,
): Promise<Inspection | undefined> {
  let until = now() + budget;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (now() < until) continue;
    // What the page draws when it is told is a task of its own.
    await pause();
    if (!report(step.value)) return undefined;
    await pause();
    until = now() + budget;
  }
}
