import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Size } from '../diagram.ts';
import { type Label, settleLabels } from '../parts/labels.ts';
import { type Axis, type Stretch, plotAxis } from '../parts/plot-axis.ts';
import { emptyWords } from '../parts/fitting.ts';
import { inSight } from '../parts/rows.ts';
import { type Columns, columnsOf } from './columns.ts';
import { drawRow, type GatheringLayout, type Pen } from './draw.ts';
import { dearest, gatherers, isTold, rowsOf, type Search, searchesOf } from './model.ts';
import { peersOf } from '../parts/peer-labels.ts';

export const layout = (view: View, size: Size, _motion = true): GatheringLayout => gatheringAt(view, size, 0);

/** The rows that are in sight after `scroll` pixels. */
export function gatheringAt(view: View, size: Size, scroll: number): GatheringLayout {
  const columns = columnsOf(size, rowsOf(gatherers(view.whole)).length);
  const axis = axisOf(view.whole, columns);
  const people = gatherers(view.facts);
  const rows = rowsOf(people);
  const isEmpty =
    rows.every(({ kind }) => kind === 'peer') && people.every(({ rounds }) => rounds.length === 0);
  const [first, last] = inSight(rows.length, columns.rowHeight, {
    scroll,
    height: size.height - columns.top,
  });
  const pen: Pen = { columns, axis, time: view.time, dearest: dearest(people) };
  const drawn = isEmpty ? [] : rows.slice(first, last).map((row) => drawRow(row, pen));
  const head = isEmpty ? [] : settleLabels([...headings(columns), ...axis.labels]);
  const empty = isEmpty ? emptyWords(NOTHING, size) : [];
  return {
    width: size.width,
    top: columns.top,
    rowHeight: columns.rowHeight,
    contentHeight: isEmpty ? size.height - columns.top : rows.length * columns.rowHeight + 8,
    head,
    empty,
    rows: drawn,
    grid: isEmpty ? [] : axis.grid,
    breaks: isEmpty ? [] : axis.breaks,
    labels: [...head, ...empty, ...drawn.flatMap(({ labels }) => labels)],
  };
}

const NOTHING = [
  'No address has been gathered yet.',
  'Gathering begins when a peer sets its local description: it then lists its own addresses and asks the servers how they look from outside.',
] as const;

function headings(columns: Columns): Label[] {
  if (columns.isNarrow) return [];
  const heading = { y: 14, size: 12, tone: 'ink-3' } as const;
  return [
    { ...heading, text: 'asked', x: 22 },
    { ...heading, text: 'got', x: columns.got },
    { ...heading, text: 'took, cost', x: columns.end, anchor: 'end' },
  ];
}

/** The axis looks ahead to the end of the recording, so that it stands still while the session plays. */
function axisOf(whole: Facts, { plot: [left, right] }: Columns): Axis {
  const stretches = peersOf(whole).flatMap(({ id }) => {
    const times = timesOf(whole, id);
    const searches = searchesOf(whole, id);
    return searches.length > 0
      ? searches.map((search, at) => reach(search, searches[at + 1]?.from ?? Infinity, times))
      : times.map((time): Stretch => [time, time]);
  });
  return plotAxis(stretches, left, right, 14);
}

function timesOf({ candidates }: Facts, peer: string): number[] {
  const known = candidates[peer];
  const told = (known?.local ?? []).filter((candidate: Candidate) => isTold(candidate));
  return [...told.map(({ at }) => at), ...(known?.gathering.errors ?? []).map(({ at }) => at)];
}

/** From the start of a search to its end, and to whatever was found late. */
function reach({ from, to }: Search, next: number, times: readonly number[]): Stretch {
  const found = times.filter((time) => time >= from && time < next);
  return [from, Math.max(to ?? from, ...found.slice(-1))];
}
