/** Places labels: each group has a few slots to choose from, takes the first that is free, and gives up its last lines first. */
import { type Box, type Label, labelBox, overlap } from '../parts/labels.ts';

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
