import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import type { Label } from '../parts/labels.ts';
import { ms } from '../../format/words.ts';
import { lengthText } from '../timeline/units.ts';
import { bandOf } from './channel.ts';
import { countBefore } from './digest.ts';
import { draw, heightOf } from './draw.ts';
import { type DrawnBand, drawBand, nowHeight } from './draw-channel.ts';
import { heads } from './heads.ts';
import { type Columns, type Ends, type Lifeline, columnsOf, endsOf, labelIn } from './lifelines.ts';
import type { Canvas, DrawnRow } from './marks.ts';
import type { Row } from './row.ts';
import { read } from './window.ts';
import { say } from './words.ts';

export interface LadderLayout extends Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: Columns;
  readonly lifelines: readonly Lifeline[];
  /** Lifelines reach from here to here. */
  readonly top: number;
  readonly bottom: number;
  readonly rows: readonly DrawnRow[];
  /** The channel between the two, where levers touched a letter. */
  readonly band: DrawnBand | null;
  /** Hairlines for idle time. */
  readonly gaps: readonly number[];
  /** How many rows the reader has scrolled back: never more than there are. */
  readonly back: number;
  /** Events that stand above the first row, and rows that stand below the last one. */
  readonly earlier: number;
  readonly later: number;
}

const HEAD = 44;
const FOOT = 12;
const EDGE = 18;
const GAP = 20;
/** Longer silences are shown, in ms; shorter ones, too, where letters wait. */
const IDLE = { usual: 1000, waiting: 250 };
const LOWEST_ROW = 20;
const MARGIN = 12;

export const layout = (view: View, size: Size, motion = true): LadderLayout =>
  ladderAt(view, size, motion, 0);

/** The ladder with its newest `back` rows scrolled out of sight. */
export function ladderAt(view: View, size: Size, motion: boolean, back: number): LadderLayout {
  const ends = endsOf(view);
  const columns = columnsOf(view, ends, size.width);
  const room = Math.max(LOWEST_ROW, size.height - HEAD - FOOT - (back > 0 ? 0 : nowHeight(view)));
  const idle = bandOf(view) ? IDLE.waiting : IDLE.usual;
  const { rows, isWhole } = read(view, ends, Math.ceil(room / LOWEST_ROW) + MARGIN + back);
  const window = windowOf(rows, { room, back, isWhole, idle });
  const canvas = { view, columns, motion, ...ends, labelOf: labelIn(ends) };
  const drawn = drawRows(rows.slice(window.from, window.to), window.top, canvas, { ends, idle });
  const earlier = window.from === 0 && isWhole ? 0 : countBefore(view.events, firstPlace(rows, window.from));
  const later = rows.length - window.to;
  const bottom = Math.max(HEAD + 40, size.height - 2);
  const band = drawBand({
    ...{ view, columns, rows: drawn.rows, top: HEAD, bottom, isCut: later > 0, labelOf: canvas.labelOf },
    clock: ms(view.time),
  });
  const edges = edgeLabels(columns, { earlier, later, bottom });
  return {
    width: size.width,
    height: size.height,
    columns,
    lifelines: columns.lifelines,
    top: 40,
    bottom,
    rows: drawn.rows,
    band,
    gaps: drawn.gaps,
    back: window.back,
    earlier,
    later,
    labels: [
      ...heads(view, columns),
      ...edges,
      ...emptyLabel(view, rows, columns),
      ...drawn.labels,
      ...(band?.labels ?? []),
      ...drawn.rows.flatMap((row) => row.labels),
    ],
  };
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly back: number;
  /** Top of the first row, in pixels. */
  readonly top: number;
}

interface Room {
  readonly room: number;
  readonly back: number;
  readonly isWhole: boolean;
  /** Silences of this length take a line. */
  readonly idle: number;
}

