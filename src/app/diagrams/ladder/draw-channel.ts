/** Letters that enter the band of the channel, wait in their lanes, and leave it. */
import type { View } from '../../../core/projections/view.ts';
import { lengthText } from '../timeline/units.ts';
import { firstFit } from '../parts/fitting.ts';
import { type Box, type Label, labelBox, overlap, textWidth } from '../parts/labels.ts';
import { type Band, type Inside, bandOf, insideAt } from './channel.ts';
import { shareOfFlight } from './flights.ts';
import type { Columns } from './lifelines.ts';
import { type Arrow, type Canvas, type Drawing, type DrawnRow, NOTHING, arrow } from './marks.ts';
import type { ChannelRow } from './row.ts';
import { channelTexts, messageName } from './words.ts';

const WIRE = { kind: 'wire', evidence: 'observed', weight: 'thin' } as const;
const HUMAN = { size: 12, halo: 'stage' } as const;
/** From the top of a row: its arrow's start and end, and where the icon stands in its lane. */
const LINE = 16;
const END = LINE + 8;
const ICON = END + 13;
const COPY = 8;
const LANE = 34;
const MARGIN = 30;

/** x of a letter's lane: A's are counted from the left, B's from the right, nearer together where there are many. */
export function laneX(columns: Columns, band: Band, key: string): number {
  const touched = band.messages.get(key)!;
  const { left, right } = columns.band!;
  const margin = Math.min(MARGIN, (right - left) / 4);
  const step = Math.min(LANE, (right - left - 2 * margin) / Math.max(1, band.lanes - 1));
  const offset = margin + step * touched.lane;
  return columns.x(touched.message.from) === columns.a ? left + offset : right - offset;
}

export function drawChannel(row: Readonly<ChannelRow>, canvas: Canvas): Drawing {
  const band = bandOf(canvas.view);
  if (!band || !canvas.columns.band) return NOTHING;
  const x = laneX(canvas.columns, band, row.key);
  if (row.step === 'leave') return drawLeaving(row, canvas, x);
  if (row.step === 'drop') return { ...NOTHING, ...lost(x, canvas.top + 14, canvas, 'dropped') };
  return drawEntering(row, canvas, x);
}

/** The edge of the band that faces a peer. */
const edgeOf = ({ columns }: Canvas, peer: string): number =>
  columns.x(peer) === columns.a ? columns.band!.left : columns.band!.right;

function drawEntering(row: Readonly<ChannelRow>, canvas: Canvas, x: number): Drawing {
  const { columns, top, view } = canvas;
  const ends = [columns.x(row.peer), edgeOf(canvas, row.peer)] as const;
  const y = top + END;
  const isInside = insideAt(view).some(({ touched }) => touched.key === row.key);
  const failed = row.dropped ? lost(x + Math.sign(ends[1] - ends[0]) * 22, y, canvas, 'dropped') : null;
  const icon = iconAt(row, x, row.dropped ? y : top + ICON);
  return {
    ...NOTHING,
    ...(isInside ? {} : icon),
    arrows: [arrow(ends, top + LINE, WIRE), level(ends[1], failed?.marks[0]?.x ?? x, y)],
    labels: [caption(channelTexts(row), ends, top), ...(failed?.labels ?? [])],
    marks: [...(isInside ? [] : icon.marks), ...(failed?.marks ?? [])],
  };
}

function drawLeaving(row: Readonly<ChannelRow>, canvas: Canvas, x: number): Drawing {
  const { columns, top } = canvas;
  const to = columns.x(canvas.opposite(row.peer));
  const edge = edgeOf(canvas, canvas.opposite(row.peer));
  const share = shareOfFlight(canvas, row, row.flight);
  const copies = Array.from({ length: Math.min(2, row.flight.count) }, (_, copy) => top + LINE + copy * COPY);
  return {
    ...NOTHING,
    arrows: copies.flatMap((y) => [level(x, edge, y), arrow([edge, to], y, WIRE, share)]),
    bars: row.flight.added ? [{ x: to - 4, y: top + LINE, height: 14, open: false }] : [],
    labels: [caption(channelTexts(row), [edge, to], top)],
  };
}

const level = (from: number, to: number, y: number): Arrow => ({
  ...WIRE,
  from: [from, y],
  to: [to, y],
  head: null,
});

