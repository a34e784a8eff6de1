/** Whether what a diagram drew can be read: labels beside each other, inside the picture, and all numbers finite. */
import { expect } from 'vitest';
import type { Layout, Size } from '../../src/app/diagrams/diagram.ts';
import { type Box, type Label, labelBox, overlap } from '../../src/app/diagrams/parts/labels.ts';
import type { View } from '../../src/core/projections/view.ts';

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

export interface NamedBox {
  readonly name: string;
  readonly box: Box;
}

export const labelBoxes = (labels: readonly Label[]): readonly NamedBox[] =>
  labels.map((label) => ({ name: label.text, box: labelBox(label) }));

/** Boxes that lie on each other: `sdpMid over 12 ms`. */
export const collisions = (all: readonly NamedBox[]): string[] =>
  all.flatMap((a, at) =>
    all
      .slice(at + 1)
      .filter((b) => overlap(a.box, b.box))
      .map((b) => `${a.name} over ${b.name}`),
  );

/** Labels that lie on each other, or stick out to the left of 0 or to the right of `right`. */
export function illegible(labels: readonly Label[], right: number): string[] {
  const boxes = labelBoxes(labels);
  const outside = boxes.filter(({ box }) => box.left < 0 || box.right > right);
  return [...outside.map(({ name }) => `outside: ${name}`), ...collisions(boxes)];
}

type Draw = (view: View, size: Size) => Layout;

/** Finite, the same each time, legible. A candidate without a port has `/NaN` in its key, which is no number drawn. */
export function expectSound(layout: Draw, view: View, size: Size): void {
  const drawn = layout(view, size);
  const where = `after ${view.index} events, ${size.width} px`;
  expect(illegible(drawn.labels, size.width), where).toEqual([]);
  expect(JSON.stringify(drawn), where).not.toMatch(/[^/]NaN|Infinity|"(?:x|y|x1|x2|top|height)":null/);
  expect(JSON.stringify(layout(view, size)), where).toBe(JSON.stringify(drawn));
}
