/**
 * When things happened, without the readings of getStats: those are no moments of the story. What asks for it again and
 * again (gaps, scale, unit) would otherwise walk through a hundred thousand events each time.
 */
import type { SessionEvent } from './event.ts';

export interface Moments {
  /** Milliseconds, rising. */
  readonly times: readonly number[];
  /** How much of the story each one is. */
  readonly weights: readonly number[];
}

export const isMoment = (event: SessionEvent): boolean => event.type !== 'getStats';

/** What is said over the data channel is told elsewhere, and packets come by the hundred: four of them count as one. */
const weightOf = ({ type }: SessionEvent): number =>
  type === ':data.sent' || type === ':data.received' || type === ':packet' ? 0.25 : 1;

interface Known {
  readonly times: number[];
  readonly weights: number[];
  /** The events read so far, and the last of them. */
  count: number;
  last: SessionEvent | undefined;
}

const known = new WeakMap<readonly SessionEvent[], Known>();

/** Reads on where it stopped for this list; all of it again when events came in between. */
export function momentsOf(events: readonly SessionEvent[]): Moments {
  let moments = known.get(events);
  if (!moments || events[moments.count - 1] !== moments.last) {
    moments = { times: [], weights: [], count: 0, last: undefined };
    known.set(events, moments);
  }
  for (; moments.count < events.length; moments.count++) {
    const event = events[moments.count]!;
    moments.last = event;
    if (!isMoment(event)) continue;
    moments.times.push(event.at);
    moments.weights.push(weightOf(event));
  }
  return moments;
}
