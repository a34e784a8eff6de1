/** Transitions as lines between the boxes of States, with their labels. */
import type { Node } from './nodes.ts';
import { type Label, textWidth } from '../parts/labels.ts';
import { type Look, lookOf, type Way } from './machines.ts';

type Point = readonly [x: number, y: number];

/** A line of straight pieces through the picture, and where its name goes if it has room for one. */
interface Route {
  readonly points: readonly Point[];
  readonly label?: NamePlace;
}

interface NamePlace extends Pick<Label, 'x' | 'y' | 'anchor'> {
  /** Pixels until the next line. */
  readonly room: number;
}

/** The tip of an arrow; the angle in degrees, 0 to the right. */
interface Head {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

function headOf(points: readonly Point[]): Head {
  const [x, y] = points.at(-1)!;
  const [fromX, fromY] = points.at(-2)!;
  return { x, y, angle: (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI };
}

/** The point `share` (0 to 1) of the way along a line of straight pieces, less `behind` pixels. */
export function along(points: readonly Point[], share: number, behind = 0): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index]!, point));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let left = Math.max(0, Math.min(1, share) * whole - behind);
  for (const [index, length] of lengths.entries()) {
    if (left <= length) return between(points[index]!, points[index + 1]!, length === 0 ? 0 : left / length);
    left -= length;
  }
  return points.at(-1)!;
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

/** -1 left of `stable`, 1 right of it. */
type Side = -1 | 1;

/** `stable`, and the line on each side of it that leads up to it from a pranswer. */
interface Middle {
  readonly stable: Node;
  /** How far from the middle that line runs, and where it enters `stable`. */
  readonly channel: number;
  readonly door: number;
  /** Where it turns inwards: between the names of the answers and the offers. */
  readonly turn: number;
}

/**
 * signalingState is placed by hand: `stable` on top, offers below it, pranswers below those; what one does itself and
 * what the other does mirror each other. Null for a way that the picture of it does not have.
 */
function signalingRoute(way: Way, nodes: ReadonlyMap<string, Node>): Route | null {
  const from = nodes.get(way.from)!;
  const to = nodes.get(way.to)!;
  const middle = middleOf(nodes);
  if (!middle) return null;
  if (from === middle.stable && isOffer(to)) return leave(middle, to);
  if (to === middle.stable && isOffer(from)) return answered(from, middle);
  if (isOffer(from) && isPranswer(to)) return goDown(from, to, middle);
  if (to === middle.stable && isPranswer(from)) return settled(from, middle);
  return null;
}

function middleOf(nodes: ReadonlyMap<string, Node>): Middle | null {
  const stable = nodes.get('stable');
  const offer = nodes.get('have-local-offer');
  const pranswer = nodes.get('have-remote-pranswer');
  if (!stable || !offer || !pranswer) return null;
  const isRoomy = stable.x - pranswer.right > 40;
  return { stable, channel: isRoomy ? 54 : 4, door: isRoomy ? 12 : 4, turn: offer.top - 3 };
}

const isOffer = ({ state }: Node): boolean => state === 'have-local-offer' || state === 'have-remote-offer';
const isPranswer = ({ state }: Node): boolean =>
  state === 'have-local-pranswer' || state === 'have-remote-pranswer';

const sideOf = (node: Node, { stable }: Middle): Side => (node.x < stable.x ? -1 : 1);
const edgeOf = (node: Node, side: Side): number => (side < 0 ? node.left : node.right);
const anchor = (side: Side) => (side < 0 ? ('start' as const) : ('end' as const));

function leave(middle: Middle, offer: Node): Route {
  const side = sideOf(offer, middle);
  const x = offer.x + side * 34;
  const y = middle.stable.y - 5;
  const start = edgeOf(middle.stable, side);
  return {
    points: [
      [start, y],
      [x, y],
      [x, offer.top - 2],
    ],
    label: { x: x - side * 8, y: y - 6, anchor: anchor(side), room: Math.abs(start - x) - 8 },
  };
}

function answered(offer: Node, middle: Middle): Route {
  const side = sideOf(offer, middle);
  const x = offer.x - side * 14;
  const y = middle.stable.y + 6;
  return {
    points: [
      [x, offer.top],
      [x, y],
      [edgeOf(middle.stable, side) + side * 3, y],
    ],
    label: {
      x: x - side * 8,
      y: (y + middle.turn) / 2 + 4.5,
      anchor: anchor(side),
      room: Math.abs(middle.stable.x - x) - middle.door - 12,
    },
  };
}

function goDown(offer: Node, pranswer: Node, middle: Middle): Route {
  const side = sideOf(offer, middle);
  const gap = Math.min(pranswer.top - offer.bottom, 30);
  return {
    points: [
      [offer.x, offer.bottom],
      [offer.x, pranswer.top - 2],
    ],
    label: {
      x: offer.x - side * 10,
      y: offer.bottom + gap / 2 + 3.5,
      anchor: anchor(side),
      room: Math.abs(middle.stable.x - offer.x) - middle.channel - 14,
    },
  };
}

/** Through the middle, between the two offers, up into `stable`. */
function settled(pranswer: Node, middle: Middle): Route {
  const { stable, turn } = middle;
  const side = sideOf(pranswer, middle);
  const channel = stable.x + side * middle.channel;
  const door = stable.x + side * middle.door;
  const inner = edgeOf(pranswer, side < 0 ? 1 : -1);
  const isBehind = side < 0 ? inner > channel : inner < channel;
  const start: Point[] = isBehind
    ? [[channel, pranswer.top]]
    : [
        [inner, pranswer.y],
        [channel, pranswer.y],
      ];
  return {
    points: [...start, [channel, turn], [door, turn], [door, stable.bottom + 2]],
    label: {
      x: channel - side * 6,
      y: turn + (side < 0 ? 20 : 36),
      anchor: anchor(side),
      room: 2 * middle.channel - 12,
    },
  };
}

