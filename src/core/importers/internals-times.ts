/**
 * When the entries of `updateLog` happened. `timestamp` says it from about Chromium 138 on; before, only `time` does, in
 * whatever way the reader's system writes dates: only its time of day is told, and the statistics say of which day.
 */
import { type JsonObject } from './importer.ts';

export interface LogTimes {
  /** Milliseconds since 1970, one an entry, never falling where they come from text; of the day 0 where `isDated` is false. */
  readonly times: readonly number[];
  /** Whether the day is known. */
  readonly isDated: boolean;
  /** Whether they are told in milliseconds, in seconds, or only by their order. */
  readonly precision: 'milliseconds' | 'seconds' | 'order';
}

/** `firstReading`: when the statistics of the connection begin, in ms since 1970, if they do. */
export function timesOfLog(entries: readonly JsonObject[], firstReading: number | undefined): LogTimes {
  const stamps = entries.map(({ timestamp }) => (typeof timestamp === 'number' ? timestamp : NaN));
  if (stamps.every(Number.isFinite)) return { times: stamps, isDated: true, precision: 'milliseconds' };
  const texts = entries.map(({ time }) => (typeof time === 'string' ? time : ''));
  const zoned = texts.map((text) =>
    /(?:GMT|UTC)?[+-]\d{2}:?\d{2}\b|\dZ$/.test(text) ? Date.parse(text) : NaN,
  );
  if (zoned.every(Number.isFinite)) return { times: rising(zoned), isDated: true, precision: 'seconds' };
  const clock = texts.map(timeOfDay);
  if (!clock.every(Number.isFinite))
    return {
      times: entries.map((_, index) => (firstReading ?? 0) + index),
      isDated: false,
      precision: 'order',
    };
  const times = rising(throughMidnight(clock));
  if (firstReading === undefined) return { times, isDated: false, precision: 'seconds' };
  const offset = Math.round((firstReading - times[0]!) / ZONE) * ZONE;
  return { times: times.map((time) => time + offset), isDated: true, precision: 'seconds' };
}

/** Time zones differ by quarters of an hour, and polling begins within seconds of the first event. */
const ZONE = 15 * 60_000;
const DAY = 86_400_000;

/** Milliseconds since midnight: `10:46:48 AM`, `22:46:48`, `22.46.48`. */
function timeOfDay(text: string): number {
  const [, hours, minutes, seconds, half] =
    /(?:^|\D)(\d{1,2})[:.](\d{2})[:.](\d{2})(?:\s*([ap])\.?\s?m\b)?(?!.*\d[:.]\d{2})/i.exec(
      text.replace(/[\u202f\u00a0]/g, ' '),
    ) ?? [];
  if (hours === undefined) return NaN;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function throughMidnight(clock: readonly number[]): readonly number[] {
  let days = 0;
  return clock.map((time, index) => {
    if (index > 0 && time < clock[index - 1]! - DAY / 2) days++;
    return time + days * DAY;
  });
}

/** The order is certain, the times are not. */
function rising(times: readonly number[]): readonly number[] {
  let most = -Infinity;
  return times.map((time) => (most = Math.max(most, time)));
}
