import type { Size } from '../diagram.ts';
import { roomyRow } from '../parts/rows.ts';

/** Where the columns stand. A narrow picture gives each row two lines: the pair above, priority and bar below. */
export interface Columns {
  readonly isNarrow: boolean;
  readonly width: number;
  readonly rowHeight: number;
  /** Middles of the two marks. */
  readonly marks: readonly [number, number];
  readonly text: number;
  /** Baselines above and below the middle of a row. */
  readonly line: number;
  readonly second: number;
  /** Right of the text that names the pair, where that does not depend on the result. */
  readonly textEnd: number;
  /** Right-aligned when wide, left-aligned when narrow. */
  readonly priority: number;
  readonly plot: readonly [number, number];
  readonly result: number;
  readonly end: number;
  readonly barDy: number;
}

const WIDE = 900;

/** Keys and axis above the rows of a wide picture. */
const HEAD = 48;

/** For a picture that will hold `count` rows in the end. */
export function columnsOf({ width, height }: Size, count: number): Columns {
  return width < WIDE ? narrow(Math.max(width, 300)) : wide(width, roomyRow(30, count, height - HEAD));
}

const wide = (width: number, rowHeight: number): Columns => ({
  isNarrow: false,
  width,
  rowHeight,
  marks: [36, 66],
  text: 84,
  line: 4,
  second: 4,
  textEnd: 318,
  priority: 468,
  plot: [500, width - 208],
  result: width - 186,
  end: width - 12,
  barDy: 0,
});

const narrow = (width: number): Columns => ({
  isNarrow: true,
  width,
  rowHeight: 48,
  marks: [26, 54],
  text: 70,
  line: -6,
  second: 15,
  textEnd: width - 16,
  priority: 20,
  plot: [170, width - 22],
  result: width - 16,
  end: width - 16,
  barDy: 11,
});
