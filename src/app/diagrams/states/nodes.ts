/** States as boxes: where each stands at a width, and how it looks. */
import type { Machine, MachineId } from '../../../core/projections/machines.ts';
import { type Box, fit, type Label, textWidth } from '../parts/labels.ts';
import { type Place, statesOf, type Way } from './machines.ts';

/** Where a state stands: x in pixels of a column `inner` wide, and the row, counted from the top. */
interface Spot {
  readonly x: number;
  readonly row: number;
}

type Spots = Readonly<Record<string, Spot>>;

/** The width that the hand-placed graphs were drawn for. */
const DRAWN = 476;
/** Below this the graphs are placed anew, on three columns. */
export const NARROWEST = 436;
/** Above this they would be more air than graph. */
export const WIDEST = 640;

const spot = (x: number, row: number): Spot => ({ x, row });

const WIDE: Readonly<Record<MachineId, Spots>> = {
  signaling: {
    stable: spot(242, 0),
    'have-local-offer': spot(88, 1),
    'have-remote-offer': spot(396, 1),
    'have-remote-pranswer': spot(88, 2),
    'have-local-pranswer': spot(396, 2),
    closed: spot(242, 2),
  },
  gathering: { new: spot(44, 0), gathering: spot(164, 0), complete: spot(296, 0) },
  ice: {
    new: spot(44, 0),
    checking: spot(164, 0),
    connected: spot(296, 0),
    completed: spot(428, 0),
    failed: spot(164, 1),
    disconnected: spot(296, 1),
    closed: spot(428, 1),
  },
  dtls: {
    new: spot(44, 0),
    connecting: spot(164, 0),
    connected: spot(296, 0),
    failed: spot(164, 1),
    closed: spot(428, 1),
  },
  connection: {
    new: spot(44, 0),
    connecting: spot(164, 0),
    connected: spot(296, 0),
    failed: spot(164, 1),
    disconnected: spot(296, 1),
    closed: spot(428, 1),
  },
};

/** The same on three columns; x is the number of the column. */
const NARROW: Readonly<Record<MachineId, Spots>> = {
  signaling: {
    stable: spot(1, 0),
    'have-local-offer': spot(0, 1),
    'have-remote-offer': spot(2, 1),
    'have-remote-pranswer': spot(0, 2),
    'have-local-pranswer': spot(2, 3),
    closed: spot(0, 3),
  },
  gathering: { new: spot(0, 0), gathering: spot(1, 0), complete: spot(2, 0) },
  ice: {
    completed: spot(2, 0),
    new: spot(0, 1),
    checking: spot(1, 1),
    connected: spot(2, 1),
    closed: spot(0, 2),
    failed: spot(1, 2),
    disconnected: spot(2, 2),
  },
  dtls: {
    new: spot(0, 0),
    connecting: spot(1, 0),
    connected: spot(2, 0),
    closed: spot(0, 1),
    failed: spot(1, 1),
  },
  connection: {
    new: spot(0, 0),
    connecting: spot(1, 0),
    connected: spot(2, 0),
    closed: spot(0, 1),
    failed: spot(1, 1),
    disconnected: spot(2, 1),
  },
};

/** The spot of each state of a machine in a column `inner` pixels wide. */
export function spotsOf(id: MachineId, inner: number): Spots {
  if (inner >= NARROWEST) return mapSpots(WIDE[id], (x) => (x * inner) / DRAWN);
  const columns = id === 'signaling' ? [84, inner / 2, inner - 84] : [42, inner * 0.44, inner - 60];
  return mapSpots(NARROW[id], (x) => columns[x]!);
}

const mapSpots = (spots: Spots, x: (drawn: number) => number): Spots =>
  Object.fromEntries(Object.entries(spots).map(([state, at]) => [state, { x: x(at.x), row: at.row }]));

export const rowsOf = (spots: Spots): number => Math.max(...Object.values(spots).map(({ row }) => row)) + 1;

/** Vertical measures, in pixels. */
export interface Measures {
  /** From a title's baseline to the middle of the first row. */
  readonly first: number;
  /** Between the rows of signalingState, whose arrows are labelled. */
  readonly labelled: readonly number[];
  readonly pitch: number;
  /** From the middle of the last row to the next title. */
  readonly after: number;
  /** Half the height of a node. */
  readonly half: number;
  /** Below the graph, for the ways that were taken through it; 0 where there is no room for them. */
  readonly trail: number;
}

const ROOMY: Measures = { first: 28, labelled: [54, 52, 44], pitch: 36, after: 39, half: 13, trail: 0 };
const TIGHT: Measures = { first: 23, labelled: [46, 42, 34], pitch: 33, after: 30, half: 12, trail: 0 };

/** Roomier than this, the graphs would fall apart. */
export const EASIEST = 2;

/** `ease` 0 is as tight as can be read, 1 as roomy as drawn, up to `EASIEST`. */
export function measures(ease: number, trail = 0): Measures {
  const mix = (tight: number, roomy: number): number => tight + (roomy - tight) * ease;
  return {
    first: mix(TIGHT.first, ROOMY.first),
    labelled: TIGHT.labelled.map((tight, row) => mix(tight, ROOMY.labelled[row]!)),
    pitch: mix(TIGHT.pitch, ROOMY.pitch),
    after: mix(TIGHT.after, ROOMY.after),
    half: Math.min(ROOMY.half, mix(TIGHT.half, ROOMY.half)),
    trail,
  };
}

/** From the first row's middle to that of `row`. */
export function rowOffset(id: MachineId, row: number, m: Measures): number {
  if (id !== 'signaling') return row * m.pitch;
  return [...Array(row).keys()].reduce((y, at) => y + (m.labelled[at] ?? m.pitch), 0);
}

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
interface Ground {
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
