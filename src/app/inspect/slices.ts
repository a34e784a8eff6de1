/** Works on the slices of an inspection a while, then lets the page have its turn. */
import type { Inspection, Progress } from '../../core/sdp/inspect.ts';

export { finish } from '../../core/base/finish.ts';
export { inspectForBrowsersInSlices } from '../../core/sdp/inspect-for-browsers.ts';

/** Milliseconds of work before others get their turn. */
const BUDGET = 10;

/** A stretch of work on the page, however many things it is spent on. */
export class Turn {
  #until = performance.now() + BUDGET;

  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** What the page draws when it is told is a task of its own. Gives back what `report` does: false ends the work. */
  async pass(report: () => boolean): Promise<boolean> {
    await pause();
    const goesOn = report();
    await pause();
    this.#until = performance.now() + BUDGET;
    return goesOn;
  }
}

export const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Works a while, pauses, and so on to the end; undefined when it was ended early. */
export async function drive(
  steps: Generator<Progress, Inspection, void>,
  turn: Turn,
  report: (progress: Progress) => boolean,
): Promise<Inspection | undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (turn.isOver && !(await turn.pass(() => report(step.value)))) return undefined;
  }
}
