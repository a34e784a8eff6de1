/** Time in pixels: a session is cut at its idle gaps into bursts, and each is drawn at a density of its own. */
import type { SessionEvent } from '../../../core/session/event.ts';
import { bisectRight, sum, ticks, tickStep } from 'd3';
import { clockTotal, lengthText, type Unit, unitOf } from './units.ts';
import { grouped } from '../../format/words.ts';
import { momentsOf } from '../../../core/session/moments.ts';
import { textWidth } from '../parts/labels.ts';
import { type Gap, idleGaps } from '../../../core/session/playback.ts';

/** A stretch in which things happen, in ms. */
interface Burst {
  readonly from: number;
  readonly to: number;
  /** How much of the story it holds. */
  readonly weight: number;
}

/** Shorter than this a stretch is not drawn, so that even a single event has some time around it. */
const SHORTEST = 2;
/** More gaps than this are not compared one by one. */
const COMPARED = 64;
/** As much as a negotiation holds. */
const RICH = 8;

/** The session cut at its idle gaps into at most `most` stretches; where there are more, the least is lost by joining. */
function burstsOf(events: readonly SessionEvent[], most: number): readonly Burst[] {
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
const share = (burst: Burst): number => Math.sqrt(Math.max(burst.weight, 0.01));

/** A gap is worth a break when it is a good part of what lies around it, or when it parts the fast from the slow. */
function isWorthIt(first: Burst, second: Burst): boolean {
  const whole = length(join(first, second));
  const shorter = length(first) < length(second) ? first : second;
  const isFast = length(shorter) < whole / 1000 && shorter.weight >= RICH;
  return isFast || second.from - first.to > whole / 20;
}

const length = (burst: Burst): number => Math.max(SHORTEST, burst.to - burst.from);

/** Time in ms to pixels and back: piecewise linear, strictly rising. */
export interface TimeScale {
  readonly unit: Unit;
  readonly width: number;
  /** 0 at the session's start; times outside the session end at the edges. */
  readonly x: (time: number) => number;
  readonly time: (x: number) => number;
  readonly breaks: readonly Break[];
  readonly ticks: readonly Tick[];
}

/** A squeezed gap: 8 px wide, `x` its left edge. */
interface Break {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  /** Its whole length, `8.3 s`. */
  readonly text: string;
}

export interface Tick {
  readonly time: number;
  readonly x: number;
  readonly text: string;
}

export const BREAK = 8;
/** Pixels of a burst's own time that are still drawn after a break, where its first tick stands, and before one. */
const LEAD = 38;
const TAIL = 14;
const NARROWEST = 120;
const TICKS_APART = 112;

/** A stretch of time drawn at one density. */
interface Segment {
  readonly burst: Burst;
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

export function timeScale(
  events: readonly SessionEvent[],
  width: number,
  { squeeze = true }: { readonly squeeze?: boolean } = {},
): TimeScale {
  const room = Math.max(1, width);
  const narrowest = Math.min(NARROWEST, room / 6);
  const bursts = burstsOf(events, squeeze ? Math.floor(room / (narrowest + BREAK)) : 1);
  const segments = place(bursts, room, narrowest);
  const unit = unitOf(events);
  const times = segments.flatMap(({ from, to }) => [from, to]);
  const places = segments.flatMap(({ left, right }) => [left, right]);
  const x = piecewise(times, places);
  const breaks = breaksBetween(segments);
  return {
    unit,
    width: room,
    x,
    time: piecewise(places, times),
    breaks,
    ticks: ticksOf(segments, breaks, unit, x),
  };
}

/** Through the points (from[i], to[i]) in straight lines, level before the first and after the last. */
function piecewise(from: readonly number[], to: readonly number[]): (value: number) => number {
  const first = from[0]!;
  const last = from.at(-1)!;
  return (value) => {
    const within = value > first ? Math.min(value, last) : first;
    const at = bisectRight(from as number[], within, 1, from.length - 1);
    const part = (within - from[at - 1]!) / (from[at]! - from[at - 1]!);
    return to[at - 1]! + part * (to[at]! - to[at - 1]!);
  };
}

/** The fast part gets the width: each burst the narrowest that shows it, and what is left by how much it holds. */
function place(bursts: readonly Burst[], width: number, narrowest: number): readonly Segment[] {
  const room = width - BREAK * (bursts.length - 1);
  const narrow = Math.min(narrowest, room / bursts.length);
  const total = sum(bursts, share);
  let left = 0;
  return bursts.map((burst, at) => {
    const wide =
      bursts.length === 1 ? room : narrow + ((room - narrow * bursts.length) * share(burst)) / total;
    const segment = padded(bursts, at, left, left + wide);
    left += wide + BREAK;
    return segment;
  });
}

/** A burst goes on a little before and after its breaks, at its own density, so that nothing sticks to a break. */
function padded(bursts: readonly Burst[], at: number, left: number, right: number): Segment {
  const burst = bursts[at]!;
  const [before, after] = [bursts[at - 1], bursts[at + 1]];
  const leadRoom = before ? Math.min(LEAD, (right - left) / 3) : 0;
  const tailRoom = bursts.length > 1 ? Math.min(TAIL, (right - left) / 6) : 0;
  const density = length(burst) / (right - left - leadRoom - tailRoom);
  const lead = before ? Math.min(density * leadRoom, (burst.from - before.to) / 3) : 0;
  const tail = Math.min(density * tailRoom, after ? (after.from - burst.to) / 3 : Infinity);
  return { burst, from: burst.from - lead, to: burst.from + length(burst) + tail, left, right };
}

const breaksBetween = (segments: readonly Segment[]): readonly Break[] =>
  segments.slice(1).map((next, at) => {
    const [from, to] = [segments[at]!.burst.to, next.burst.from];
    return { x: segments[at]!.right, from, to, text: lengthText(to - from) };
  });

type Candidate = Tick & { readonly rank: number };

function ticksOf(
  segments: readonly Segment[],
  breaks: readonly Break[],
  unit: Unit,
  x: (time: number) => number,
): readonly Tick[] {
  const all = segments.flatMap((segment, at) => [
    ...(at === 0 ? [] : [startTick(segment, unit, x)]),
    ...niceTicks(segment, at === 0, unit, x),
  ]);
  const taken = breaks.map((gap) => span(gap.x + BREAK / 2, gap.text));
  const kept: Candidate[] = [];
  for (const tick of all.sort((a, b) => b.rank - a.rank || a.x - b.x)) {
    const box = span(tick.x, tick.text);
    if (taken.some((other) => box[0] < other[1] && other[0] < box[1])) continue;
    taken.push(box);
    kept.push(tick);
  }
  return kept.sort((a, b) => a.x - b.x).map(({ time, x, text }) => ({ time, x, text }));
}

/** Left and right edge of a tick's text, with some air. */
function span(x: number, text: string): [number, number] {
  const half = textWidth({ text, size: 11, mono: true }) / 2 + 5;
  return [x - half, x + half];
}

/** After a break the first event tells where we are. */
const startTick = ({ burst }: Segment, unit: Unit, x: (time: number) => number): Candidate => ({
  time: burst.from,
  x: x(burst.from),
  text: clockTotal(burst.from, unit),
  rank: 2,
});

/** Decimals that tell steps apart, as `precisionFixed` of d3-format: that package is more than the first visit needs. */
const digitsOf = (step: number): number => (step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0);

/** Decimals of a tick: no finer than the clock. */
const FINEST: Readonly<Record<Unit, number>> = { ms: 3, s: 2 };

function niceTicks(
  segment: Segment,
  first: boolean,
  unit: Unit,
  x: (time: number) => number,
): readonly Candidate[] {
  const per = unit === 'ms' ? 1 : 1000;
  const count = Math.max(1, Math.floor((segment.right - segment.left) / TICKS_APART));
  const [from, to] = [segment.burst.from / per, segment.burst.to / per];
  const digits = digitsOf(tickStep(from, to, count));
  if (digits > FINEST[unit] && !first) return [];
  const values = digits > FINEST[unit] ? [0] : ticks(from, to, count);
  return values.map((value) => ({
    time: value * per,
    x: x(value * per),
    text: first && value === 0 ? `0 ${unit}` : grouped(value, digits),
    rank: first && value === 0 ? 3 : 1,
  }));
}
