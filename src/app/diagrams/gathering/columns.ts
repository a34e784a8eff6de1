import type { Size } from '../diagram.ts';
import { roomyRow } from '../parts/rows.ts';

/** Where the columns stand. A narrow picture gives each row two lines: words above, the wait below. */
export interface Columns {
  readonly isNarrow: boolean;
  readonly width: number;
  readonly rowHeight: number;
  readonly top: number;
  /** Middle of tokens and of an own address's mark. */
  readonly mark: number;
  /** Left of the names; what was asked stands a little further right. */
  readonly name: number;
  readonly asked: number;
  readonly nameEnd: number;
  readonly plot: readonly [number, number];
  /** Left of what was got; right-aligned at `end` when narrow. */
  readonly got: number;
  readonly end: number;
  /** The cost's width, ms being right-aligned at `end`. */
  readonly cost: number;
  /** The wait and its mark, below the middle of a row. */
  readonly dy: number;
}

const NARROW = 560;
/** Left of the plot, and right of it what was got with its cost: as drawn, and with more room where there is some. */
const DRAWN = { source: 206, got: 256 };
const ROOMY = { source: 236, got: 290 };

/** Head with the axis. */
const TOP = 24;

/** For a picture that will hold `count` rows in the end. */
export function columnsOf({ width, height }: Size, count: number): Columns {
  if (width < NARROW) return narrow(Math.max(width, 240));
  const { source, got } = width < 900 ? DRAWN : ROOMY;
  return {
    isNarrow: false,
    width,
    rowHeight: roomyRow(36, count, height - TOP),
    top: TOP,
    mark: 31,
    name: 48,
    asked: 50,
    nameEnd: source - 8,
    plot: [source, width - got - 20],
    got: width - got,
    end: width - 18,
    cost: 76,
    dy: 0,
  };
}

const narrow = (width: number): Columns => ({
  isNarrow: true,
  width,
  rowHeight: 46,
  top: TOP,
  mark: 26,
  name: 42,
  asked: 44,
  nameEnd: width - 16,
  plot: [56, width - 92],
  got: width - 16,
  end: width - 16,
  cost: 66,
  dy: 11,
});
