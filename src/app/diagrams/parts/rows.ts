/** Rows of one height in a picture that may hold more of them than fit: which ones are in sight. */
import type { Label } from './labels.ts';

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

/** A text in lines of at most `characters` characters; a longer word stands alone. */
export function wrap(text: string, characters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= characters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The words of an empty picture, its first line bold, in the middle of it. */
export function emptyWords(
  [head, ...rest]: readonly [string, ...string[]],
  size: { readonly width: number; readonly height: number },
): Label[] {
  const characters = Math.max(20, Math.floor(Math.min(size.width - 48, 520) / (14 * 0.65)));
  const lines = [...wrap(head, characters - 3), ...rest.flatMap((text) => wrap(text, characters))];
  const bold = wrap(head, characters - 3).length;
  const top = Math.max(30, size.height * 0.45 - lines.length * 11);
  return lines.map((text, at) => ({
    text,
    x: size.width / 2,
    y: top + at * 22,
    size: 14,
    anchor: 'middle',
    bold: at < bold,
    tone: at < bold ? 'ink' : 'ink-2',
  }));
}
