import type { Facts } from '../../../core/projections/index.ts';
import type { SessionEvent } from '../../../core/session/event.ts';
import { type LaneChoice, type PlacedLane, placeLanes, rowsOf } from './lanes.ts';
import { drawCalls } from './marks/calls.ts';
import { drawChecks } from './marks/checks.ts';
import { drawGathering } from './marks/gathering.ts';
import type { Drawn, Pen } from './marks/mark.ts';
import { drawSignalling } from './marks/signalling.ts';
import { drawData, drawDtls } from './marks/transport.ts';
import { type TimeScale, timeScale } from './time-scale.ts';

export interface Options {
  /** Draws idle gaps short: so when left out. */
  readonly squeeze?: boolean;
  readonly lanes?: LaneChoice;
  /** The plot takes the whole width: no titles beside it. */
  readonly bare?: boolean;
}

export interface DrawnLane extends PlacedLane, Drawn {
  readonly rows: readonly { readonly label: string; readonly y: number }[];
}

/** All that does not depend on the cursor. */
export interface Picture extends Extent {
  readonly scale: TimeScale;
  readonly lanes: readonly DrawnLane[];
  /** Marks were left out where they would lie upon each other. */
  readonly thinned: boolean;
}

/** A session whose lanes would hold more marks than this is thinned, to about `THINNED`. */
export const MOST_MARKS = 2000;
const THINNED = 1200;
const LEFT = 160;
const LEFT_SLIM = 136;
const SLIM = 1024;
const MARGIN = 24;
/** More than the pixels of any row. */
const ROW_PLACES = 1024;

const drawn = new WeakMap<Facts, { readonly key: string; readonly picture: Picture }>();

/** Draws once for every state of the recording: moving the cursor costs nothing here. */
export function pictureOf(
  whole: Facts,
  events: readonly SessionEvent[],
  width: number,
  { squeeze = true, lanes = 'all', bare = false }: Options,
): Picture {
  const key = `${events.length} ${width} ${squeeze} ${lanes} ${bare}`;
  const known = drawn.get(whole);
  if (known?.key === key) return known.picture;
  const picture = draw(whole, events, plotWithin(width, bare), { squeeze, lanes });
  drawn.set(whole, { key, picture });
  return picture;
}

function draw(
  whole: Facts,
  events: readonly SessionEvent[],
  { left, right }: Extent,
  { squeeze, lanes: choice }: { readonly squeeze: boolean; readonly lanes: LaneChoice },
): Picture {
  const scale = timeScale(events, right - left, { squeeze });
  const rows = whole.peers.length === 1 ? 1 : 2;
  const placed = placeLanes(choice, rows);
  const thinned = marksIn(whole) > MOST_MARKS;
  const bucket = thinned ? Math.ceil(((right - left) * placed.length * rows * 2) / THINNED) : 0;
  const lanes = placed.map((lane) =>
    drawLane(lane, whole, penFor(lane, rows, whole, { scale, left, right, bucket })),
  );
  return { scale, left, right, lanes, thinned };
}

/** Left and right end of the plot. */
interface Extent {
  readonly left: number;
  readonly right: number;
}

function plotWithin(width: number, bare: boolean): Extent {
  if (bare) return { left: 0, right: Math.max(1, width) };
  const left = Math.min(width < SLIM ? LEFT_SLIM : LEFT, width / 2);
  return { left, right: Math.max(left + 1, width - MARGIN) };
}

const marksIn = ({ calls, messages, data, candidates, pairs }: Facts): number =>
  calls.length +
  messages.length +
  data.messages.length +
  Object.values(candidates).reduce((sum, { local }) => sum + local.length, 0) +
  Object.values(pairs).reduce((sum, peer) => sum + peer.pairs.length, 0);

interface Plot extends Extent {
  readonly scale: TimeScale;
  /** Marks of a kind in a row nearer than this are drawn as one; 0 draws all. */
  readonly bucket: number;
}

function penFor(lane: PlacedLane, rows: number, whole: Facts, { scale, left, right, bucket }: Plot): Pen {
  const middles = rowsOf(lane, rows);
  const places = new Map(whole.peers.map(({ id }, at) => [id, middles[at] ?? null]));
  const labels = new Map(whole.peers.map(({ id, label }) => [id, label]));
  const full = new Map<string, Set<number>>();
  return {
    x: (time) => left + scale.x(time),
    row: (peer) => places.get(peer ?? '') ?? null,
    across: (row) => middles.find((middle) => middle !== row) ?? lane.top + lane.tall - 3,
    label: (peer) => labels.get(peer) ?? peer,
    top: lane.top,
    height: lane.tall,
    left,
    right,
    edge: (x) => left + (scale.breaks.find((gap) => left + gap.x > x)?.x ?? right - left),
    seen: (x, y, kind) => {
      if (bucket === 0) return true;
      const place = Math.floor(x / bucket) * ROW_PLACES + Math.round(y);
      const taken = full.get(kind) ?? new Set();
      if (taken.has(place)) return false;
      full.set(kind, taken.add(place));
      return true;
    },
  };
}

function drawLane(lane: PlacedLane, whole: Facts, pen: Pen): DrawnLane {
  const rows = whole.peers.flatMap(({ id, label }) => {
    const y = pen.row(id);
    return y === null ? [] : [{ label, y }];
  });
  return { ...lane, rows, ...marksOf(lane, whole, pen) };
}

function marksOf({ id }: PlacedLane, whole: Facts, pen: Pen): Drawn {
  const { calls, messages, candidates, states, data } = whole;
  const each = (draw: (peer: string) => Drawn): Drawn => joined(whole.peers.map((peer) => draw(peer.id)));
  switch (id) {
    case 'signalling':
      return drawSignalling(messages.toArray(), pen);
    case 'calls':
      return drawCalls(calls.toArray(), pen);
    case 'gathering':
      return each((peer) => drawGathering(peer, candidates[peer], states[peer], pen));
    case 'checks':
      return each((peer) => drawChecks(peer, whole, pen));
    case 'dtls':
      return each((peer) => drawDtls(peer, states[peer], pen));
    case 'data':
      return drawData(data, pen);
  }
}

const joined = (parts: readonly Drawn[]): Drawn => ({
  marks: parts.flatMap(({ marks }) => marks),
  texts: parts.flatMap(({ texts }) => texts),
});
