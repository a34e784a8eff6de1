/** Rows of one height in a picture that may hold more of them than fit: which ones are in sight. */
export interface Window {
  /** Pixels that the reader has scrolled down. */
  readonly scroll: number;
  /** Height of the part that scrolls. */
  readonly height: number;
}

/** Rows beyond both edges, so that a step of the keyboard finds its neighbour. */
const BEYOND = 4;

/** First row and the one after the last, of `count` rows. */
export function inSight(count: number, rowHeight: number, { scroll, height }: Window): [number, number] {
  const first = Math.max(0, Math.floor(scroll / rowHeight) - BEYOND);
  const last = Math.ceil((scroll + height) / rowHeight) + BEYOND;
  return [Math.min(first, count), Math.min(Math.max(first, last), count)];
}

/** Taller than this share of what was drawn, rows would fall apart. */
const TALLEST = 1.4;

/** Rows share the room that there is: as high as `drawn`, or up to 1.4 times that where few leave the picture empty. */
export const roomyRow = (drawn: number, count: number, room: number): number =>
  Math.round(Math.max(drawn, Math.min(drawn * TALLEST, (room - 8) / Math.max(1, count))));
