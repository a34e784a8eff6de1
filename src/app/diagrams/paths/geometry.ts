/** Metro lines: horizontal and vertical stretches with round corners, kept as points so that things can ride along them. */
import { type Box, type Label, labelBox, overlap } from '../parts/labels.ts';

export type Point = readonly [x: number, y: number];

/** A place on a line and the direction there, in degrees (0 to the right, clockwise). */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

const CORNER_STEPS = 6;

/** Replaces each corner by a quarter circle of at most `radius` pixels. */
export function rounded(points: readonly Point[], radius: number): Point[] {
  return points.flatMap((corner, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    return before && after ? arc(before, corner, after, radius) : [corner];
  });
}

function arc(before: Point, corner: Point, after: Point, radius: number): Point[] {
  const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
  if (reach < 0.5 || turns(before, corner, after) === 0) return [corner];
  const from = towards(corner, before, reach);
  const to = towards(corner, after, reach);
  const centre: Point = [from[0] + to[0] - corner[0], from[1] + to[1] - corner[1]];
  return Array.from({ length: CORNER_STEPS + 1 }, (_, step) => {
    const angle = (step / CORNER_STEPS) * (Math.PI / 2);
    const [a, b] = [Math.cos(angle), Math.sin(angle)];
    return [
      centre[0] + (from[0] - centre[0]) * a + (to[0] - centre[0]) * b,
      centre[1] + (from[1] - centre[1]) * a + (to[1] - centre[1]) * b,
    ] as const;
  });
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

const turns = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);

function towards(from: Point, to: Point, reach: number): Point {
  const part = reach / (distance(from, to) || 1);
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + distance(points[index]!, point), 0);
}

/** The place after the fraction `t` of the line's length. */
export function spotAt(points: readonly Point[], t: number): Spot {
  let left = Math.max(0, Math.min(1, t)) * lengthOf(points);
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1]!, points[index]!];
    const step = distance(from, to);
    if (left <= step || index === points.length - 1)
      return { ...at(towards(from, to, left)), angle: angleOf(from, to) };
    left -= step;
  }
  return { ...at(points[0] ?? [0, 0]), angle: 0 };
}

const at = ([x, y]: Point): { x: number; y: number } => ({ x: tenth(x), y: tenth(y) });
const angleOf = (from: Point, to: Point): number =>
  Math.round((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI);
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The stretch between two fractions of the line's length. */
export function stretch(points: readonly Point[], from: number, to: number): Point[] {
  const total = lengthOf(points);
  const start = spotAt(points, from);
  const end = spotAt(points, to);
  let along = 0;
  const between = points.filter((point, index) => {
    along += index === 0 ? 0 : distance(points[index - 1]!, point);
    return along > from * total && along < to * total;
  });
  return [[start.x, start.y], ...between, [end.x, end.y]];
}

/** As the `d` of an SVG path. */
export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tenth(x)},${tenth(y)}`).join('');

/** The longest level stretch of an unrounded line: where a label has most room. */
export function longestLevel(points: readonly Point[]): {
  readonly left: number;
  readonly right: number;
  readonly y: number;
} {
  let best = { left: points[0]?.[0] ?? 0, right: points[0]?.[0] ?? 0, y: points[0]?.[1] ?? 0 };
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
    if (Math.abs(a[1] - b[1]) < 0.5 && right - left > best.right - best.left) best = { left, right, y: a[1] };
  }
  return best;
}

/** Places labels: each group has a few slots to choose from, takes the first that is free, and gives up its last lines first. */

/** Lines that belong together, most important first, in each slot where they may stand. */
export interface Group {
  /** Higher chooses first. */
  readonly rank: number;
  readonly slots: readonly (readonly Label[])[];
}

/** From the first to give way to the last. */
export const RANK = {
  ground: 10,
  server: 20,
  channel: 30,
  address: 40,
  failure: 50,
  pill: 60,
  chosen: 70,
  door: 75,
  label: 80,
  packet: 90,
} as const;

const MARGIN = 2;

export function placeGroups(
  groups: readonly Group[],
  taken: readonly Box[],
  width: number,
  height: number,
): Label[] {
  const boxes = [...taken];
  const placed: Label[] = [];
  const isFree = (box: Box): boolean =>
    box.left >= MARGIN &&
    box.right <= width - MARGIN &&
    box.top >= 0 &&
    box.bottom <= height &&
    !boxes.some((other) => overlap(other, box));
  for (const { slots } of [...groups].sort((a, b) => b.rank - a.rank)) {
    const lines = firstFit(slots, (label) => isFree(labelBox(label)));
    placed.push(...lines);
    boxes.push(...lines.map(labelBox));
  }
  return placed;
}

/** All lines in any slot, else all but the last in any slot, and so on. */
function firstFit(slots: Group['slots'], isFree: (label: Label) => boolean): readonly Label[] {
  const most = Math.max(0, ...slots.map(({ length }) => length));
  for (let count = most; count > 0; count--) {
    for (const slot of slots) {
      const lines = slot.slice(0, count);
      if (lines.length > 0 && lines.every(isFree)) return lines;
    }
  }
  return [];
}
