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
/** As much as a negotiation holds. */
const RICH = 8;

/** The session cut at its idle gaps into at most `most` stretches; where there are more, the least is lost by joining. */
export function burstsOf(events: readonly SessionEvent[], most: number): readonly Burst[] {
  const bursts = cut(events, longest(idleGaps(events), COMPARED));
  while (bursts.length > Math.max(1, most)) joinCheapest(bursts);
  for (let at = bursts.length - 2; at >= 0; at--)
    if (!isWorthIt(bursts[at]!, bursts[at + 1]!)) joinAt(bursts, at);
  return bursts;
}

function longest(gaps: readonly Gap[], count: number): readonly Gap[] {
  if (gaps.length <= count) return gaps;
  const lengths = gaps.map((gap) => gap.to - gap.from).sort((a, b) => b - a);
  // The first one parts how the session began from the rest: it always takes part.
  return gaps.filter((gap, at) => at === 0 || gap.to - gap.from > lengths[count]!);
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
  joinAt(bursts, cheapest);
}

const joinAt = (bursts: Burst[], at: number): void => {
  bursts.splice(at, 2, join(bursts[at]!, bursts[at + 1]!));
};

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
  const loss = (burst: Burst): number => Math.sqrt(share(burst)) * Math.log(whole / length(burst));
  return loss(first) + loss(second);
}

/** What a burst may claim: twice the width for four times the events, so that a long call does not crowd out its start. */
export const share = (burst: Burst): number => Math.sqrt(Math.max(burst.weight, 0.01));

/** A gap is worth a break when it is a good part of what lies around it, or when it parts the fast from the slow. */
function isWorthIt(first: Burst, second: Burst): boolean {
  const whole = length(join(first, second));
  const shorter = length(first) < length(second) ? first : second;
  const isFast = length(shorter) < whole / 1000 && shorter.weight >= RICH;
  return isFast || second.from - first.to > whole / 20;
}

export const length = (burst: Burst): number => Math.max(SHORTEST, burst.to - burst.from);
