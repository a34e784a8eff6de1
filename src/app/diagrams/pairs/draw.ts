/** The rows of Pairs: the texts of a pair, and its bar over time. */
import type { Bar, Columns, DrawnRow, Look, Pen, Segment } from './columns.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Pair, PairState } from '../../../core/projections/pairs.ts';
import { addressText, isHidden, portText } from '../parts/address.ts';
import { fit, type Label, textWidth } from '../parts/labels.ts';
import { roleWords, sayPair } from './describe.ts';
import { shortAddress } from '../paths/words.ts';
import { type Checklist, type Entry, resultOf, spansOf } from './model.ts';

/** A stretch of time is drawn at least this wide, so that it is seen. */
const LEAST = 2;
/** The unknown since the last reading is drawn from this width on. */
const ASSUMED = 4;

/** The pair's life up to the cursor: solid to the last reading, a dashed line from there on. */
function barOf(
  { pair, isEarlier, selectedAt }: Entry,
  { lastReadAt, closedAt }: Checklist,
  y: number,
  { axis, time }: Pen,
): Bar {
  const now = Math.min(time, closedAt ?? time, (isEarlier ? pair.goneAt : null) ?? time);
  const read = Math.min(lastReadAt ?? now, now);
  const last = pair.spans.at(-1);
  const ended = last && (last.state === 'failed' || last.state === 'cancelled') ? last : null;
  const from = axis.x(read);
  const to = axis.x(now);
  const flagAt = selectedAt ?? pair.nominatedAt;
  return {
    y,
    segments: segmentsOf(spansOf(pair, selectedAt), read, axis.x),
    ticks: ticksOf(pair, axis.x),
    flag: flagAt === null ? null : axis.x(flagAt),
    fail: ended?.state === 'failed' ? axis.x(ended.from) : null,
    stop: ended?.state === 'cancelled' ? axis.x(ended.from) : null,
    assumed: ended === null && to - from >= ASSUMED ? [from, to] : null,
  };
}

function segmentsOf(spans: Pair['spans'], until: number, x: (time: number) => number): Segment[] {
  return spans.flatMap(({ state, from }, at) => {
    const look = lookOf(state);
    if (look === null) return [];
    const [x1, x2] = [x(from), x(spans[at + 1]?.from ?? until)];
    return [{ look, x1, x2: Math.max(x2, x1 + LEAST) }];
  });
}

/** Failed and cancelled pairs have no bar: a mark ends it. */
function lookOf(state: PairState): Look | null {
  if (state === 'failed' || state === 'cancelled') return null;
  const known: readonly Look[] = ['frozen', 'waiting', 'in-progress', 'succeeded'];
  return known.find((look) => look === state) ?? 'other';
}

/** One tick for each pixel at most. */
function ticksOf({ activity }: Pair, x: (time: number) => number): number[] {
  const asked = activity.filter(({ requests, responses }) => Math.max(requests, responses) > 0);
  return [...new Set(asked.map(({ until }) => Math.round(x(until))))];
}

const middle = (place: number, { top, columns }: Pen): number => top + (place + 0.5) * columns.rowHeight;

export function drawHead(list: Checklist, place: number, pen: Pen): DrawnRow {
  const { columns } = pen;
  const y = middle(place, pen);
  const name: Label = {
    text: `${list.label}’s checklist`,
    x: 48,
    y: y + columns.line,
    size: 13,
    bold: true,
  };
  const room = columns.end - name.x;
  const role = { size: 12, tone: 'ink-3' } as const;
  const beside = { x: name.x + textWidth(name) + 12, y: name.y };
  const below = { x: name.x, y: y + columns.second - 4 };
  return {
    id: list.id,
    y,
    labels: [
      name,
      { ...role, text: fit(roleWords(list), room, role), ...(columns.isNarrow ? below : beside) },
    ],
    say: '',
    pair: null,
    candidates: [],
    token: { label: list.label, x: 32, y: columns.isNarrow ? y - 4 : y },
    marks: [],
    bar: null,
  };
}

