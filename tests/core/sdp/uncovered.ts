const SEPARATORS = /[\s=:;,/|[\]]/;

/** The characters of a line that no token covers. */
export const uncovered = (raw: string, tokens: readonly { start: number; end: number }[]): string =>
  [...raw]
    .filter((char, at) => !SEPARATORS.test(char) && !tokens.some(({ start, end }) => start <= at && at < end))
    .join('');
