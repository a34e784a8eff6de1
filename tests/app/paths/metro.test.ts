import { describe, expect, it } from 'vitest';
import {
  type Point,
  lengthOf,
  longestLevel,
  pathOf,
  rounded,
  spotAt,
  stretch,
} from '../../../src/app/diagrams/paths/geometry.ts';

const corner: Point[] = [
  [0, 0],
  [100, 0],
  [100, 60],
];

describe('metro lines', () => {
  it('turn by a quarter circle: each corner saves (2 − π/2) radii', () => {
    expect(lengthOf(corner)).toBe(160);
    expect(lengthOf(rounded(corner, 16))).toBeCloseTo(160 - (2 - Math.PI / 2) * 16, 0);
  });

  it('stay within the corner, and keep their ends', () => {
    const line = rounded(corner, 16);
    expect([line[0], line.at(-1)]).toEqual([corner[0], corner[2]]);
    for (const [x, y] of line) {
      expect(x).toBeLessThanOrEqual(100.001);
      expect(y).toBeGreaterThanOrEqual(-0.001);
      if (x > 84 && y < 16) expect(Math.hypot(x - 84, y - 16)).toBeCloseTo(16, 5);
    }
  });

  it('turn less where a stretch is short', () => {
    const short: Point[] = [
      [0, 0],
      [10, 0],
      [10, 60],
    ];
    expect(rounded(short, 16)[1]).toEqual([5, 0]);
  });

  it('know the place and direction at any part of their length', () => {
    expect(spotAt(corner, 0)).toEqual({ x: 0, y: 0, angle: 0 });
    expect(spotAt(corner, 0.5)).toEqual({ x: 80, y: 0, angle: 0 });
    expect(spotAt(corner, 1)).toEqual({ x: 100, y: 60, angle: 90 });
    expect(spotAt(corner, 2)).toEqual(spotAt(corner, 1));
  });

  it('can be cut: the parts are as long as asked for', () => {
    const line = rounded(corner, 16);
    const parts = [0, 0.3, 0.7, 1];
    const lengths = parts.slice(1).map((to, index) => lengthOf(stretch(line, parts[index]!, to)));
    expect(lengths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(lengthOf(line), 0);
    expect(lengths[0]).toBeCloseTo(0.3 * lengthOf(line), 0);
  });

  it('become the path of an SVG', () => {
    expect(pathOf(corner)).toBe('M0,0L100,0L100,60');
  });

  it('know where a label has most room', () => {
    expect(
      longestLevel([
        [0, 9],
        [30, 9],
        [30, 50],
        [200, 50],
        [200, 80],
      ]),
    ).toEqual({ left: 30, right: 200, y: 50 });
  });

  it('survive having no length', () => {
    const none: Point[] = [
      [5, 5],
      [5, 5],
    ];
    expect(spotAt(none, 0.5)).toMatchObject({ x: 5, y: 5 });
    expect(rounded(none, 16)).toEqual(none);
  });
});
