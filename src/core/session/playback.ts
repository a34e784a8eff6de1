/**
 * The arithmetic of playing a session. A cursor is a time and a count of events, since several events can share a
 * time: stepping moves through them one by one, playing and scrubbing move the time. Readings of getStats are no moments
 * of the story: stepping passes over them, and a stretch that holds nothing else is idle.
 */
import type { SessionEvent } from './event.ts';
import { isMoment, momentsOf } from './moments.ts';

export interface Cursor {
  /** Milliseconds since the session began. */
  readonly time: number;
  /** How many events have happened. */
  readonly index: number;
}

/** A stretch without events, in ms. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Where a key or a hand on the slider wants to go. */
export type Move =
  'next' | 'previous' | 'page forward' | 'page back' | 'start' | 'end' | { readonly time: number };

export const START: Cursor = { time: 0, index: 0 };
export const SPEEDS: readonly number[] = [1, 1 / 10, 1 / 50, 1 / 200, 1 / 1000];

/** A silence of less than a tenth of a second belongs to the story (a round trip, a pause while gathering); of more than a second, never. */
const IDLE = { least: 100, most: 1000 };
/** Wall time that a squeezed gap may take. */
const GAP_WALL = 600;
/** Wall time of a replay. */
const REPLAY_WALL = 9000;

const KEYS: Readonly<Record<string, Move>> = {
  ArrowRight: 'next',
  ArrowUp: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'previous',
  PageUp: 'page forward',
  PageDown: 'page back',
  Home: 'start',
  End: 'end',
};

/** The keys of a slider (ARIA Authoring Practices, Slider Pattern); null for any other key. */
export const moveOfKey = (key: string): Move | null => (Object.hasOwn(KEYS, key) ? KEYS[key]! : null);

/** The cursor just after the next event; at the end it stays where it is. */
export function nextMoment(events: readonly SessionEvent[], cursor: Cursor, count = 1): Cursor {
  let at = cursor;
  for (let place = cursor.index; place < events.length && count > 0; place++) {
    if (!isMoment(events[place]!)) continue;
    at = { time: events[place]!.at, index: place + 1 };
    count--;
  }
  return at;
}

/** The cursor one event earlier; from between two events, back to the moment of the earlier one. */
export function previousMoment(events: readonly SessionEvent[], cursor: Cursor, count = 1): Cursor {
  for (let place = cursor.index; place > 0; place--) {
    const event = events[place - 1]!;
    const isHere = place === cursor.index && event.at === cursor.time;
    if (isHere || !isMoment(event)) continue;
    if (--count === 0) return { time: event.at, index: place };
  }
  return START;
}

/** So many events are looked at for one that changes something: a long session stays quick. */
const LOOK_AHEAD = 400;

/**
 * The cursor just after the next event that changes what `words` says of a cursor: one press, one visible change. A reading
 * of getStats that has news is such a one too.
 */
export function nextChange(
  events: readonly SessionEvent[],
  cursor: Cursor,
  words: (cursor: Cursor) => string,
): Cursor {
  const before = words(cursor);
  let at = cursor;
  for (let looked = 0; looked < LOOK_AHEAD; looked++) {
    const event = events[at.index];
    if (!event) break;
    at = { time: event.at, index: at.index + 1 };
    if (words(at) !== before) break;
  }
  return at;
}

const oneBefore = (events: readonly SessionEvent[], { index }: Cursor): Cursor =>
  index <= 1 ? START : { time: events[index - 2]!.at, index: index - 1 };

/** The cursor at the change before this one: where `nextChange` would have stopped last. */
export function previousChange(
  events: readonly SessionEvent[],
  cursor: Cursor,
  words: (cursor: Cursor) => string,
): Cursor {
  let at = oneBefore(events, cursor);
  for (let looked = 0; looked < LOOK_AHEAD && at.index > 0; looked++) {
    const before = oneBefore(events, at);
    if (words(before) !== words(at)) break;
    at = before;
  }
  return at;
}

/** Ten events, or a twentieth of a long session. */
export const pageOf = (events: readonly SessionEvent[]): number =>
  Math.max(10, Math.round(events.length / 20));

/**
 * The stretches in which nothing happened for long: a tenth of a second, or in a story that itself takes longer a quarter
 * of the time in which things happen, but at most a second.
 */
export function idleGaps(events: readonly SessionEvent[]): readonly Gap[] {
  const { times } = momentsOf(events);
  const silences: Gap[] = [];
  let before = 0;
  for (const time of times) {
    if (time - before >= IDLE.least) silences.push({ from: before, to: time });
    before = time;
  }
  const busy = before - lengthOf(silences);
  const idle = Math.min(Math.max(busy / 4, IDLE.least), IDLE.most);
  return silences.filter(({ from, to }) => to - from >= idle);
}

const lengthOf = (gaps: readonly Gap[]): number => gaps.reduce((sum, { from, to }) => sum + to - from, 0);

export interface Pace {
  /** Milliseconds of the session per millisecond of the watcher. */
  readonly speed: number;
  /** In order; each is passed in at most 0.6 s. Leave out to play them in full. */
  readonly gaps?: readonly Gap[];
}

/** Where a cursor at `time` stands `wall` ms later. */
export function advance(time: number, wall: number, { speed, gaps = [] }: Pace): number {
  let now = time;
  let left = wall;
  for (let at = firstGapAfter(gaps, now); left > 0; at++) {
    const gap = gaps[at];
    const until = gap ? Math.max(gap.from, now) : Infinity;
    const before = (until - now) / speed;
    if (!gap || before >= left) return now + left * speed;
    const fast = Math.max(speed, (gap.to - gap.from) / GAP_WALL);
    left -= before;
    const inside = (gap.to - until) / fast;
    if (inside >= left) return until + left * fast;
    left -= inside;
    now = gap.to;
  }
  return now;
}

function firstGapAfter(gaps: readonly Gap[], time: number): number {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (gaps[middle]!.to <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The speed at which the time from `from` to `to` is watched in about nine seconds, as a round number of times slower. */
export function replaySpeed(from: number, to: number, gaps: readonly Gap[] = []): number {
  const within = gaps.filter((gap) => gap.from >= from && gap.to <= to);
  const wall = Math.max(REPLAY_WALL / 3, REPLAY_WALL - GAP_WALL * within.length);
  const story = to - from - lengthOf(within);
  return story <= 0 ? 1 : 1 / roundTimes(wall / story);
}

const ROUND = [1, 1.5, 2, 3, 4, 5, 7, 10];

function roundTimes(times: number): number {
  if (times <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(times));
  const distance = (step: number): number => Math.abs(Math.log(times / (power * step)));
  const nearest = ROUND.reduce((best, step) => (distance(step) < distance(best) ? step : best));
  return Math.max(1, Math.round(power * nearest));
}
