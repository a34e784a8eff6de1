/** What a row of Pairs is made of: its columns, its marks, the pen that places texts, and the key above them. */
import type { Axis } from '../parts/plot-axis.ts';
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Layout, Size } from '../diagram.ts';
import { roomyRow } from '../parts/rows.ts';
import { type Label, textWidth } from '../parts/labels.ts';

/** How a stretch of a bar is drawn; `other` for a state that no specification names. */
export type Look = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'other';

export interface Segment {
  readonly look: Look;
  readonly x1: number;
  readonly x2: number;
}

/** What happened to a pair, along the axis; `y` is the middle of the bar. */
export interface Bar {
  readonly y: number;
  readonly segments: readonly Segment[];
  /** Readings at which requests had been sent since the one before. */
  readonly ticks: readonly number[];
  readonly flag: number | null;
  readonly fail: number | null;
  readonly stop: number | null;
  /** From the last reading to the cursor: nothing has been told since. */
  readonly assumed: readonly [number, number] | null;
}

export interface DrawnRow {
  readonly id: string;
  readonly y: number;
  readonly labels: readonly Label[];
  readonly say: string;
  /** A checklist's head has none. */
  readonly pair: string | null;
  /** Keys of both candidates, as far as they are known. */
  readonly candidates: readonly string[];
  readonly token: { readonly label: string; readonly x: number; readonly y: number } | null;
  readonly marks: readonly { readonly type: CandidateType | null; readonly x: number; readonly y: number }[];
  readonly bar: Bar | null;
}

export interface Key {
  readonly look: Look | 'nominated';
  readonly x: number;
  readonly y: number;
}

export interface PairsLayout extends Layout {
  readonly width: number;
  readonly top: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly head: readonly Label[];
  readonly keys: readonly Key[];
  readonly empty: readonly Label[];
  readonly rows: readonly DrawnRow[];
  readonly grid: readonly number[];
  readonly breaks: readonly number[];
}

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

/** What the bars mean: one line above the axis, or two where it is narrow. Only what the recording holds. */

export interface Keys {
  readonly height: number;
  readonly keys: readonly Key[];
  readonly labels: readonly Label[];
}

const KEY = { width: 24, height: 10 };
const LINE = 22;
const ORDER = ['frozen', 'waiting', 'in-progress', 'succeeded', 'nominated'] as const;

export function keysOf(whole: Facts, { isNarrow, end }: Columns): Keys {
  const texts = shown(whole).map((look) => ({ look, text: look === 'in-progress' ? 'in progress' : look }));
  const widths = texts.map(({ text }) => KEY.width + 6 + textWidth({ text, size: 12 }) + 16);
  const left = isNarrow ? 20 : 22;
  const keys: Key[] = [];
  const labels: Label[] = [];
  let [x, y] = [left, LINE / 2 + 3];
  texts.forEach(({ look, text }, at) => {
    if (x > left && x + widths[at]! - 16 > end) [x, y] = [left, y + LINE];
    keys.push({ look, x, y });
    labels.push({ text, x: x + KEY.width + 6, y: y + 4, size: 12, tone: 'ink-2' });
    x += widths[at]!;
  });
  return { height: keys.length > 0 ? y + LINE / 2 + 2 : 0, keys, labels };
}

function shown(whole: Facts): Key['look'][] {
  const pairs = Object.values(whole.pairs).flatMap((told) => told.pairs);
  const seen = new Set<string>(pairs.flatMap(({ spans }) => spans.map(({ state }) => state)));
  if (pairs.some(({ nominatedAt }) => nominatedAt !== null)) seen.add('nominated');
  return ORDER.filter((look) => seen.has(look));
}

/** What every row is drawn with. */
export interface Pen {
  readonly columns: Columns;
  readonly axis: Axis;
  /** The cursor: bars end there. */
  readonly time: number;
  /** Height of the head: the first row begins below it. */
  readonly top: number;
}
