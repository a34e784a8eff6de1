/** How sure a share is that was counted. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Of the normal distribution: 95 % lie within. */
const Z = 1.959964;

/** Wilson's score interval of `count` among `all`, 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927); of nothing it is everything. */
export function wilson(count: number, all: number): Interval {
  if (all === 0) return { from: 0, to: 1 };
  const share = count / all;
  const square = Z * Z;
  const middle = (share + square / (2 * all)) / (1 + square / all);
  const half = (Z / (1 + square / all)) * Math.sqrt((share * (1 - share)) / all + square / (4 * all * all));
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
