import { scaleLinear } from 'd3';
import type { CandidateType } from '../../../core/projections/candidates.ts';
import type { PairState } from '../../../core/projections/pairs.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import { type Label, fit, settleLabels } from '../parts/labels.ts';
import { endpoint } from '../parts/ports.ts';
import { type Checklist, type PairRow, checklistsOf } from './rows.ts';

export const ROW = 30;
const HEAD = 46;
const MARGIN = 22;

export interface Bar {
  readonly state: PairState;
  readonly from: number;
  readonly to: number;
}

export interface DrawnPair {
  readonly id: string;
  readonly name: string;
  readonly y: number;
  readonly marks: readonly { readonly type: CandidateType; readonly x: number }[];
  readonly bars: readonly Bar[];
  /** Where requests went out; the counters tell no better than between two readings. */
  readonly requests: readonly number[];
  readonly flag: number | null;
  readonly cross: number | null;
}

export interface PairsLayout extends Layout {
  readonly height: number;
  readonly ticks: readonly number[];
  readonly bottom: number;
  readonly heads: readonly { readonly letter: string; readonly y: number }[];
  readonly pairs: readonly DrawnPair[];
  readonly legend: readonly { readonly state: PairState; readonly x: number }[];
  readonly legendY: number;
}

interface Columns {
  readonly text: number;
  readonly priority: number | null;
  readonly plot: number;
  readonly plotEnd: number;
  readonly result: number;
  readonly end: number;
}

function columnsOf(width: number): Columns {
  const end = width - MARGIN;
  const result = end - (width >= 640 ? 158 : 96);
  const text = MARGIN + 62;
  const wide = width >= 900;
  const priority = wide ? text + 345 : null;
  const plot = wide ? text + 378 : text + (width >= 640 ? 230 : 74);
  return { text, priority, plot, plotEnd: Math.max(plot + 30, result - 16), result, end };
}

