/** Opens a saved session without holding the page up: reads, and makes the projections ready, in slices of time. */
import type { Clock } from '../base/clock.ts';
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import { Projector } from './index.ts';
import { sessionReader } from '../session/codec.ts';
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
  readonly notices: readonly string[];
}

const CANCELLED: Problem = { message: 'The session was not opened: it was cancelled.' };
/** Of a load: what reading takes, then appending; the rest is for the projections. */
const READ = 0.5;
const APPENDED = 0.6;
/** Events between two looks at the clock. */
const BATCH = 64;

/** Of a text in parts, as they came. */
export async function loadInSlices(
  parts: readonly string[],
  options: LoadOptions,
): Promise<Result<LoadedSession>> {
  const steps = load(parts, options.log ?? new SessionLog());
  const { now, pause, every = 12, progress, cancelled } = options;
  let since = now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (now() - since < every) continue;
    progress?.(step.value);
    await pause();
    if (cancelled?.()) return fail(CANCELLED);
    since = now();
  }
}

/** Yields the part that is done after each small piece of work. */
function* load(parts: readonly string[], log: SessionLog): Generator<number, Result<LoadedSession>> {
  const reader = sessionReader(parts);
  let step = reader.next();
  for (; !step.done; step = reader.next()) yield step.value * READ;
  if (!step.value.ok) return step.value;
  const { events, notices } = step.value.value;
  const part = (from: number, to: number, done: number): number =>
    from + ((to - from) * done) / events.length;
  for (const [place, event] of events.entries()) {
    log.append(event);
    if (place % BATCH !== 0) continue;
    momentsOf(log.events);
    yield part(READ, APPENDED, place);
  }
  const projector = new Projector(log);
  for (let index = 0; index <= events.length; index += BATCH) {
    projector.at(index);
    yield part(APPENDED, 1, index);
  }
  projector.at(events.length);
  return ok({ log, projector, notices });
}
