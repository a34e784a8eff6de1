import type { Label } from '../parts/labels.ts';

export type Point = readonly [x: number, y: number];

/** A line of straight pieces through the picture, and where its name goes if it has room for one. */
export interface Route {
  readonly points: readonly Point[];
  readonly label?: NamePlace;
}

export interface NamePlace extends Pick<Label, 'x' | 'y' | 'anchor'> {
  /** Pixels until the next line. */
  readonly room: number;
}

/** The tip of an arrow; the angle in degrees, 0 to the right. */
export interface Head {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

export function headOf(points: readonly Point[]): Head {
  const [x, y] = points.at(-1)!;
  const [fromX, fromY] = points.at(-2)!;
  return { x, y, angle: (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI };
}

/** The point `share` (0 to 1) of the way along a line of straight pieces, less `behind` pixels. */
export function along(points: readonly Point[], share: number, behind = 0): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index]!, point));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let left = Math.max(0, Math.min(1, share) * whole - behind);
  for (const [index, length] of lengths.entries()) {
    if (left <= length) return between(points[index]!, points[index + 1]!, length === 0 ? 0 : left / length);
    left -= length;
  }
  return points.at(-1)!;
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];