/** A transition with its way on the picture. */
export interface Edge extends Way {
  readonly look: Look;
  readonly points: readonly Point[];
  readonly head: Head;
}

const CLEAR = 2;
/** From a row to the lane beside it, and from that to the next lane. */
const LANE = 9;
const LANES_APART = 3;
const BETWEEN_ROWS = 4.5;
const SAME_COLUMN = 24;

interface Drawn {
  readonly edges: readonly Edge[];
  readonly labels: readonly Label[];
}

/** Every way of a machine, straight where two states are neighbours, else along lanes between the rows. */
export function drawWays(ways: readonly Way[], nodes: readonly Node[]): Drawn {
  const byState = new Map(nodes.map((node) => [node.state, node]));
  const edges: Edge[] = [];
  const labels: Label[] = [];
  let lanes = 0;
  for (const way of ways) {
    const from = byState.get(way.from)!;
    const to = byState.get(way.to)!;
    const route = signalingRoute(way, byState) ?? {
      points: straight(from, to, nodes, ways) ?? laned(from, to, nodes, lanes++),
    };
    edges.push({ ...way, look: lookOf(way), points: route.points, head: headOf(route.points) });
    if (route.label && way.next) labels.push(...nameOf(way.label, route.label));
  }
  return { edges, labels };
}

/** `remote answer`; where there is no room just `answer`, as its side tells whose it is, or nothing. */
function nameOf(name: string, { room, ...at }: NamePlace): readonly Label[] {
  const text = [name, name.split(' ').at(-1)!].find((word) => textWidth({ text: word, size: 12 }) <= room);
  return text === undefined ? [] : [{ ...at, text, size: 12, halo: 'stage', rank: 1 }];
}

/** Between neighbours in a row, and between rows where one stands under the other; null for all others. */
function straight(
  from: Node,
  to: Node,
  nodes: readonly Node[],
  ways: readonly Way[],
): readonly Point[] | null {
  const back = ways.some((way) => way.from === to.state && way.to === from.state);
  if (from.row === to.row) {
    const isFirst =
      ways.findIndex((way) => isBetween(way, from, to)) === ways.findIndex((way) => isWay(way, from, to));
    const blocked = nodes.some((node) => node.row === from.row && isInside(node.x, from.x, to.x));
    return blocked || !isFirst ? null : across(from, to);
  }
  const isUnder = Math.abs(from.x - to.x) < SAME_COLUMN;
  const isBlocked = nodes.some(
    (node) => Math.abs(node.x - to.x) < SAME_COLUMN && isInside(node.row, from.row, to.row),
  );
  return isUnder && !isBlocked ? down(from, to, back ? 8 : 0) : null;
}

const isWay = (way: Way, from: Node, to: Node): boolean => way.from === from.state && way.to === to.state;
const isBetween = (way: Way, a: Node, b: Node): boolean => isWay(way, a, b) || isWay(way, b, a);
const isInside = (x: number, a: number, b: number): boolean => x > Math.min(a, b) && x < Math.max(a, b);

function across(from: Node, to: Node): readonly Point[] {
  return from.x < to.x
    ? [
        [from.right, from.y],
        [to.left - CLEAR, to.y],
      ]
    : [
        [from.left, from.y],
        [to.right + CLEAR, to.y],
      ];
}

/** Down at the left and up at the right, so that there and back stand side by side. */
function down(from: Node, to: Node, aside: number): readonly Point[] {
  const x = (from.x + to.x) / 2;
  return from.y < to.y
    ? [
        [x - aside, from.bottom],
        [x - aside, to.top - CLEAR],
      ]
    : [
        [x + aside, from.top],
        [x + aside, to.bottom + CLEAR],
      ];
}

/**
 * Out of the source and along a lane beside its row. A target in the same row is entered from the lane, any other from
 * the side, since between two rows there is no room for an arrow's head.
 */
function laned(from: Node, to: Node, nodes: readonly Node[], lane: number): readonly Point[] {
  const towards = to.x < from.x ? -1 : 1;
  const start = from.x + towards * (from.right - from.left) * 0.28;
  if (from.row !== to.row) return sideways(from, to, start, towards);
  const last = Math.max(...nodes.map(({ row }) => row));
  const isAbove = from.row < last || last === 0;
  const y = isAbove
    ? from.top - LANE - (lane % 2) * LANES_APART
    : from.bottom + LANE + (lane % 2) * LANES_APART;
  const end = to.x - towards * (to.right - to.left) * (0.1 + 0.12 * (lane % 3));
  return [
    [start, isAbove ? from.top : from.bottom],
    [start, y],
    [end, y],
    [end, isAbove ? to.top - CLEAR : to.bottom + CLEAR],
  ];
}

function sideways(from: Node, to: Node, start: number, towards: -1 | 1): readonly Point[] {
  const isUp = to.row < from.row;
  const y = isUp ? from.top - BETWEEN_ROWS : from.bottom + BETWEEN_ROWS;
  const side = towards < 0 ? to.right : to.left;
  return [
    [start, isUp ? from.top : from.bottom],
    [start, y],
    [side - towards * 13, y],
    [side - towards * 13, to.y],
    [side - towards * CLEAR, to.y],
  ];
}
