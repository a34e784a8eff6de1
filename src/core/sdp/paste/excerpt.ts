/** A text taken out of another: each of its characters still knows where it stood in the first. */

export interface Excerpt {
  readonly text: string;
  /** Offset in the pasted text of the character at an offset of this one. */
  readonly originOf: (offset: number) => number;
}

/** A stretch of an excerpt: what stands at `from` in the outer text, or what was written for it. */
export interface Piece {
  readonly from: number;
  readonly text: string;
}

export const whole = (text: string): Excerpt => ({ text, originOf: (offset) => offset });

export const cut = (outer: Excerpt, from: number, to: number): Excerpt => ({
  text: outer.text.slice(from, to),
  originOf: (offset) => outer.originOf(from + offset),
});

export function join(outer: Excerpt, pieces: readonly Piece[]): Excerpt {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return {
    text: pieces.map(({ text }) => text).join(''),
    originOf: (offset) => {
      const index = lastAtMost(starts, offset);
      return outer.originOf((pieces[index]?.from ?? 0) + offset - (starts[index] ?? 0));
    },
  };
}

/** The same text with each match written anew. `pattern` is global. */
export function rewrite(outer: Excerpt, pattern: RegExp, by: (match: RegExpExecArray) => string): Excerpt {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of outer.text.matchAll(pattern)) {
    if (match.index > at) pieces.push({ from: at, text: outer.text.slice(at, match.index) });
    const text = by(match);
    if (text !== '') pieces.push({ from: match.index, text });
    at = match.index + match[0].length;
  }
  if (at < outer.text.length) pieces.push({ from: at, text: outer.text.slice(at) });
  return join(outer, pieces);
}

/** The index of the last of ascending numbers that is not above a value; 0 when all are. */
export function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
