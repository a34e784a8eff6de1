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
const LANE = 5;
const LANES_APART = 3;

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
  const near = Math.abs(from.row - to.row) === 1 && Math.abs(from.x - to.x) < 24;
  return near ? down(from, to, back ? 8 : 0) : null;
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

/** Out of the source, along a lane beside its row, into the target; each has a lane of its own. */
function laned(from: Node, to: Node, nodes: readonly Node[], lane: number): readonly Point[] {
  const last = Math.max(...nodes.map(({ row }) => row));
  const isUp = from.row === to.row ? from.row === 0 || from.row < last : to.row < from.row;
  const offset = LANE + (lane % 2) * LANES_APART;
  const y = isUp ? from.top - offset : from.bottom + offset;
  const towards = Math.sign(to.x - from.x) || 1;
  const start = from.x + towards * (from.right - from.left) * 0.28;
  const end = to.x - towards * (to.right - to.left) * (0.1 + 0.12 * (lane % 3));
  const enters = to.y < y ? to.bottom + CLEAR : to.top - CLEAR;
  return [
    [start, isUp ? from.top : from.bottom],
    [start, y],
    [end, y],
    [end, enters],
  ];
}
