import { MACHINES, type Machine, type MachineId } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { type Label, fit, settleLabels, textWidth } from '../parts/labels.ts';
import { awaited, type Look, placesOf, trailHeight, trailLabels, waysOf } from './machines.ts';
import { type Edge, drawWays } from './edges.ts';
import {
  EASIEST,
  measures,
  type Measures,
  NARROWEST,
  type Node,
  nodeLabel,
  nodesOf,
  rowOffset,
  rowsOf,
  rowsTaken,
  spotsOf,
  WIDEST,
} from './nodes.ts';
import { type Sliding, slidingPieces } from './pieces.ts';

export interface MachineLayout {
  readonly id: MachineId;
  readonly title: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly sliding: readonly Sliding[];
}

export interface StatesLayout extends Layout {
  readonly width: number;
  /** What the graphs need: where that is more than there is, the picture scrolls. */
  readonly height: number;
  readonly machines: readonly MachineLayout[];
  readonly legend: readonly { readonly look: Look; readonly x: number; readonly y: number }[];
}

/** One column of machines: its left edge, its width, and what stands in it. */
interface Column {
  readonly left: number;
  readonly inner: number;
  readonly ids: readonly MachineId[];
}

const MARGIN = 12;
const TITLE = 14;
const TWO_COLUMNS = 1000;
const BETWEEN_COLUMNS = 48;
const LEGEND = 26;
const WORDS_LINE = 16;
const ALL: readonly MachineId[] = MACHINES.map(({ id }) => id);

export function layout(view: View, size: Size, motion = true): StatesLayout {
  const columns = columnsOf(Math.max(320, size.width));
  const m = measuresFor(columns, size.height, trailHeight(Math.min(2, peersOf(view.whole).length)));
  const drawn = columns.map((column) => drawColumn(view, column, m, motion));
  const legend = legendAt(columns[0]!, drawn[0]!.bottom);
  const machines = drawn.flatMap((column) => column.machines);
  return {
    width: size.width,
    height: Math.max(...drawn.map(({ bottom }) => bottom), legend.bottom),
    machines,
    legend: legend.entries,
    labels: settleLabels([...drawn.flatMap((column) => column.labels), ...legend.labels]),
  };
}

function columnsOf(width: number): readonly Column[] {
  if (width < TWO_COLUMNS) {
    const inner = Math.min(WIDEST, width - 2 * MARGIN);
    return [{ left: (width - inner) / 2, inner, ids: ALL }];
  }
  const inner = Math.min(WIDEST, (width - 2 * MARGIN - BETWEEN_COLUMNS) / 2);
  const left = (width - 2 * inner - BETWEEN_COLUMNS) / 2;
  return [
    { left, inner, ids: ALL.slice(0, 2) },
    { left: left + inner + BETWEEN_COLUMNS, inner, ids: ALL.slice(2) },
  ];
}

/** As roomy as the height allows, the trails shown where that leaves the graphs as roomy as drawn. */
function measuresFor(columns: readonly Column[], height: number, trail: number): Measures {
  const withTrail = easeFor(columns, height, trail);
  return withTrail >= 1 ? measures(withTrail, trail) : measures(easeFor(columns, height, 0));
}

function easeFor(columns: readonly Column[], height: number, trail: number): number {
  const need = (ease: number): number =>
    Math.max(
      ...columns.map((column, index) => heightOf(column, measures(ease, trail)) + (index === 0 ? LEGEND : 0)),
    );
  const [tight, roomy] = [need(0), need(1)];
  return Math.max(0, Math.min(EASIEST, (height - tight) / (roomy - tight)));
}

function heightOf({ ids, inner }: Column, m: Measures): number {
  const bodies = ids.map(
    (id) => leadOf(inner, m) + rowOffset(id, rowsOf(spotsOf(id, inner)) - 1, m) + m.trail,
  );
  return TITLE + bodies.reduce((sum, body) => sum + body + m.after, 0) - m.after + m.half;
}

const isNarrow = (inner: number): boolean => inner < NARROWEST;
/** From a title to the first row: where there is no room beside the title, what is awaited stands under it. */
const leadOf = (inner: number, m: Measures): number => m.first + (isNarrow(inner) ? WORDS_LINE : 0);

interface DrawnColumn {
  readonly machines: readonly MachineLayout[];
  readonly labels: readonly Label[];
  readonly bottom: number;
}

function drawColumn(view: View, column: Column, m: Measures, motion: boolean): DrawnColumn {
  const machines: MachineLayout[] = [];
  const labels: Label[] = [];
  let title = TITLE;
  for (const id of column.ids) {
    const machine = MACHINES.find((entry) => entry.id === id)!;
    const drawn = drawMachine(view, machine, { column, title, m, motion });
    machines.push(drawn.machine);
    labels.push(...drawn.labels);
    title = drawn.bottom + m.after - m.half;
  }
  return { machines, labels, bottom: title - m.after + m.half };
}

interface Frame {
  readonly column: Column;
  /** Baseline of the machine's name. */
  readonly title: number;
  readonly m: Measures;
  readonly motion: boolean;
}

function drawMachine(view: View, machine: Machine, { column, title, m, motion }: Frame) {
  const { left, inner } = column;
  const places = placesOf(view, machine);
  const ways = waysOf(machine, places);
  const top = title + leadOf(inner, m);
  const nodes = nodesOf(machine, places, ways, { left, inner, top, measures: m });
  const { edges, labels } = drawWays(ways, nodes);
  const bottom = top + rowOffset(machine.id, rowsTaken(nodes) - 1, m) + m.half;
  const trail = m.trail > 0 ? trailLabels(places, { left, inner, bottom }) : [];
  const sliding = motion ? slidingPieces(view, machine.id, places, edges) : [];
  return {
    machine: { id: machine.id, title: machine.title, nodes, edges, sliding },
    labels: [...heading(view, machine, column, title), ...nodes.map(nodeLabel), ...labels, ...trail],
    bottom: bottom + m.trail,
  };
}

function heading(view: View, machine: Machine, { left, inner }: Column, y: number): readonly Label[] {
  const name: Label = { text: machine.title, x: left, y, size: 12, mono: true, bold: true };
  const words = { size: 12, tone: 'ink-3', rank: 2 } as const;
  const room = isNarrow(inner) ? inner : inner - textWidth(name) - 12;
  const text = fit(awaited(view, machine.id), room, words);
  if (text === '') return [name];
  return [
    name,
    isNarrow(inner)
      ? { ...words, text, x: left, y: y + WORDS_LINE }
      : { ...words, text, x: left + inner, y, anchor: 'end' },
  ];
}

const LOOKS: readonly (readonly [Look, string, number])[] = [
  ['taken', 'taken', 0],
  ['next', 'may come next', 78],
  ['idle', 'not from here', 212],
];

function legendAt({ left }: Column, above: number) {
  const y = above + LEGEND - 6;
  return {
    bottom: y + 6,
    entries: LOOKS.map(([look, , x]) => ({ look, x: left + x, y: y - 4 })),
    labels: LOOKS.map(([, text, x]): Label => ({ text, x: left + x + 28, y, size: 12, tone: 'ink-2' })),
  };
}
