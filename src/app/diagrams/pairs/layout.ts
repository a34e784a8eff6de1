import type { Facts } from '../../../core/projections/index.ts';
import type { CheckActivity } from '../../../core/projections/pairs.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Size } from '../diagram.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { type Label, settleLabels } from '../parts/labels.ts';
import { type Axis, type Stretch, plotAxis } from '../parts/plot-axis.ts';
import { emptyWords } from '../parts/fitting.ts';
import { inSight } from '../parts/rows.ts';
import { type Columns, columnsOf, type Keys, keysOf, type PairsLayout, type Pen } from './columns.ts';
import { drawHead, drawPair } from './draw.ts';
import { type Checklist, checklists, spansOf } from './model.ts';
import { emptyHanded } from './describe.ts';

export const layout = (view: View, size: Size, _motion = true): PairsLayout => pairsAt(view, size, 0);

/** The rows that are in sight after `scroll` pixels. */
export function pairsAt(view: View, size: Size, scroll: number): PairsLayout {
  const columns = columnsOf(size, rowCount(view.whole));
  const lists = checklists(view.facts);
  return lists.length === 0
    ? nothing(size, emptyHanded(view.facts))
    : filled(view, size, scroll, columns, lists);
}

/** A checklist's head is a row too. */
const rowCount = ({ pairs }: Facts): number =>
  Object.values(pairs).reduce((sum, told) => sum + (told.pairs.length > 0 ? told.pairs.length + 1 : 0), 0);

/** Height of the line with ticks and headings. */
const AXIS = 24;

function filled(
  view: View,
  size: Size,
  scroll: number,
  columns: Columns,
  lists: readonly Checklist[],
): PairsLayout {
  const keys = keysOf(view.whole, columns);
  const top = keys.height + AXIS;
  const axis = axisOf(view.whole, columns, keys.height + 15);
  const count = lists.reduce((sum, { entries }) => sum + entries.length + 1, 0);
  const range = inSight(count, columns.rowHeight, { scroll, height: size.height - top });
  const rows = drawRows(lists, range, { columns, axis, time: view.time, top });
  const head = settleLabels([...keys.labels, ...headings(columns, keys), ...axis.labels]);
  return {
    width: size.width,
    top,
    rowHeight: columns.rowHeight,
    contentHeight: count * columns.rowHeight + 8,
    head,
    keys: keys.keys,
    empty: [],
    rows,
    grid: axis.grid,
    breaks: axis.breaks,
    labels: [...head, ...rows.flatMap(({ labels }) => labels)],
  };
}

function drawRows(
  lists: readonly Checklist[],
  [first, last]: readonly [number, number],
  pen: Pen,
): PairsLayout['rows'] {
  const rows: PairsLayout['rows'][number][] = [];
  let place = 0;
  const isIn = (): boolean => place >= first && place < last;
  for (const list of lists) {
    if (isIn()) rows.push(drawHead(list, place, pen));
    place++;
    for (const entry of list.entries) {
      if (isIn()) rows.push(drawPair(entry, list, place, pen));
      place++;
    }
  }
  return rows;
}

function nothing(size: Size, emptyHands: string): PairsLayout {
  const empty = emptyWords(emptyHands === '' ? NOTHING : NO_PAIR, size);
  const none = { head: [], keys: [], rows: [], grid: [], breaks: [] };
  return {
    ...none,
    width: size.width,
    top: 0,
    rowHeight: 30,
    contentHeight: size.height,
    empty,
    labels: empty,
  };
}

const NOTHING = [
  'Nothing is known of pairs yet.',
  'A browser makes no event of its pairs: it tells of them when it is asked with getStats. The first reading is made when a peer begins checking.',
] as const;

const NO_PAIR = [
  'There is no pair to try.',
  'A pair is made of an address of each end, and an end that found none has nothing to offer: Paths and Gathering show why.',
] as const;

function headings(columns: Columns, { height }: Keys): Label[] {
  const heading = { y: height + 15, size: 12, tone: 'ink-3' } as const;
  if (columns.isNarrow) return [{ ...heading, text: 'priority', x: columns.priority }];
  return [
    { ...heading, text: 'pair', x: 22 },
    { ...heading, text: 'priority', x: columns.priority, anchor: 'end' },
    { ...heading, text: 'result', x: columns.result },
  ];
}

/** The axis looks ahead to the end of the recording, so that it stands still while the session plays. */
function axisOf(whole: Facts, { plot: [left, right] }: Columns, baseline: number): Axis {
  const stretches = peersOf(whole).flatMap(({ id }) => stretchesOf(whole, id));
  return plotAxis(stretches, left, right, baseline);
}

/** From each `checking` to the first news of a pair, and from each pair's first news to its last; then a little more. */
function stretchesOf(whole: Facts, peer: string): Stretch[] {
  const told = whole.pairs[peer];
  if (!told) return [];
  const used = new Map(told.selections.map(({ id, until }) => [id, until]));
  const news = told.pairs.map((pair) => {
    const usedAt = used.get(pair.id) ?? null;
    return [
      ...spansOf(pair, usedAt).map(({ from }) => from),
      ...untilAnswered(pair.activity).map(({ until }) => (usedAt === null ? until : Math.min(until, usedAt))),
      ...[usedAt ?? pair.nominatedAt].filter((time) => time !== null),
    ];
  });
  const all = news.flat();
  const checking = (whole.states[peer]?.ice.history ?? []).filter(({ state }) => state === 'checking');
  const starts = checking.flatMap(({ at }): Stretch[] => {
    const next = Math.min(...all.filter((time) => time >= at));
    return Number.isFinite(next) ? [[at, next]] : [];
  });
  const lives = news
    .filter((times) => times.length > 0)
    .map((times): Stretch => [Math.min(...times), Math.max(...times)]);
  return [...starts, ...lives].map(([from, to]): Stretch => [from, to + (to - from) * TAIL + 1]);
}

const TAIL = 0.2;

/** What comes after an answer keeps the pair alive (RFC 7675), and tells nothing new. */
function untilAnswered(activity: readonly CheckActivity[]): readonly CheckActivity[] {
  const answered = activity.findIndex(({ responses }) => responses > 0);
  return activity.slice(0, answered < 0 ? 4 : Math.min(4, answered + 1));
}
