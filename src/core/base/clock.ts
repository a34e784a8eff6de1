/** Milliseconds since some fixed moment. */
export type Clock = () => number;

/**
 * A clock for recording: milliseconds with three decimals, and each reading later than the one before, so that events
 * of one page keep the order in which they happened even where the browser's own clock is coarse.
 */
export function recordingClock(now: Clock): Clock {
  let last = -Infinity;
  return () => {
    last = roundTime(Math.max(now(), last + 0.001));
    return last;
  };
}

/** Times are kept to the microsecond, which survives saving as differences. */
export const roundTime = (ms: number): number => Math.round(ms * 1000) / 1000;
