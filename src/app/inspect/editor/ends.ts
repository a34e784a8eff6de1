/**
 * The editor counts each line end as one character; a description has CR LF, LF or CR, and each line keeps its own.
 * So a change made in the editor is made again in the text itself.
 */
export interface Change {
  /** Offsets where every line end counts as one character. */
  readonly from: number;
  readonly to: number;
  /** With LF as line ends. */
  readonly insert: string;
}

const ENDS = /\r\n|\r|\n/g;

/** The lines without their ends, with LF between them: what the editor holds. */
export const withPlainEnds = (text: string): string => text.replace(ENDS, '\n');

/** The text after changes in ascending order. Lines that are new end as the first line does. */
export function changeText(text: string, changes: readonly Change[]): string {
  const eol = text.match(ENDS)?.[0] ?? '\r\n';
  const pairs = Array.from(text.matchAll(/\r\n/g), ({ index }, before) => index - before);
  const offset = (position: number): number => position + countBelow(pairs, position);
  let result = '';
  let plain = '';
  let at = 0;
  for (const { from, to, insert } of changes) {
    const kept = text.slice(at, offset(from));
    result += kept + insert.replaceAll('\n', eol);
    plain += withPlainEnds(kept) + insert;
    at = offset(to);
  }
  const rest = text.slice(at);
  plain += withPlainEnds(rest);
  // A CR and an LF that came to stand side by side would be one line end.
  return withPlainEnds(result + rest) === plain ? result + rest : plain.replaceAll('\n', eol);
}

/** How many of ascending numbers are below a limit, by halving. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The one change that makes `after` of `before`; undefined when they are equal. */
export function changeBetween(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
