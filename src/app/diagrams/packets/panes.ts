/** Where list, tree and bytes stand: side by side, two over each other, or all three. */
import type { Size } from '../diagram.ts';

export interface Pane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Panes {
  readonly form: 'wide' | 'middle' | 'narrow';
  readonly list: Pane;
  readonly tree: Pane;
  readonly bytes: Pane;
  /** Pixels of one byte and of a row of eight. */
  readonly cell: number;
  readonly hexRow: number;
}

/** A pane's heading, above what scrolls. */
export const HEAD = 30;
const WIDE = 1180;
const NARROW = 720;
const GAP = 28;

/** `listHeight` is what the list takes when all of it shows, its heading included. */
export function panesOf({ width, height }: Size, listHeight: number): Panes {
  if (width < NARROW) return narrow(width, height, listHeight);
  return width < WIDE ? middle(width, height) : wide(width, height);
}

function wide(width: number, height: number): Panes {
  const bytes = 416;
  const room = width - bytes - 2 * GAP - 24;
  const list = Math.min(560, Math.round(room * 0.56));
  const tree = Math.min(560, room - list);
  const pane = (left: number, size: number): Pane => ({ left, top: 0, width: size, height });
  return {
    form: 'wide',
    list: pane(4, list),
    tree: pane(4 + list + GAP, tree),
    bytes: pane(4 + list + tree + 2 * GAP, bytes),
    cell: 37,
    hexRow: 30,
  };
}

function middle(width: number, height: number): Panes {
  const list = Math.round((width - GAP - 16) * 0.49);
  const left = 4 + list + GAP;
  const right = width - left - 12;
  const upper = Math.round(height * 0.52);
  return {
    form: 'middle',
    list: { left: 4, top: 0, width: list, height },
    tree: { left, top: 0, width: right, height: upper },
    bytes: { left, top: upper, width: right, height: height - upper },
    cell: Math.min(37, Math.floor((right - OFFSET - ASCII - 16) / 8)),
    hexRow: 27,
  };
}

/** One over the other; what a short list leaves goes to the fields and the bytes. */
function narrow(width: number, height: number, listHeight: number): Panes {
  const list = Math.min(listHeight, Math.round(height * 0.36));
  const parts = [0, list, list + Math.round((height - list) * 0.53), height];
  const pane = (at: number): Pane => ({
    left: 8,
    top: parts[at]!,
    width: width - 16,
    height: parts[at + 1]! - parts[at]!,
  });
  const bytes = pane(2);
  const cell = Math.floor((bytes.width - OFFSET - ASCII - 8) / 8);
  return { form: 'narrow', list: pane(0), tree: pane(1), bytes, cell, hexRow: 27 };
}

/** Widths of a row's offset and of its letters. */
export const OFFSET = 32;
export const ASCII = 78;

/** Some bytes of a packet as a selection names them: `A:17@24-32`. */
export const bytesId = (
  event: string,
  { start, end }: { readonly start: number; readonly end: number },
): string => `${event}@${start}-${end}`;

export function readBytesId(
  id: string,
): { readonly event: string; readonly start: number; readonly end: number } | null {
  const [, event, start, end] = /^(.*)@(\d+)-(\d+)$/.exec(id) ?? [];
  return event === undefined ? null : { event, start: Number(start), end: Number(end) };
}