/** The rows that fit, ending `back` rows before the newest. */
function windowOf(rows: readonly Row[], { room, back, isWhole, idle }: Room): Window {
  const to = Math.max(Math.min(1, rows.length), rows.length - Math.max(0, back));
  const space = room - (to < rows.length ? EDGE : 0);
  const whole = extentOf(rows, 0, to, idle);
  if (isWhole && whole <= space)
    return to < rows.length ? firstPage(rows, room, idle) : { from: 0, to, back: 0, top: HEAD };
  let from = to;
  while (from > 0 && extentOf(rows, from - 1, to, idle) <= space - EDGE) from--;
  if (from === 0 && isWhole) return firstPage(rows, room, idle);
  const used = extentOf(rows, from, to, idle);
  return { from, to, back: rows.length - to, top: HEAD + EDGE + Math.max(0, space - EDGE - used) };
}

/** Scrolled back to the start, the page is full all the same. */
function firstPage(rows: readonly Row[], room: number, idle: number): Window {
  let to = 1;
  while (to < rows.length && extentOf(rows, 0, to + 1, idle) <= room - EDGE) to++;
  return { from: 0, to, back: rows.length - to, top: HEAD };
}

/** Height of the rows `from` to `to` with the gaps between them. */
function extentOf(rows: readonly Row[], from: number, to: number, idle: number): number {
  let height = 0;
  for (let at = from; at < to; at++)
    height += heightOf(rows[at]!) + (at > from && idleBefore(rows, at, idle) ? GAP : 0);
  return height;
}

/** Milliseconds of silence before a row, if they are worth a line. */
function idleBefore(rows: readonly Row[], at: number, least: number): number | null {
  const before = rows[at - 1];
  const idle = before ? rows[at]!.order - before.until : 0;
  return idle >= least ? idle : null;
}

function drawRows(
  rows: readonly Row[],
  start: number,
  canvas: Omit<Canvas, 'top'>,
  { ends, idle: least }: { readonly ends: Ends; readonly idle: number },
) {
  const drawn: DrawnRow[] = [];
  const gaps: number[] = [];
  const labels: Label[] = [];
  let top = start;
  for (const [index, row] of rows.entries()) {
    const idle = idleBefore(rows, index, least);
    if (idle !== null) {
      gaps.push(top + GAP / 2);
      labels.push(gapLabel(canvas.columns, top, idle));
      top += GAP;
    }
    const height = heightOf(row);
    const words = say(row, ends);
    drawn.push({ ...draw(row, { ...canvas, top }), row, top, height, say: words });
    top += height;
  }
  return { rows: drawn, gaps, labels };
}

const gapLabel = ({ a, b, band }: Columns, top: number, idle: number): Label => ({
  text: lengthText(idle),
  x: (a + (band?.left ?? b)) / 2,
  y: top + GAP / 2 + 4,
  size: 11,
  anchor: 'middle',
  tone: 'ink-3',
  halo: 'stage',
});

/** What was concluded has no place in the log: then that of the next row that has one. */
const firstPlace = (rows: readonly Row[], from: number): number =>
  rows.slice(from).find(({ place }) => place >= 0)?.place ?? 0;

function edgeLabels(
  { a, b }: Columns,
  at: { readonly earlier: number; readonly later: number; readonly bottom: number },
): Label[] {
  const style = { x: (a + b) / 2, size: 12, anchor: 'middle', tone: 'ink-2', halo: 'stage' } as const;
  const labels: Label[] = [];
  if (at.earlier > 0) labels.push({ ...style, y: HEAD + 11, text: `↑ ${at.earlier} earlier` });
  if (at.later > 0) labels.push({ ...style, y: at.bottom - 6, text: `↓ ${at.later} later` });
  return labels;
}

function emptyLabel(view: View, rows: readonly Row[], { a, b }: Columns): Label[] {
  if (rows.length > 0) return [];
  const text = view.events.length === 0 ? 'Nothing was said yet.' : 'Nothing was said up to here.';
  return [{ text, x: (a + b) / 2, y: HEAD + 60, size: 14, anchor: 'middle', tone: 'ink-2', halo: 'stage' }];
}
