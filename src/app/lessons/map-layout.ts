/** Where the map draws its legs, stations and line, and the landscape its pills. */
import { LEGS, type Leg, type LessonHead, type Place } from '../../core/lessons/text.ts';

export interface Station {
  readonly head: LessonHead;
  readonly x: number;
  readonly y: number;
}

export interface MapLayout {
  readonly legs: readonly { readonly id: Leg; readonly title: string; readonly x: number }[];
  readonly stations: readonly Station[];
  /** The whole line, from A to B. */
  readonly line: string;
  /** The part of it that lies behind the reader. */
  readonly done: string;
  readonly end: Point;
  readonly height: number;
}

type Point = readonly [x: number, y: number];

const TOP = 22;
const FIRST = 64;
/** From station to station, where their words need no more. */
const ROW = 116;
/** Words of a station: their width, and the first line's middle above which half a line stands. */
const ACROSS = 140;
const HALF = 11;
/** What stands below them: how far one has got, and some air. */
const BELOW = 26;
/** The line runs up this far left of the next leg. */
const GUTTER = 23;
const LEFT = 36;

/** `current` is the place of the lesson to go on with; all are behind the reader when it is past the last. */
export function mapLayout(heads: readonly LessonHead[], width: number, current: number): MapLayout {
  const used = LEGS.filter(({ id }) => heads.some(({ leg }) => leg === id));
  const column = Math.max(195, Math.min(320, Math.floor((width - LEFT) / LEGS.length)));
  const legs = used.map((leg, index) => ({ ...leg, x: LEFT + index * column }));
  const stations = legs.flatMap((leg) => stationsOf(heads, leg));
  const turns = legs.map(({ id }) =>
    below(
      stations.findLast(({ head }) => head.leg === id)!,
      92,
    ),
  );
  const last = stations.at(-1);
  const end: Point = last ? [last.x, below(last, 90)] : [LEFT, FIRST];
  const at = stations[Math.min(current, stations.length - 1)];
  return {
    legs,
    stations,
    line: rounded(wayTo(legs, turns, end)),
    done:
      !at || current === 0 ? '' : rounded(wayTo(legs, turns, current < stations.length ? [at.x, at.y] : end)),
    end,
    height: Math.max(...turns, end[1]) + 24,
  };
}

/** One below the other, as far apart as their words ask for. */
function stationsOf(heads: readonly LessonHead[], { id, x }: { id: Leg; x: number }): readonly Station[] {
  let y = FIRST;
  return heads
    .filter(({ leg }) => leg === id)
    .map((head) => {
      const station = { head, x, y };
      y = below(station, ROW);
      return station;
    });
}

/** At least so far below a station, and below its words. */
const below = ({ head, y }: Station, least: number): number =>
  y + Math.max(least, linesOf(head.question, 7.9) * 19 + linesOf(head.can, 6.3) * 16.5 + BELOW - HALF);

/** Lines of a text of which a letter is so many pixels wide. */
function linesOf(text: string, letter: number): number {
  let [lines, used] = [1, 0];
  for (const word of text.split(' ')) {
    const width = word.length * letter;
    if (used > 0 && used + width > ACROSS) [lines, used] = [lines + 1, 0];
    used += width + letter;
  }
  return lines;
}

/** Down each leg, and up the gutter to the next, as far as the point. */
function wayTo(legs: MapLayout['legs'], turns: readonly number[], [x, y]: Point): readonly Point[] {
  const points: Point[] = [];
  for (const [index, leg] of legs.entries()) {
    points.push([leg.x, TOP]);
    if (leg.x === x) return [...points, [x, y]];
    const up = legs[index + 1]!.x - GUTTER;
    points.push([leg.x, turns[index]!], [up, turns[index]!], [up, TOP]);
  }
  return points;
}

/** A line through the points, its corners round. */
export function rounded(points: readonly Point[]): string {
  const path = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return `${before ? 'L' : 'M'}${point.join(' ')}`;
    return `L${near(point, before).join(' ')}Q${point.join(' ')} ${near(point, after).join(' ')}`;
  });
  return path.join('');
}

/** The point on the way from a corner to `other` where the curve begins. */
function near([x, y]: Point, [ox, oy]: Point): Point {
  const length = Math.hypot(ox - x, oy - y);
  const part = length === 0 ? 0 : Math.min(12, length / 2) / length;
  return [x + (ox - x) * part, y + (oy - y) * part];
}

/** Where the landscape is broken by its walls, as parts of its width. */
export const WALLS = [0.267, 0.733] as const;

/** The middle of each lesson's pill, in a landscape of this width and 238 pixels of height. */
export function pillPlaces(heads: readonly LessonHead[], width: number): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  for (const head of heads) {
    const there = heads.filter(({ place }) => place === head.place);
    places.set(head.slug, SPOTS[head.place](width, there.indexOf(head), there.length));
  }
  return places;
}

type Spot = (width: number, index: number, count: number) => Point;
const spread =
  (from: number, to: number, y: number): Spot =>
  (width, index, count) => [Math.round(width * (from + ((to - from) * (index + 0.5)) / count)), y];
const beside =
  (part: number, dx: number, y: number): Spot =>
  (width, index) => [Math.round(width * part) + dx + index * 34, y];

const SPOTS: Readonly<Record<Place, Spot>> = {
  you: beside(0, 84, 178),
  wall: beside(WALLS[0], 0, 88),
  port: beside(0, 182, 150),
  stun: beside(0.367, 32, 75),
  turn: beside(0.633, 32, 75),
  'their-wall': beside(WALLS[1], 0, 88),
  letters: spread(0.16, 0.84, 20),
  way: spread(0.37, 0.63, 150),
  other: (width, index, count) => [width - 84 + Math.round((index - (count - 1) / 2) * 30), 178],
};
