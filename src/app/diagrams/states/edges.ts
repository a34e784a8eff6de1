import { type Label, textWidth } from '../parts/labels.ts';
import { type Look, type Way, lookOf } from './machine-facts.ts';
import type { Node } from './nodes.ts';
import { type Head, type NamePlace, type Point, headOf } from './route.ts';
import { signalingRoute } from './signaling-routes.ts';

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

export interface Drawn {
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