/** In the middle over its arrow, and no wider than it: the first of `texts` that fits. */
function caption(
  texts: readonly [string, ...string[]],
  [x1, x2]: readonly [number, number],
  top: number,
): Label {
  const words = firstFit(texts, Math.abs(x2 - x1) - 10, HUMAN);
  return { ...HUMAN, text: words, x: (x1 + x2) / 2, y: top + 11, anchor: 'middle' };
}

function iconAt(
  { type }: Pick<ChannelRow, 'type'>,
  x: number,
  y: number,
): Pick<Drawing, 'marks' | 'envelope'> {
  return type === null
    ? { marks: [], envelope: { x, y, flying: true } }
    : { marks: [{ type, x, y, scale: 0.85 }], envelope: null };
}

function lost(x: number, y: number, { columns }: Canvas, text: string): Pick<Drawing, 'marks' | 'labels'> {
  const style = { size: 12, bold: true, tone: 'fail', halo: 'stage', anchor: 'middle' } as const;
  const half = textWidth({ ...style, text }) / 2;
  const middle = Math.max(columns.left + half, Math.min(columns.right - half, x));
  return {
    marks: [{ type: 'fail', x, y, scale: 1 }],
    labels: [{ ...style, text, x: middle, y: y + 17 }],
  };
}

/** The stretch of its lane that a letter has waited. */
export interface LaneLine {
  readonly key: string;
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
}

export interface DrawnBand {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly lanes: readonly LaneLine[];
  /** The line of the present, where letters are inside; its tag holds the time. */
  readonly now: { readonly y: number; readonly tag: Box } | null;
  /** Icons of the letters that are inside, on that line. */
  readonly icons: Pick<Drawing, 'marks'> & { readonly envelopes: readonly { x: number; y: number }[] };
  readonly labels: readonly Label[];
}

/** Pixels above the present's line, and for each line of text below it. */
const ABOVE_NOW = 26;
const LINE_HEIGHT = 16;
const MOST_LINES = 3;

/** Height that the present takes at the foot of the ladder. */
export const nowHeight = (view: View): number => {
  const count = Math.min(MOST_LINES, insideAt(view).length);
  return count === 0 ? 0 : ABOVE_NOW + 12 + count * LINE_HEIGHT;
};

interface Frame {
  readonly view: View;
  readonly columns: Columns;
  readonly rows: readonly DrawnRow[];
  readonly top: number;
  readonly bottom: number;
  /** Rows below the last one are scrolled out of sight. */
  readonly isCut: boolean;
  readonly clock: string;
  readonly labelOf: (peer: string) => string;
}

/** Lanes between the rows, and the present below them; null where the ladder has no band. */
export function drawBand(frame: Frame): DrawnBand | null {
  const band = bandOf(frame.view);
  const { columns, rows, bottom, isCut } = frame;
  if (!band || !columns.band) return null;
  const inside = isCut ? [] : insideAt(frame.view);
  const last = rows.at(-1);
  const y = (last ? last.top + last.height : frame.top) + ABOVE_NOW;
  const waiting = inside.map((entry) => ({ ...entry, x: laneX(columns, band, entry.touched.key) }));
  const icons = waiting.map(({ touched, x }) => iconAt(touched, x, y));
  return {
    ...columns.band,
    bottom,
    lanes: lanesOf(frame, band, inside.length > 0 ? y : bottom),
    now: inside.length > 0 ? { y, tag: tagBox(frame, y) } : null,
    icons: {
      marks: icons.flatMap(({ marks }) => marks),
      envelopes: icons.flatMap(({ envelope }) => envelope ?? []),
    },
    labels: inside.length > 0 ? [...nowLabels(frame, y), ...toGoLabels(waiting, y, columns)] : [],
  };
}

/** From where a letter enters to where it leaves, as far as both are in the picture. */
function lanesOf({ view, columns, rows, top }: Frame, band: Band, foot: number): readonly LaneLine[] {
  const first = rows[0]?.row.order ?? 0;
  const end = view.time;
  const drawn = (key: string, steps: readonly ChannelRow['step'][]): DrawnRow | undefined =>
    rows.find(({ row }) => row.kind === 'channel' && row.key === key && steps.includes(row.step));
  return [...band.messages.values()].flatMap((touched): LaneLine[] => {
    const { key, sentAt, message } = touched;
    const enters = drawn(key, ['enter']);
    const leaves = drawn(key, ['leave', 'drop']);
    const left = message.passage!.dropped?.at ?? message.passage!.leftAt[0] ?? Infinity;
    if (sentAt > end || (enters?.row.kind === 'channel' && enters.row.dropped)) return [];
    if (!enters && (sentAt > first || left < first)) return [];
    if (!enters && !leaves && left <= end) return [];
    const y1 = enters ? enters.top + END : top;
    const y2 = leaves
      ? leaves.top + (leaves.row.kind === 'channel' && leaves.row.step === 'drop' ? 14 : LINE)
      : foot;
    const extra = leaves?.row.kind === 'channel' && leaves.row.flight.count > 1 ? COPY : 0;
    return y2 > y1 ? [{ key, x: laneX(columns, band, key), y1, y2: y2 + extra }] : [];
  });
}

