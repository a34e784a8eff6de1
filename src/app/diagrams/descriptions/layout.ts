import { bisectRight } from 'd3';
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import { type Label, textWidth } from '../parts/labels.ts';
import { emptyWords, firstFit } from '../parts/fitting.ts';
import type { Change, Line } from './compare.ts';
import { type Chosen, type Side, type SideName, aboutOf, candidateOf, choose, standingOf } from './model.ts';

/** One line of a description, in its place. */
export interface TextRow {
  /** What a selection names, `A/local/12`; a line that is gone has a name of its own. */
  readonly id: string;
  readonly number: number | null;
  /** Place in the column, from 1. */
  readonly position: number;
  readonly top: number;
  readonly height: number;
  readonly name: string;
  readonly value: string;
  readonly change: Change;
  readonly isHead: boolean;
  readonly candidate: { readonly type: CandidateType; readonly key: string } | null;
}

export interface Column {
  readonly side: SideName;
  readonly label: string;
  readonly left: number;
  readonly width: number;
  /** Rows of the whole column. */
  readonly count: number;
  readonly rows: readonly TextRow[];
  /** What stands there instead of rows. */
  readonly note: string;
}

export interface Option {
  readonly number: number;
  readonly text: string;
}

export interface DescriptionsLayout extends Layout {
  /** Heights of the line with switches, and of the heads below it. */
  readonly tray: number;
  readonly top: number;
  readonly contentHeight: number;
  /** Every exchange so far; `current` is the one that is shown. */
  readonly options: readonly Option[];
  readonly current: number | null;
  /** One side at a time: the picture is narrow. */
  readonly isNarrow: boolean;
  /** More exchanges than a segmented control holds. */
  readonly isList: boolean;
  readonly columns: readonly Column[];
  readonly tokens: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  /** Gutter in pixels: change mark, number, mark of a candidate. */
  readonly gutter: readonly [number, number, number];
}

/** What the reader chose to see. */
export interface Choice {
  /** Number of an exchange; the newest when null. */
  readonly exchange: number | null;
  readonly side: SideName;
  readonly scroll: number;
}

const FIRST: Choice = { exchange: null, side: 'offer', scroll: 0 };
const NARROW = 720;
const LINE = 20;
/** JetBrains Mono at 13 px. */
const ADVANCE = 13 * 0.6;
/** Taller where fingers press. */
const TRAY = { wide: 40, narrow: 54 };
const HEAD = 30;
const EDGE = 14;
const BEYOND = 240;

export const layout = (view: View, size: Size, _motion = true): DescriptionsLayout =>
  descriptionsAt(view, size, FIRST);

export function descriptionsAt(view: View, size: Size, choice: Choice): DescriptionsLayout {
  const chosen = choose(view, choice.exchange);
  return chosen ? filled(view, size, choice, chosen) : nothing(size);
}

function nothing(size: Size): DescriptionsLayout {
  const labels = emptyWords(NOTHING, size);
  const none = { tray: 0, top: 0, options: [], current: null, isList: false, columns: [], tokens: [] };
  return { ...none, contentHeight: size.height, isNarrow: false, gutter: GUTTER, labels };
}

const GUTTER = [14, 32, 24] as const;
const NOTHING = [
  'Nobody has described anything yet.',
  'A description is a text (SDP) that says what a peer wants to send and receive, and how it can be reached. createOffer writes the first.',
] as const;

function filled(view: View, size: Size, choice: Choice, chosen: Chosen): DescriptionsLayout {
  const isNarrow = size.width < NARROW;
  const tray = isNarrow ? TRAY.narrow : TRAY.wide;
  const { exchanges } = view.facts.descriptions;
  const sides = isNarrow ? [chosen[choice.side]] : [chosen.offer, chosen.answer];
  const width = (size.width - 2 * EDGE - (sides.length - 1) * EDGE) / sides.length;
  const fits = Math.max(8, Math.floor((width - GUTTER[0] - GUTTER[1] - GUTTER[2]) / ADVANCE - 0.02));
  const tops = aligned(sides, fits);
  const window = [choice.scroll - BEYOND, choice.scroll + size.height + BEYOND] as const;
  const columns = sides.map((side, at) => ({
    ...columnOf(side, tops.starts[at]!, fits, window),
    left: EDGE + at * (width + EDGE),
    width,
    note: noteOf(side, chosen),
  }));
  return {
    tray,
    top: tray + HEAD,
    contentHeight: Math.max(tops.height + 12, 60),
    options: [...exchanges].map((exchange) => ({
      number: exchange.number,
      text: `${exchange.number}, ${aboutOf(view.facts.descriptions, exchange)}, at ${exchange.offer.at.toFixed(1)} ms`,
    })),
    current: chosen.exchange.number,
    isNarrow,
    isList: exchanges.length > (isNarrow ? 1 : 4),
    columns,
    tokens: columns
      .map(({ left, label }) => ({ label, x: left + 16, y: tray + 14 }))
      .filter(({ label }) => label),
    gutter: GUTTER,
    labels: columns.flatMap((column, at) => headOf(column, sides[at]!, tray + 19, chosen, view)),
  };
}

