import type { Machine } from '../../../core/projections/machines.ts';
import { type Box, type Label, fit, textWidth } from '../parts/labels.ts';
import { type Place, type Way, statesOf } from './machine-facts.ts';
import { type Measures, rowOffset, rowsOf, spotsOf } from './spots.ts';

/** One state of a machine. */
export interface Node extends Box {
  readonly state: string;
  /** Its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly look: 'current' | 'next' | 'visited' | 'idle';
  readonly tokens: readonly Token[];
  /** Ids of the events that told that a peer came here, oldest first. */
  readonly events: readonly string[];
}

/** The tile of a peer that is in this state. */
export interface Token {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export const TOKEN = 17;
const TOKEN_STEP = 20;
const PAD = 11;
const STYLE = { size: 12, mono: true } as const;
const LONGEST = 170;

/** Where the graph of a machine goes: its left edge, its width, and the middle of its first row. */
export interface Ground {
  readonly left: number;
  readonly inner: number;
  readonly top: number;
  readonly measures: Measures;
}

export function nodesOf(
  machine: Machine,
  places: readonly Place[],
  ways: readonly Way[],
  ground: Ground,
): Node[] {
  const spots = spotsOf(machine.id, ground.inner);
  const nodes: Node[] = [];
  for (const state of statesOf(machine, places)) {
    const width = widthOf(state, places);
    const known = Object.hasOwn(spots, state) ? spots[state]! : null;
    const at = known ?? nextFree(nodes, width, rowsOf(spots), ground.inner);
    const x = ground.left + at.x;
    const y = ground.top + rowOffset(machine.id, at.row, ground.measures);
    nodes.push(node(state, { x, y, row: at.row, width, half: ground.measures.half }, places, ways));
  }
  return nodes;
}

/** Rows that the graph takes, with those for states that no table has. */
export const rowsTaken = (nodes: readonly Node[]): number => Math.max(...nodes.map(({ row }) => row)) + 1;

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly width: number;
  readonly half: number;
}

function node(state: string, frame: Frame, places: readonly Place[], ways: readonly Way[]): Node {
  const { x, y, row, width, half } = frame;
  const here = places.filter(({ facts }) => facts.current === state);
  return {
    state,
    x,
    y,
    row,
    left: x - width / 2,
    right: x + width / 2,
    top: y - half,
    bottom: y + half,
    look: lookAt(state, here.length, places, ways),
    tokens: here.map(({ label }, index) => ({ label, x: x - width / 2 + 15 + TOKEN_STEP * index, y })),
    events: places.flatMap(({ facts }) =>
      facts.history.flatMap((step) => (step.state === state && step.event !== null ? [step.event] : [])),
    ),
  };
}

function lookAt(state: string, here: number, places: readonly Place[], ways: readonly Way[]): Node['look'] {
  if (here > 0) return 'current';
  if (ways.some((way) => way.to === state && way.next)) return 'next';
  const visited = places.some(({ facts }) => facts.history.some((step) => step.state === state));
  return visited ? 'visited' : 'idle';
}

const nameOf = (state: string): string => fit(state, LONGEST, STYLE);

function widthOf(state: string, places: readonly Place[]): number {
  const here = places.filter(({ facts }) => facts.current === state).length;
  return textWidth({ ...STYLE, text: nameOf(state) }) + 2 * PAD + TOKEN_STEP * here;
}

/** States of odd dumps stand in rows of their own below the table's, from left to right. */
function nextFree(nodes: readonly Node[], width: number, known: number, inner: number) {
  const extra = nodes.filter(({ row }) => row >= known);
  const row = Math.max(known, ...extra.map((other) => other.row));
  const used = extra
    .filter((other) => other.row === row)
    .reduce((sum, { left, right }) => sum + right - left + 12, 0);
  return used > 0 && used + width > inner ? { x: width / 2, row: row + 1 } : { x: used + width / 2, row };
}

export function nodeLabel({ state, x, y, look, tokens }: Node): Label {
  const tone =
    look === 'current' ? 'on-ink' : look === 'next' ? 'ink' : look === 'visited' ? 'ink-2' : 'ink-3';
  const shift = (TOKEN_STEP / 2) * tokens.length;
  return {
    ...STYLE,
    text: nameOf(state),
    x: x + shift,
    y: y + 4.2,
    anchor: 'middle',
    tone,
    bold: look === 'current',
  };
}
