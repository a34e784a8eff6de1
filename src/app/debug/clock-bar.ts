/** One clock from two, drawn: what each message says of how far the second clock is ahead, and what is left between. */
import { scaleLinear } from 'd3';
import type { ClockBound } from '../../core/importers/both-ends.ts';

export interface ClockBar {
  /** Each bound at its place. */
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** What is left, and its middle; null where it is open to one side. */
  readonly left: { readonly from: number; readonly to: number; readonly middle: number } | null;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

/** Bounds that lie further out than this many times the width of what is left are not drawn. */
const FAR = 3;

export function layoutClock(bounds: readonly ClockBound[], width: number): ClockBar | null {
  const values = (side: ClockBound['side']): readonly number[] =>
    bounds.filter((one) => one.side === side).map(({ ahead }) => ahead);
  const [least, most] = [values('least'), values('most')];
  if (least.length + most.length === 0) return null;
  const [low, high] = [Math.max(...least), Math.min(...most)];
  const isClosed = Number.isFinite(low) && Number.isFinite(high) && low <= high;
  const [from, to] = isClosed ? [low, high] : [Math.min(...least, ...most), Math.max(...least, ...most)];
  const room = Math.max(0.2, (to - from) * FAR);
  const near = [...least, ...most].filter((value) => value >= from - room && value <= to + room);
  const pad = Math.max(0.1, (Math.max(...near) - Math.min(...near)) * 0.06);
  const scale = scaleLinear([Math.min(...near) - pad, Math.max(...near) + pad], [0, width]);
  const place = (list: readonly number[]): readonly number[] =>
    list.filter((value) => near.includes(value)).map((value) => scale(value));
  const count = Math.max(2, Math.floor(width / 90));
  return {
    least: place(least),
    most: place(most),
    left: isClosed ? { from: scale(low), to: scale(high), middle: scale((low + high) / 2) } : null,
    ticks: scale.ticks(count).map((value) => ({ x: scale(value), text: scale.tickFormat(count)(value) })),
  };
}