/** `offers`, then when it was set, how long it is, and whether it holds. */
function headOf(
  { left, width, label }: Column,
  side: Side,
  y: number,
  { exchange }: Chosen,
  view: View,
): Label[] {
  const verb = side.name === 'offer' ? 'offers' : 'answers';
  const name: Label = {
    text: label ? verb : side.name,
    x: left + (label ? 34 : 4),
    y,
    size: 14,
    bold: true,
  };
  const x = name.x + textWidth(name) + 10;
  const facts = factsOf(side, standingOf(view.facts.descriptions, exchange));
  const text = firstFit(facts, left + width - x, { size: 12 });
  const rest: Label = { text, x, y, size: 12, tone: 'ink-3' };
  return [name, rest].filter((label) => label.text !== '');
}

/** Shorter and shorter. */
function factsOf({ description, lines }: Side, standing: string): readonly string[] {
  if (!description) return [''];
  const count = lines.filter(({ number }) => number !== null).length;
  return [
    `${standing}, ${count} lines, at ${description.at.toFixed(1)} ms`,
    `${standing}, ${count} lines`,
    standing,
  ];
}

function noteOf({ description, label }: Side, { exchange }: Chosen): string {
  if (description) return '';
  if (exchange.outcome === 'rolled back') return 'There is no answer: the offer was rolled back.';
  return `${label || 'The other side'} has not answered yet.`;
}

const heightOf = ({ text }: Line, fits: number): number => Math.max(1, Math.ceil(text.length / fits)) * LINE;

/** Where each line of each side begins, m-sections side by side. */
function aligned(sides: readonly Side[], fits: number): { starts: readonly number[][]; height: number } {
  const starts = sides.map((): number[] => []);
  const next = sides.map(() => 0);
  let bottom = 0;
  for (let section = -1; next.some((place, at) => place < sides[at]!.lines.length); section++) {
    const top = section < 0 ? 0 : bottom + LINE / 2;
    sides.forEach(({ lines }, at) => {
      let y = top;
      for (; next[at]! < lines.length && lines[next[at]!]!.section <= section; next[at]!++) {
        starts[at]!.push(y);
        y += heightOf(lines[next[at]!]!, fits);
      }
      bottom = Math.max(bottom, y);
    });
  }
  return { starts, height: bottom };
}

type Rows = Pick<Column, 'side' | 'label' | 'count' | 'rows'>;

function columnOf(
  side: Side,
  starts: readonly number[],
  fits: number,
  [from, to]: readonly [number, number],
): Rows {
  const first = Math.max(0, bisectRight(starts as number[], from) - 1);
  const last = bisectRight(starts as number[], to);
  const rows = side.lines.slice(first, last).map((line, at): TextRow => {
    const place = first + at;
    return rowOf(side, line, place, starts[place]!, heightOf(line, fits));
  });
  return { side: side.name, label: side.label, count: side.lines.length, rows };
}

function rowOf({ path }: Side, line: Line, place: number, top: number, height: number): TextRow {
  const candidate = line.change === 'gone' ? null : candidateOf(line.text);
  return {
    id: line.number === null ? `${path}/gone/${place}` : `${path}/${line.number}`,
    number: line.number,
    position: place + 1,
    top,
    height,
    name: line.text.slice(0, line.nameLength),
    value: line.text.slice(line.nameLength),
    change: line.change,
    isHead: line.text.startsWith('m='),
    candidate,
  };
}
