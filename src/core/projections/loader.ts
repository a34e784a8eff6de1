/** Makes the projections of a session that was read ready without holding the page up, in slices of time. */
import type { Clock } from '../base/clock.ts';
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import { Projector } from './index.ts';
import type { NewEvent } from '../session/event.ts';
import { SessionLog } from '../session/log.ts';
import { momentsOf } from '../session/moments.ts';

export interface LoadOptions {
  readonly now: Clock;
  /** Lets others run: called when `every` ms of work are done. */
  readonly pause: () => Promise<void>;
  /** Milliseconds of work between pauses; 12 when left out. */
  readonly every?: number;
  /** Told the part that is done, 0 to 1, at each pause. */
  readonly progress?: (part: number) => void;
  /** Once this is true the load ends, with a Problem that says so. */
  readonly cancelled?: () => boolean;
  readonly log?: SessionLog;
}

export interface LoadedSession {
  readonly log: SessionLog;
  /** Ready for any moment of the log. */
  readonly projector: Projector;
}

const CANCELLED: Problem = { message: 'The session was not opened: it was cancelled.' };
/** Of a load: what appending takes; the rest is for the projections. */
const APPENDED = 0.2;
/** Events between two looks at the clock. */
const BATCH = 64;

export const loadInSlices = (
  events: readonly NewEvent[],
  options: LoadOptions,
): Promise<Result<LoadedSession>> => inSlices(load(events, options.log ?? new SessionLog()), options);

/** Takes the steps of a work, with pauses; a step may say which part is done. */
export async function inSlices<T>(
  steps: Generator<number | undefined, T, void>,
  { now, pause, every = 12, progress, cancelled }: LoadOptions,
): Promise<Result<T>> {
  let since = now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return ok(step.value);
    if (now() - since < every) continue;
    if (step.value !== undefined) progress?.(step.value);
    await pause();
    if (cancelled?.()) return fail(CANCELLED);
    since = now();
  }
}

/** Yields the part that is done after each small piece of work. */
function* load(events: readonly NewEvent[], log: SessionLog): Generator<number, LoadedSession, void> {
  const part = (from: number, to: number, done: number): number =>
    from + ((to - from) * done) / events.length;
  for (const [place, event] of events.entries()) {
    log.append(event);
    if (place % BATCH !== 0) continue;
    momentsOf(log.events);
    yield part(0, APPENDED, place);
  }
  const projector = new Projector(log);
  for (let index = 0; index <= events.length; index += BATCH) {
    projector.prepare(index);
    yield part(APPENDED, 1, index);
  }
  projector.prepare(events.length);
  return { log, projector };
}
