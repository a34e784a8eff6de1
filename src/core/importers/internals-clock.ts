/**
 * Chromium takes the times of getStats from a clock that stands still while the machine sleeps, those of events from one
 * that does not. After a sleep the readings lie in the past of the events.
 */
import type { Reading } from './internals-readings.ts';
import type { LogTimes } from './internals-times.ts';

/** Polled each second: a last reading so much older than the dump itself was read by a clock that had stood still. */
const NOTICEABLE = 10_000;

/** From a time of getStats to the clock of the events. `savedAt`: when the dump was made, or 0. */
export function wakingShift(
  { times }: LogTimes,
  readings: readonly Reading[],
  savedAt: number,
): (time: number) => number {
  const lastRead = readings.at(-1)?.time;
  const lastTold = times.at(-1);
  if (lastRead === undefined || lastTold === undefined) return same;
  const behind = Math.max(savedAt, lastTold) - lastRead;
  if (behind < NOTICEABLE) return same;
  // Asleep no event comes: the silence is at least as long as the clocks are apart.
  const woken = times.findIndex(
    (time, index) => index > 0 && time - times[index - 1]! >= behind && time > lastRead,
  );
  if (woken < 0) return same;
  const wokenAt = times[woken]!;
  return (time) => (time >= wokenAt - behind && time > times[woken - 1]! ? time + behind : time);
}

const same = (time: number): number => time;
