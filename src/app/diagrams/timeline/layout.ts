import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import { type Box, type Label, settleLabels, textWidth } from '../parts/labels.ts';
import { timelineHeight } from './lanes.ts';
import type { MarkText } from './marks/mark.ts';
import { type DrawnLane, type Options, type Picture, pictureOf } from './picture.ts';
import { BREAK } from './time-scale.ts';
import { clockTotal, clockText } from './units.ts';

export interface TimelineLayout extends Layout {
  readonly picture: Picture;
  readonly height: number;
  /** Null while nothing is recorded. */
  readonly head: Head | null;
}

/** The play head: a line at `x` and its tag above. */
export interface Head {
  readonly x: number;
  readonly tag: { readonly x: number; readonly width: number };
}

const TAG = { top: 1, height: 17 };
const TICK_BASE = 13;
/** In lower lanes the rows are too near for letters: A is above B there, too. */
const LETTERS_APART = 11.5;

/** Everything, both ends, on one clock. The heavy part does not depend on the cursor and is drawn once. */
export function layout(view: View, size: Size, _motion = true, options: Options = {}): TimelineLayout {
  const picture = pictureOf(view.whole, view.events, size.width, options);
  const rows = picture.lanes[0]?.rows.length === 1 ? 1 : 2;
  const empty = view.whole.peers.length === 0;
  const head = empty ? null : headOf(view, picture, size.width);
  const labels = [
    ...picture.lanes.flatMap((lane) => laneLabels(lane, empty, picture.left)),
    ...(empty ? [] : axisLabels(picture, head, size.width)),
    ...(head ? [tagLabel(view, picture, head)] : []),
    ...markLabels(view, picture),
  ];
  return { picture, head, labels, height: timelineHeight(options.lanes, rows) };
}

function headOf(view: View, { scale, left }: Picture, width: number): Head {
  const x = left + scale.x(view.time);
  const tag = textWidth({ text: clockTotal(view.time, scale.unit), size: 11, mono: true }) + 14;
  return { x, tag: { width: tag, x: Math.max(RING, Math.min(width - tag - RING, x - tag / 2)) } };
}

/** Around the tag, where it has the focus: it is drawn whole. */
const RING = 5;

const tagLabel = (view: View, { scale }: Picture, { tag }: Head): Label => ({
  text: clockTotal(view.time, scale.unit),
  x: tag.x + tag.width / 2,
  y: TICK_BASE + 0.5,
  size: 11,
  anchor: 'middle',
  mono: true,
  bold: true,
  tone: 'on-ink',
});

function laneLabels(lane: DrawnLane, empty: boolean, left: number): Label[] {
  const base = lane.top + lane.tall / 2 + 4;
  const title: Label = { text: lane.title, x: 24, y: base, size: 12, tone: 'ink-2' };
  if (empty) return [title, { text: lane.hint, x: left, y: base, size: 12, tone: 'ink-3' }];
  const [first, second] = lane.rows;
  if (first && second && second.y - first.y < LETTERS_APART) return [title];
  const letters = lane.rows.map(({ label, y }): Label => ({
    text: label,
    x: left - 14,
    y: y + 3.8,
    size: 11,
    anchor: 'middle',
    tone: 'ink-3',
  }));
  return [title, ...letters];
}

/** Ticks and lengths of gaps; those beneath the play head's tag are hidden. */
function axisLabels({ scale, left, right }: Picture, head: Head | null, width: number): Label[] {
  const tick = (text: string, x: number, rank: number): Label => ({
    text,
    x: left + x,
    y: TICK_BASE,
    size: 11,
    anchor: 'middle',
    mono: true,
    tone: 'ink-3',
    rank,
  });
  const end = clockText(scale.time(right - left), scale.unit);
  const endRoom = textWidth({ text: end, size: 11, mono: true }) / 2 + 3;
  const labels = [
    ...scale.breaks.map(({ x, text }) => tick(text, x + BREAK / 2, 3)),
    ...scale.ticks.map(({ x, text }) => tick(text, x, 2)),
    ...(scale.breaks.length === 0 ? [tick(end, Math.min(right, width - endRoom) - left, 1)] : []),
  ];
  return settleLabels(labels, head ? [tagBox(head)] : []);
}

const tagBox = ({ tag }: Head): Box => ({
  left: tag.x,
  right: tag.x + tag.width,
  top: TAG.top,
  bottom: TAG.top + TAG.height,
});

/** Names in bars and the like: only of what has happened. */
function markLabels(view: View, { lanes }: Picture): Label[] {
  const past = lanes.flatMap(({ texts }) => texts).filter(({ at }) => at <= view.time && view.index > 0);
  return settleLabels(past.map(labelOf));
}

const labelOf = ({ at: _at, ...text }: MarkText, place: number): Label => ({
  ...text,
  size: 11,
  rank: -place,
});
