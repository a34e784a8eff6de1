import type { Pair, PairState } from '../../../core/projections/pairs.ts';
import type { Pen } from './pen.ts';
import type { Bar, Look, Segment } from './marks.ts';
import { type Checklist, type Entry, spansOf } from './model.ts';

/** A stretch of time is drawn at least this wide, so that it is seen. */
const LEAST = 2;
/** The unknown since the last reading is drawn from this width on. */
const ASSUMED = 4;

/** The pair's life up to the cursor: solid to the last reading, a dashed line from there on. */
export function barOf(
  { pair, isEarlier, selectedAt }: Entry,
  { lastReadAt, closedAt }: Checklist,
  y: number,
  { axis, time }: Pen,
): Bar {
  const now = Math.min(time, closedAt ?? time, (isEarlier ? pair.goneAt : null) ?? time);
  const read = Math.min(lastReadAt ?? now, now);
  const last = pair.spans.at(-1);
  const ended = last && (last.state === 'failed' || last.state === 'cancelled') ? last : null;
  const from = axis.x(read);
  const to = axis.x(now);
  const flagAt = selectedAt ?? pair.nominatedAt;
  return {
    y,
    segments: segmentsOf(spansOf(pair, selectedAt), read, axis.x),
    ticks: ticksOf(pair, axis.x),
    flag: flagAt === null ? null : axis.x(flagAt),
    fail: ended?.state === 'failed' ? axis.x(ended.from) : null,
    stop: ended?.state === 'cancelled' ? axis.x(ended.from) : null,
    assumed: ended === null && to - from >= ASSUMED ? [from, to] : null,
  };
}

function segmentsOf(spans: Pair['spans'], until: number, x: (time: number) => number): Segment[] {
  return spans.flatMap(({ state, from }, at) => {
    const look = lookOf(state);
    if (look === null) return [];
    const [x1, x2] = [x(from), x(spans[at + 1]?.from ?? until)];
    return [{ look, x1, x2: Math.max(x2, x1 + LEAST) }];
  });
}

/** Failed and cancelled pairs have no bar: a mark ends it. */
function lookOf(state: PairState): Look | null {
  if (state === 'failed' || state === 'cancelled') return null;
  const known: readonly Look[] = ['frozen', 'waiting', 'in-progress', 'succeeded'];
  return known.find((look) => look === state) ?? 'other';
}

/** One tick for each pixel at most. */
function ticksOf({ activity }: Pair, x: (time: number) => number): number[] {
  const asked = activity.filter(({ requests, responses }) => Math.max(requests, responses) > 0);
  return [...new Set(asked.map(({ until }) => Math.round(x(until))))];
}