const TAG = { size: 11, mono: true, bold: true } as const;

function tagBox({ columns, clock }: Frame, y: number): Box {
  const width = textWidth({ ...TAG, mono: true, text: clock }) + 12;
  return { left: Math.max(1, columns.time + 6 - width), right: columns.time + 6, top: y - 9, bottom: y + 9 };
}

function nowLabels(frame: Frame, y: number): Label[] {
  const { columns, clock } = frame;
  const { right } = tagBox(frame, y);
  const tag: Label = { ...TAG, text: clock, x: right - 6, y: y + 4, anchor: 'end', tone: 'on-ink' };
  const text = awaited(frame);
  const room = columns.band!.left - columns.a - 20;
  const style = { size: 12, bold: true } as const;
  if (text === null || textWidth({ ...style, text }) > room) return [tag];
  return [tag, { ...style, text, x: columns.band!.left - 10, y: y - 9, anchor: 'end', halo: 'stage' }];
}

/** Who waits for which description that is still inside. */
function awaited({ view, labelOf }: Frame): string | null {
  const touched = insideAt(view).find(({ touched: { message } }) =>
    /offer|answer/.test(message.kind),
  )?.touched;
  if (!touched) return null;
  const { to, kind } = touched.message;
  return `${labelOf(to)} still waits for ${kind === 'answer' ? 'an answer' : 'an offer'}`;
}

/** `held`, `392 ms to go` */
export const toGoText = (toGo: number | null): string =>
  toGo === null ? 'held' : `${lengthText(toGo)} to go`;

type Waiter = Inside & { readonly x: number };

/** Below each description what it waits for; below candidates that wait for the same, one text for them all. */
function toGoLabels(waiting: readonly Waiter[], y: number, columns: Columns): Label[] {
  const placed: Label[] = [];
  for (const group of groupsOf(waiting)) {
    const [first] = group as [Waiter];
    const bold = first.toGo !== null;
    const style = { size: 12, bold, anchor: 'middle', tone: bold ? 'ink' : 'ink-2' } as const;
    const x = group.reduce((sum, waiter) => sum + waiter.x, 0) / group.length;
    const label = settle({ ...style, text: groupText(group), x, y: y + 24 }, placed, columns);
    if (label) placed.push(label);
  }
  return placed;
}

/** Descriptions one by one, then the candidates that are on their way, then those that are held. */
function groupsOf(waiting: readonly Waiter[]): readonly (readonly Waiter[])[] {
  const isDescription = ({ touched }: Waiter): boolean => /offer|answer/.test(touched.message.kind);
  const others = waiting.filter((waiter) => !isDescription(waiter));
  return [
    ...waiting.filter(isDescription).map((waiter) => [waiter]),
    others.filter(({ toGo }) => toGo !== null),
    others.filter(({ toGo }) => toGo === null),
  ].filter((group) => group.length > 0);
}

function groupText(group: readonly Waiter[]): string {
  const [{ touched, toGo }] = group as [Waiter];
  if (group.length === 1)
    return `${messageName({ what: touched.message.kind, type: touched.type })} ${toGoText(toGo)}`;
  if (toGo === null) return `${group.length} candidates held`;
  const soonest = Math.min(...group.map((waiter) => waiter.toGo!));
  return `${group.length} candidates, ${toGoText(soonest)}`;
}

function settle(label: Label, placed: readonly Label[], { left, right }: Columns): Label | null {
  const half = textWidth(label) / 2;
  const x = label.anchor === 'middle' ? Math.max(left + half, Math.min(right - half, label.x)) : label.x;
  for (let line = 0; line < MOST_LINES; line++) {
    const tried = { ...label, x, y: label.y + line * LINE_HEIGHT };
    if (!placed.some((other) => overlap(labelBox(other), labelBox(tried)))) return tried;
  }
  return null;
}
