/** The rows of Gathering, and what stands in each. */
import type { Axis } from '../parts/plot-axis.ts';
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Fault, Found, Gatherer, Row, Search } from './model.ts';
import type { Columns } from './columns.ts';
import type { Layout } from '../diagram.ts';
import type { Selection } from '../../../core/projections/view.ts';
import { errorWords, label, narrowTexts, serverOf, wideTexts } from './texts.ts';
import { firstFit } from '../parts/fitting.ts';
import { fit, type Label, textWidth } from '../parts/labels.ts';
import { grouped } from '../../format/words.ts';
import { sayError, sayFound, sayHead } from './describe.ts';

/** A row with its place: what the component draws. `y` is its middle; lines of the picture are in pixels. */
export interface DrawnRow {
  readonly id: string;
  readonly kind: 'peer' | 'again' | 'unbased' | 'nothing' | 'candidate' | 'error';
  readonly y: number;
  /** What a click selects; null for a row that only heads others. */
  readonly selects: Selection;
  /** The row in words. */
  readonly say: string;
  readonly labels: readonly Label[];
  readonly token: { readonly label: string; readonly x: number; readonly y: number } | null;
  /** Line of a search, ending in a bar or, while it goes on, in an arrow head. */
  readonly span: {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly isOpen: boolean;
  } | null;
  /** The mark of an own address beside its name. */
  readonly source: { readonly x: number; readonly y: number } | null;
  /** Path from the own address that was asked from. */
  readonly tree: string | null;
  readonly bar: {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly type: CandidateType;
  } | null;
  readonly mark: { readonly x: number; readonly y: number; readonly type: CandidateType | 'fail' } | null;
}

export interface GatheringLayout extends Layout {
  readonly width: number;
  /** Height of the head with the axis. */
  readonly top: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly head: readonly Label[];
  /** What stands in the middle when there is no row. */
  readonly empty: readonly Label[];
  readonly rows: readonly DrawnRow[];
  readonly grid: readonly number[];
  readonly breaks: readonly number[];
}

export interface Pen {
  readonly columns: Columns;
  readonly axis: Axis;
  readonly time: number;
  readonly dearest: Found | null;
}

const plain = {
  token: null,
  span: null,
  source: null,
  tree: null,
  bar: null,
  mark: null,
  selects: null,
} satisfies Partial<DrawnRow>;

export function drawRow(row: Row, pen: Pen): DrawnRow {
  const { top, rowHeight } = pen.columns;
  const y = top + (row.place + 0.5) * rowHeight;
  const base = { ...plain, id: row.id, kind: row.kind, y };
  if (row.kind === 'candidate')
    return { ...base, ...candidateRow(row.found, row.parent, row.gatherer, y, pen) };
  if (row.kind === 'error') return { ...base, ...errorRow(row.fault, row.parent, row.gatherer, y, pen) };
  if (row.kind === 'unbased') return { ...base, say: NOT_TOLD, labels: [notTold(y, pen)] };
  if (row.kind === 'nothing') return { ...base, ...nothingRow(row.gatherer, y, pen) };
  return { ...base, ...headRow(row.gatherer, row.search, row.number, y, pen) };
}

const NOT_TOLD = 'asked from an own address that nothing tells:';
const notTold = (y: number, { columns }: Pen): Label => ({
  text: fit(NOT_TOLD, columns.end - columns.name, { size: 12 }),
  x: columns.name,
  y: y + 6,
  size: 12,
  tone: 'ink-3',
  halo: 'stage',
});

/** Under the head of who looked in vain, with the cross where the first address would stand. */
function nothingRow({ label, nothing }: Gatherer, y: number, { columns }: Pen): Parts {
  const style = { size: 13, bold: true } as const;
  const words = `nothing: ${nothing ?? ''}`;
  const text = fit(words, columns.end - columns.name, style);
  return {
    say: `${label} found ${words}`,
    labels: [{ ...style, text, x: columns.name, y: y + 4, tone: 'fail', halo: 'stage' }],
    mark: { x: columns.mark, y, type: 'fail' },
  };
}

type Parts = Partial<DrawnRow> & Pick<DrawnRow, 'say' | 'labels'>;

