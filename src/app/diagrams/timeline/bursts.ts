import type { SessionEvent } from '../../../core/session/event.ts';
import { momentsOf } from '../../../core/session/moments.ts';
import { type Gap, idleGaps } from '../../../core/session/playback.ts';

/** A stretch in which things happen, in ms. */
export interface Burst {
  readonly from: number;
  readonly to: number;
  /** How much of the story it holds. */
  readonly weight: number;
}

/** Shorter than this a stretch is not drawn, so that even a single event has some time around it. */
export const SHORTEST = 2;
/** More gaps than this are not compared one by one. */
const COMPARED = 64;

/** The session cut at its idle gaps into at most `most` stretches; where there are more, the least is lost by joining. */
export function burstsOf(events: readonly SessionEvent[], most: number): readonly Burst[] {
  const bursts = cut(events, longest(idleGaps(events), COMPARED));
  while (bursts.length > Math.max(1, most)) joinCheapest(bursts);
  return bursts;
}

function longest(gaps: readonly Gap[], count: number): readonly Gap[] {
  if (gaps.length <= count) return gaps;
  const lengths = gaps.map((gap) => gap.to - gap.from).sort((a, b) => b - a);
  return gaps.filter((gap) => gap.to - gap.from > lengths[count]!);
}

function cut(events: readonly SessionEvent[], gaps: readonly Gap[]): Burst[] {
  const { times, weights } = momentsOf(events);
  const starts = [0, ...gaps.map((gap) => gap.to)];
  const ends = [...gaps.map((gap) => gap.from), times.at(-1) ?? 0];
  const sums = starts.map(() => 0);
  let burst = 0;
  times.forEach((time, at) => {
    while (burst < gaps.length && time >= gaps[burst]!.to) burst++;
    sums[burst]! += weights[at]!;
  });
  return starts.map((from, place) => ({ from, to: ends[place]!, weight: sums[place]! }));
}

function joinCheapest(bursts: Burst[]): void {
  let cheapest = 0;
  for (let at = 1; at < bursts.length - 1; at++) if (cost(bursts, at) < cost(bursts, cheapest)) cheapest = at;
  const [first, second] = bursts.slice(cheapest, cheapest + 2) as [Burst, Burst];
  bursts.splice(cheapest, 2, join(first, second));
}

const join = (first: Burst, second: Burst): Burst => ({
  from: first.from,
  to: second.to,
  weight: first.weight + second.weight,
});

/** How much smaller the events of two neighbours get when they share one scale. */
function cost(bursts: readonly Burst[], at: number): number {
  const first = bursts[at]!;
  const second = bursts[at + 1]!;
  const whole = length(join(first, second));
  return first.weight * Math.log(whole / length(first)) + second.weight * Math.log(whole / length(second));
}

export const length = (burst: Burst): number => Math.max(SHORTEST, burst.to - burst.from);
