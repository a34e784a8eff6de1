import type { Way } from './machine-facts.ts';
import type { Node } from './nodes.ts';
import type { Point, Route } from './route.ts';

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
export function signalingRoute(way: Way, nodes: ReadonlyMap<string, Node>): Route | null {
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
