/** Which lines of a long description are drawn: those in sight and some around them. Heights in pixels. */
export interface Geometry {
  readonly count: number;
  /** Indexes of the lines that have a gap above them, ascending. */
  readonly gaps: readonly number[];
  readonly row: number;
  readonly gap: number;
  /** The unfolded line and how much taller than a row it is. */
  readonly tall: { readonly index: number; readonly extra: number };
}

export interface Window {
  readonly first: number;
  /** After the last one. */
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** How far below the top of the list a line begins. `count` gives the height of the whole. */
export function topOf(index: number, { row, gap, gaps, tall }: Geometry): number {
  const above = gaps.findIndex((at) => at >= index);
  return (
    index * row + (above < 0 ? gaps.length : above) * gap + (tall.index < index ? Math.max(0, tall.extra) : 0)
  );
}

/** Lists up to this length are drawn whole. */
const WHOLE = 600;
const AROUND = 16;

export function windowOf(geometry: Geometry, { top, height }: { top: number; height: number }): Window {
  const { count } = geometry;
  if (count <= WHOLE) return { first: 0, end: count, above: 0, below: 0 };
  const first = Math.max(0, indexAt(top, geometry) - AROUND);
  const end = Math.min(count, indexAt(top + height, geometry) + AROUND);
  return {
    first,
    end,
    above: topOf(first, geometry),
    below: topOf(count, geometry) - topOf(end, geometry),
  };
}

/** The line at a height, by halving. */
function indexAt(y: number, geometry: Geometry): number {
  let low = 0;
  let high = geometry.count;
  while (low < high) {
    const middle = Math.floor((low + high + 1) / 2);
    if (topOf(middle, geometry) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
