/**
 * A time axis for what happens in a few short bursts, as gathering and checks do: each burst gets width by its length,
 * and what lies between is a break of 8 px that says how long it is.
 */
import { precisionFixed, scaleLinear, sum, tickStep, ticks } from 'd3';
import { grouped } from '../../format/words.ts';
import { type Label, textWidth } from './labels.ts';

/** From and to, in ms since the session began. */
export type Stretch = readonly [number, number];

export interface Axis {
  readonly left: number;
  readonly right: number;
  /** Times outside the axis end at its edges. */
  readonly x: (time: number) => number;
  /** Where a vertical line of the grid stands. */
  readonly grid: readonly number[];
  /** Left edges of the breaks. */
  readonly breaks: readonly number[];
  /** Ticks and lengths of the breaks, at the baseline that was asked for. */
  readonly labels: readonly Label[];
}

export const BREAK = 8;
const TICKS_APART = 54;
/** No burst is drawn narrower. */
const NARROWEST = 70;
/** Bursts that lie nearer than this many times their summed length are one. */
const NEAR = 1.5;

interface Burst {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

export function plotAxis(stretches: readonly Stretch[], left: number, right: number, baseline: number): Axis {
  const bursts = place(merge(stretches, Math.floor((right - left) / NARROWEST)), left, right);
  const x = scaleLinear()
    .domain(bursts.flatMap(({ from, to }) => [from, to]))
    .range(bursts.flatMap((burst) => [burst.left, burst.right]))
    .clamp(true);
  const marks = bursts.flatMap((burst, at) => ticksOf(burst, at === 0));
  const texts = marks.map(({ time, text }) => tickLabel(x(time), baseline, text));
  const lengths = bursts.slice(1).map((burst, at) => ({
    ...tickLabel(burst.left - BREAK / 2, baseline, `+${grouped(Math.round(burst.from - bursts[at]!.to))}`),
    rank: 2,
  }));
  return {
    left,
    right,
    x,
    grid: marks.map(({ time }) => x(time)),
    breaks: bursts.slice(1).map((burst) => burst.left - BREAK),
    labels: [...lengths, ...texts.filter((tick) => lengths.every((other) => isApart(tick, other)))],
  };
}

/** Room between the length of a break and a tick. */
const AIR = 8;
const isApart = (a: Label, b: Label): boolean =>
  Math.abs(a.x - b.x) >= (textWidth(a) + textWidth(b)) / 2 + AIR;

/** In order and apart from each other, at most `most` of them; at least one. */
function merge(stretches: readonly Stretch[], most: number): Stretch[] {
  const sorted = stretches.filter((one) => one.every(Number.isFinite)).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, Math.max(to, from)]);
  }
  const near = NEAR * sum(merged, ([from, to]) => to - from) + 5;
  while (merged.length > 1) {
    const at = nearest(merged);
    if (merged.length <= most && gapAfter(merged, at) > near) break;
    merged.splice(at, 2, [merged[at]![0], merged[at + 1]![1]]);
  }
  return merged.length > 0 ? merged.map(([from, to]) => [from, Math.max(to, from + 1)]) : [[0, 1]];
}

const gapAfter = (stretches: readonly Stretch[], at: number): number =>
  stretches[at + 1]![0] - stretches[at]![1];

function nearest(stretches: readonly Stretch[]): number {
  let best = 0;
  for (let at = 1; at < stretches.length - 1; at++)
    if (gapAfter(stretches, at) < gapAfter(stretches, best)) best = at;
  return best;
}

function place(stretches: readonly Stretch[], left: number, right: number): Burst[] {
  const room = Math.max(1, right - left - BREAK * (stretches.length - 1));
  const least = Math.min(NARROWEST, room / stretches.length);
  const spare = room - least * stretches.length;
  const total = sum(stretches, ([from, to]) => to - from);
  let at = left;
  return stretches.map(([from, to]) => {
    const width = least + (spare * (to - from)) / total;
    const burst = { from, to, left: at, right: at + width };
    at += width + BREAK;
    return burst;
  });
}

function ticksOf({ from, to, left, right }: Burst, isFirst: boolean): { time: number; text: string }[] {
  const count = Math.max(1, Math.floor((right - left) / TICKS_APART));
  const digits = precisionFixed(tickStep(from, to, count));
  return ticks(from, to, count).map((time, at) => {
    const text = grouped(time, digits);
    return { time, text: isFirst && at === 0 ? `${text} ms` : text };
  });
}

const tickLabel = (x: number, y: number, text: string): Label => ({
  text,
  x,
  y,
  size: 11,
  anchor: 'middle',
  mono: true,
  tone: 'ink-3',
  rank: 1,
});