function headRow(gatherer: Gatherer, search: Search | null, number: number, y: number, pen: Pen): Parts {
  const { columns, axis, time } = pen;
  const line = columns.isNarrow ? y - 6 : y + 4;
  const state = label(searchWords(search, number), line, { tone: 'ink-2' });
  const end: Label = columns.isNarrow
    ? { ...state, x: columns.end, anchor: 'end' }
    : { ...state, x: columns.got };
  const room = columns.isNarrow
    ? columns.end - textWidth(end) - 10 - columns.name
    : columns.nameEnd - columns.name;
  const style = { size: 13, bold: number === 0 } as const;
  const name = firstFit(headNames(gatherer, number), room, style);
  return {
    selects: search?.event ? { kind: 'event', id: search.event } : null,
    say: sayHead(gatherer, search, number),
    labels: [{ ...style, text: name, x: columns.name, y: line }, end].filter(({ text }) => text),
    token: number === 0 ? { label: gatherer.label, x: columns.mark, y: columns.isNarrow ? y - 10 : y } : null,
    span: search && {
      x1: axis.x(search.from),
      x2: search.to === null ? Math.max(axis.x(search.from) + 8, axis.x(time)) : axis.x(search.to),
      y: y + columns.dy,
      isOpen: search.to === null,
    },
  };
}

/** `A, Chromium 156`, `A, Chromium`, `A`; a later search by what caused it. */
function headNames({ label, name, rounds }: Gatherer, number: number): readonly string[] {
  const ufrags = rounds.map(({ found }) => found.find(({ candidate }) => candidate.ufrag)?.candidate.ufrag);
  if (number > 0) return [ufrags[number] && ufrags[number] !== ufrags[number - 1] ? 'ICE restart' : 'again'];
  return name ? [`${label}, ${name}`, `${label}, ${name.split(/[ ?]/)[0]}`, label] : [label];
}

function searchWords(search: Search | null, number: number): string {
  if (!search) return number === 0 ? 'has not gathered yet' : '';
  return search.to === null
    ? `gathering since ${grouped(search.from, 1)}`
    : `complete at ${grouped(search.to, 1)}`;
}

function candidateRow(found: Found, parent: number | null, gatherer: Gatherer, y: number, pen: Pen): Parts {
  const { candidate, from } = found;
  const { columns, axis } = pen;
  const x = axis.x(candidate.at);
  const isOwn = candidate.type === 'host';
  const at = y + columns.dy;
  const write = columns.isNarrow ? narrowTexts : wideTexts;
  return {
    selects: { kind: 'candidate', id: candidate.key },
    say: sayFound(found, gatherer),
    labels: write(found, gatherer, y, columns, pen.dearest),
    source: isOwn ? { x: columns.mark - 1, y: columns.isNarrow ? y - 10 : y } : null,
    tree: tree(parent, y, pen),
    bar: from === null ? null : { x1: axis.x(from), x2: x, y: at, type: candidate.type },
    mark: from === null ? null : { x, y: at, type: candidate.type },
  };
}

/** Half the height of an own address's mark. */
const MARK = 6;

/** From an own address's mark down to the row of what was asked from it. */
function tree(parent: number | null, y: number, { columns }: Pen): string | null {
  if (parent === null) return null;
  const x = columns.mark - 1;
  const from = columns.top + (parent + 0.5) * columns.rowHeight - (columns.isNarrow ? 10 : 0) + MARK;
  const to = columns.isNarrow ? y - 10 : y;
  return `M${x} ${from}V${to - 6}q0 6 6 6h8`;
}

function errorRow(fault: Fault, parent: number | null, gatherer: Gatherer, y: number, pen: Pen): Parts {
  const { columns, axis } = pen;
  const { scheme, host } = serverOf(fault.url);
  const line = columns.isNarrow ? y - 6 : y - 2;
  const room = columns.isNarrow ? columns.end - columns.asked - 60 : columns.end - columns.got;
  const bold = { size: 12, bold: true } as const;
  const words: Label = {
    ...bold,
    text: fit(errorWords(fault), room, bold),
    x: columns.got,
    y: y + 4,
    tone: 'fail',
  };
  const server = fit(host, columns.nameEnd - columns.asked, { size: 11, mono: true });
  const name: Label = { text: scheme ?? 'server', x: columns.asked, y: line, size: 13, bold: true };
  const note: Label = { text: server, x: columns.asked, y: y + 12, size: 11, mono: true, tone: 'ink-3' };
  return {
    selects: { kind: 'event', id: fault.event },
    say: sayError(fault, gatherer),
    labels: columns.isNarrow
      ? [name, { ...words, x: columns.end, y: line, anchor: 'end' }]
      : [name, note, words].filter(({ text }) => text),
    tree: tree(parent, y, pen),
    mark: { x: axis.x(fault.at), y: y + columns.dy, type: 'fail' },
  };
}