export function layout(view: View, size: Size): PairsLayout {
  const columns = columnsOf(size.width);
  const lists = checklistsOf(view.facts);
  const x = scaleLinear(domainOf(view), [columns.plot, columns.plotEnd]);
  const places = placesOf(lists);
  const bottom = places.bottom;
  const ticks =
    lists.length === 0 ? [] : x.ticks(Math.max(2, Math.floor((columns.plotEnd - columns.plot) / 62)));
  const legend = legendAt(view, bottom + 22, size.width);
  return {
    height: bottom + 40,
    bottom,
    ticks: ticks.map((tick) => x(tick)),
    heads: places.heads.map(({ list, y }) => ({ letter: list.letter, y })),
    pairs: places.pairs.map(({ row, y }) => drawPair(row, y, x, view.time)),
    legend: legend.entries,
    legendY: bottom + 22,
    labels: settleLabels([
      ...(lists.length === 0 ? emptyLabels(size) : columnLabels(columns, x, ticks)),
      ...places.heads.flatMap(({ list, y }) => headLabels(list, y, columns)),
      ...places.pairs.flatMap(({ row, y }) => pairLabels(row, y, columns)),
      ...legend.labels,
    ]),
  };
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

interface Places {
  readonly heads: readonly { readonly list: Checklist; readonly y: number }[];
  readonly pairs: readonly { readonly row: PairRow; readonly y: number }[];
  readonly bottom: number;
}

function placesOf(lists: readonly Checklist[]): Places {
  const heads: { list: Checklist; y: number }[] = [];
  const pairs: { row: PairRow; y: number }[] = [];
  let y = HEAD;
  for (const list of lists) {
    heads.push({ list, y });
    for (const row of list.rows) pairs.push({ row, y: (y += ROW) });
    y += ROW + 8;
  }
  return { heads, pairs, bottom: y - ROW / 2 };
}

/** From just before the first reading to just after the last change that the recording holds. */
function domainOf({ whole }: View): readonly [number, number] {
  const pairs = Object.values(whole.pairs).flatMap((own) => own.pairs);
  const starts = pairs.flatMap(({ spans, activity }) => [
    ...spans.map(({ from }) => from),
    ...activity.map(({ after }) => after),
  ]);
  const ends = pairs.flatMap(({ spans, nominatedAt }) => [
    ...spans.map(({ from }) => from),
    nominatedAt ?? 0,
  ]);
  if (starts.length === 0) return [0, 1];
  const from = Math.min(...starts);
  const to = Math.max(...ends);
  const pad = Math.max(2, (to - from) * 0.12);
  return [Math.max(0, from - pad / 2), to + pad];
}

function drawPair({ pair, local, remote, state }: PairRow, y: number, x: Scale, now: number): DrawnPair {
  const last = x.domain()[1]!;
  const until = Math.min(now, last);
  const bars = pair.spans.map(({ state: kind, from }, index) => ({
    state: kind,
    from: x(from),
    to: x(Math.max(from, pair.spans[index + 1]?.from ?? until)),
  }));
  const types = [local?.type, remote?.type];
  return {
    id: pair.id,
    name: `${local ? `${local.type} ${local.port}` : 'unknown'} to ${remote ? `${remote.type} ${remote.port}` : 'unknown'}, ${state}`,
    y,
    marks: types.flatMap((type, index) => (type ? [{ type, x: MARGIN + 10 + index * 34 }] : [])),
    bars: bars.filter((bar) => bar.state !== 'failed'),
    requests: pair.activity
      .filter(({ requests, until: seen }) => requests > 0 && seen <= last)
      .map(({ after, until: seen }) => x((after + seen) / 2)),
    flag: pair.nominatedAt === null ? null : x(pair.nominatedAt),
    cross: bars.find((bar) => bar.state === 'failed')?.from ?? null,
  };
}

const small = { size: 12, tone: 'ink-3' } as const;

function emptyLabels({ width, height }: Size): Label[] {
  const text = fit('Nothing is known of pairs before the first check.', width - 2 * MARGIN, small);
  return [{ ...small, text, x: width / 2, y: height / 2, anchor: 'middle' }];
}

function columnLabels({ priority, result }: Columns, x: Scale, ticks: readonly number[]): Label[] {
  return [
    { ...small, text: 'pair', x: MARGIN, y: 16, rank: 3 },
    ...(priority === null
      ? []
      : [{ ...small, text: 'priority', x: priority, y: 16, anchor: 'end', rank: 3 } as const]),
    ...ticks.map((tick, index): Label => ({
      text: `${tick}${index === 0 ? ' ms' : ''}`,
      x: x(tick),
      y: 16,
      size: 11,
      mono: true,
      anchor: 'middle',
      tone: 'ink-3',
      rank: 1,
    })),
    { ...small, text: 'result', x: result, y: 16, rank: 2 },
  ];
}

/** RFC 8445, section 6.1.1: the controlling agent is the one that nominates. */
const ROLES: Readonly<Record<string, string>> = {
  controlling: 'controlling: it nominates',
  controlled: 'controlled',
};

function headLabels({ letter, role }: Checklist, y: number, { end }: Columns): Label[] {
  const name = { size: 14, bold: true } as const;
  const left = MARGIN + 26;
  const roleText = fit(ROLES[role ?? ''] ?? 'role not told', end - left - 150, small);
  return [
    { ...name, text: `${letter}’s checklist`, x: left, y: y + 5 },
    { ...small, text: roleText, x: left + 150, y: y + 5, rank: 1 },
  ];
}

function pairLabels(
  { local, remote, priority, isSelected, result }: PairRow,
  y: number,
  columns: Columns,
): Label[] {
  const code = { size: 12, mono: true, bold: isSelected } as const;
  const room = (columns.priority === null ? columns.plot - 12 : columns.priority - 160) - columns.text;
  const to = remote ? endpoint(remote) : 'unknown';
  const via = local?.type === 'relay' ? 'TURN to ' : 'to ';
  const full = `${via}${to}`;
  const short = remote ? `to :${remote.port}` : full;
  const labels: Label[] = [
    { ...code, text: fit(full.length * 7.2 <= room ? full : short, room, code), x: columns.text, y: y + 4 },
  ];
  if (columns.priority !== null) {
    labels.push({
      ...code,
      text: String(priority),
      x: columns.priority,
      y: y + 4,
      anchor: 'end',
      tone: isSelected ? 'ink' : 'ink-2',
    });
  }
  return [...labels, ...resultLabels(result, y, columns)];
}

function resultLabels(
  { strong, rest, isFailure }: PairRow['result'],
  y: number,
  { result, end }: Columns,
): Label[] {
  const bold = { size: 12, bold: true, tone: isFailure ? 'fail' : 'ink' } as const;
  const width = strong.length * 12 * 0.72;
  const restX = strong ? result + width + 6 : result;
  const restText = fit(rest, end - restX, small);
  return [
    ...(strong ? [{ ...bold, text: strong, x: result, y: y + 4 }] : []),
    ...(restText ? [{ ...small, text: restText, x: restX, y: y + 4, rank: 1 }] : []),
  ];
}

const STATE_WORDS: readonly (readonly [PairState, string])[] = [
  ['waiting', 'waiting'],
  ['in-progress', 'in progress'],
  ['succeeded', 'succeeded'],
];

function legendAt(
  { facts }: View,
  y: number,
  width: number,
): { entries: PairsLayout['legend']; labels: Label[] } {
  const seen = new Set(
    Object.values(facts.pairs).flatMap((own) =>
      own.pairs.flatMap(({ spans }) => spans.map(({ state }) => state)),
    ),
  );
  const entries: { state: PairState; x: number }[] = [];
  const labels: Label[] = [];
  let x = MARGIN;
  for (const [state, text] of STATE_WORDS.filter(([state]) => seen.has(state))) {
    const after = x + 30 + text.length * 12 * 0.65 + 18;
    if (after > width) break;
    entries.push({ state, x });
    labels.push({ size: 12, tone: 'ink-2', text, x: x + 30, y: y + 4 });
    x = after;
  }
  return { entries, labels };
}
