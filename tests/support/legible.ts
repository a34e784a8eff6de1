import { expect } from 'vitest';
import type { Layout, Size } from '../../../src/app/diagrams/diagram.ts';
import { labelBox, overlap } from '../../../src/app/diagrams/parts/labels.ts';
import type { View } from '../../../src/core/projections/view.ts';

export const SIZES: readonly Size[] = [
  { width: 360, height: 300 },
  { width: 390, height: 300 },
  { width: 640, height: 440 },
  { width: 700, height: 420 },
  { width: 960, height: 440 },
  { width: 1008, height: 440 },
  { width: 1200, height: 700 },
  { width: 1920, height: 900 },
];

/** Labels that lie on each other or stick out at a side. */
export function illegible({ labels }: Layout, width: number): string[] {
  const boxes = labels.map((label) => ({ text: label.text, box: labelBox(label) }));
  const outside = boxes.filter(({ box }) => box.left < 0 || box.right > width);
  const collide = boxes.flatMap((a, at) =>
    boxes.slice(at + 1).flatMap((b) => (overlap(a.box, b.box) ? [`${a.text} over ${b.text}`] : [])),
  );
  return [...outside.map(({ text }) => `outside: ${text}`), ...collide];
}

/** Finite, the same each time, legible. A candidate without a port has `/NaN` in its key, which is no number drawn. */
export function expectSound(layout: (view: View, size: Size) => Layout, view: View, size: Size): void {
  const drawn = layout(view, size);
  const where = `after ${view.index} events, ${size.width} px`;
  expect(illegible(drawn, size.width), where).toEqual([]);
  expect(JSON.stringify(drawn), where).not.toMatch(/[^/]NaN|Infinity|"(?:x|y|x1|x2|top|height)":null/);
  expect(JSON.stringify(layout(view, size)), where).toBe(JSON.stringify(drawn));
}