export function drawPair(entry: Entry, list: Checklist, place: number, pen: Pen): DrawnRow {
  const { columns } = pen;
  const { pair, local, remote } = entry;
  const y = middle(place, pen);
  const markY = columns.isNarrow ? y - 10 : y;
  const ends = [local, remote];
  return {
    id: pair.id,
    y,
    labels: textsOf(entry, list, y, columns).filter(({ text }) => text !== ''),
    say: sayPair(entry, list),
    pair: pair.id,
    candidates: ends.flatMap((one) => (one ? [one.key] : [])),
    token: null,
    marks: ends.map((one, at) => ({ type: one?.type ?? null, x: columns.marks[at]!, y: markY })),
    bar: barOf(entry, list, y + columns.barDy, pen),
  };
}

function textsOf(entry: Entry, list: Checklist, y: number, columns: Columns): Label[] {
  const result = resultLabels(entry, list, y, columns);
  const resultLeft = Math.min(...result.map((one) => one.x - (one.anchor === 'end' ? textWidth(one) : 0)));
  const textEnd = columns.isNarrow ? resultLeft - 10 : columns.textEnd;
  return [
    ...nameLabels(entry, y + columns.line, columns.text, textEnd),
    priorityLabel(entry, y, columns),
    ...result,
  ];
}

function priorityLabel(
  { priority, isSelected }: Entry,
  y: number,
  { second, priority: x, isNarrow }: Columns,
): Label {
  return {
    text: priority,
    x,
    y: y + second,
    size: 12,
    mono: true,
    bold: isSelected,
    anchor: isNarrow ? 'start' : 'end',
    tone: isSelected ? 'ink' : 'ink-2',
  };
}

/** `:37442` `to` `198.51.100.20:49170`, shorter where there is no room for it. */
function nameLabels({ local, remote, isSelected }: Entry, y: number, left: number, right: number): Label[] {
  const joint = local?.type === 'relay' ? 'TURN to' : 'to';
  for (const [from, address] of nameForms(local, remote)) {
    const labels = inLine(from, joint, address, isSelected, left, y);
    const last = labels.at(-1)!;
    if (last.x + textWidth(last) <= right) return labels;
  }
  return [];
}

function nameForms(local: Candidate | null, remote: Candidate | null): (readonly [string, string])[] {
  const from = local ? portText(local.port) : '';
  const port = remote ? portText(remote.port) : 'not told';
  const address = remote ? shortAddressAndPort(remote) : port;
  return [
    [from, address],
    [from, port],
    ['', port],
  ];
}

const shortAddressAndPort = ({ address, port }: Candidate): string =>
  isHidden(address) ? portText(port) : addressText({ address: shortAddress(address), port });

function inLine(from: string, joint: string, address: string, bold: boolean, x: number, y: number): Label[] {
  const labels: Label[] = [];
  const parts: Pick<Label, 'text' | 'mono' | 'bold' | 'tone'>[] = [
    { text: from, mono: true, tone: 'ink-2' },
    { text: joint, tone: 'ink-3' },
    { text: address, mono: true, bold },
  ];
  for (const part of parts.filter(({ text }) => text !== '')) {
    const before = labels.at(-1);
    labels.push({ ...part, size: 12, y, x: before ? before.x + textWidth(before) + 6 : x });
  }
  return labels;
}

function resultLabels(entry: Entry, list: Checklist, y: number, columns: Columns): Label[] {
  const { strong, rest, isFailure } = resultOf(entry, list);
  const head: Label = {
    text: strong,
    x: columns.result,
    y: y + columns.line,
    size: 12,
    bold: true,
    tone: isFailure ? 'fail' : 'ink',
  };
  const tail: Label = { text: rest, x: columns.result, y: y + columns.line, size: 12, tone: 'ink-3' };
  if (columns.isNarrow) {
    const used = rest ? textWidth(tail) + 6 : 0;
    return [
      { ...head, x: head.x - used, anchor: 'end' },
      { ...tail, anchor: 'end' },
    ];
  }
  return [head, { ...tail, x: tail.x + (strong ? textWidth(head) + 6 : 0) }];
}
