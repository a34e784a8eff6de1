/** Lists of numbers as long as a file from outside makes them: `Math.min(...list)` ends in a RangeError where they are long. */

/** Null for none. */
export const least = (numbers: readonly number[]): number | null =>
  numbers.reduce<number | null>((best, one) => (best === null || one < best ? one : best), null);

/** Null for none. */
export const most = (numbers: readonly number[]): number | null =>
  numbers.reduce<number | null>((best, one) => (best === null || one > best ? one : best), null);

/** How many of `rising` are below the limit. */
function countBelow(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last of `rising` that is not above the limit. */
export function lastUpTo(rising: readonly number[], limit: number): number | undefined {
  const count = countBelow(rising, limit);
  return rising[count] === limit ? limit : rising[count - 1];
}
