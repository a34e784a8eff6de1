/** How lines run between places: fixed channels, so that nothing wanders. Points are corners, not yet rounded. */
import type { Frame, Side } from './frame.ts';
import { type Point, rounded } from './geometry.ts';
import type { Place } from './model.ts';

const edge = ({ devices }: Frame, side: Side): number => (side === 0 ? devices[0].right : devices[1].left);
const INSIDE = 10;

/**
 * From the first end to the second. `lane` (0 to 1) is where a line between different rows goes up or down, so that
 * several do not lie on each other.
 */
export function routeBetween(frame: Frame, a: Place, b: Place, lane = 0.5): Point[] {
  const relayA = a.candidate.type === 'relay';
  const relayB = b.candidate.type === 'relay';
  if (!relayA && !relayB) return direct(frame, a, b, lane);
  const floor = frame.servers[1].bottom - INSIDE;
  const up = relayA ? ownLeg(frame, 0, floor) : farLeg(frame, 0, a, floor);
  const down = relayB ? ownLeg(frame, 1, floor) : farLeg(frame, 1, b, floor);
  return [...up, ...down.reverse()];
}

function direct(frame: Frame, a: Place, b: Place, lane: number): Point[] {
  const start = toDoor(frame, a);
  const end = toDoor(frame, b).reverse();
  if (a.y === b.y) return [...start, ...end];
  const left = Math.max(edge(frame, 0), isAtDoor(a) ? a.x : 0) + 30;
  const right = Math.min(edge(frame, 1), isAtDoor(b) ? b.x : frame.width) - 30;
  const x = Math.round(left + (right - left) * lane);
  return [...start, [x, a.y], [x, b.y], ...end];
}

const ASIDE = 18;

/** From the device to the height of its door. */
function toDoor(frame: Frame, { side, y, base }: Pick<Place, 'side' | 'y' | 'base'>): Point[] {
  const start = edge(frame, side);
  if (y === base) return [[start, y]];
  const x = start + (side === 0 ? ASIDE : -ASIDE);
  return [
    [start, base],
    [x, base],
    [x, y],
  ];
}

const isAtDoor = ({ candidate }: Place): boolean => candidate.type === 'srflx' || candidate.type === 'prflx';

/** From a device to its own leg at TURN: what it asked TURN for. */
export function ownLeg(frame: Frame, side: Side, floor: number = frame.servers[1].bottom): Point[] {
  return upTo(frame, side, {
    row: 0,
    channel: frame.own[side],
    level: frame.turnY,
    x: frame.legs[side],
    floor,
  });
}

/** The same from where it branches off a direct way along its row. */
export function branchedLeg(frame: Frame, side: Side): Point[] {
  const [start, turn, ...rest] = ownLeg(frame, side) as [Point, Point, ...Point[]];
  const near = Math.max(start[0], turn[0] - frame.radius * 2);
  const x = side === 0 ? near : Math.min(start[0], turn[0] + frame.radius * 2);
  return [[x, start[1]], turn, ...rest];
}

/** From a device to the relay candidate of the other end. */
function farLeg(frame: Frame, side: Side, place: Place, floor: number): Point[] {
  const x = frame.relays[side === 0 ? 1 : 0];
  const [, ...jog] = toDoor(frame, place);
  const leg = { row: place.row, channel: frame.far[side], level: frame.farTurnY, x, floor, y: place.y };
  const points = upTo(frame, side, leg);
  return jog.length === 0 ? points : [[edge(frame, side), place.base], ...jog, ...points.slice(1)];
}

/** The finished question to STUN, from where its answer stands. */
export function askLeg(
  frame: Frame,
  { side, row, x, y }: Pick<Place, 'side' | 'row' | 'x'> & Partial<Pick<Place, 'y'>>,
): Point[] {
  const floor = frame.servers[0].bottom;
  const leg = {
    row,
    channel: frame.ask[side],
    level: frame.askY,
    x: frame.asks[side],
    floor,
    ...(y === undefined ? {} : { y }),
  };
  return upTo(frame, side, leg, x);
}

interface Leg {
  readonly row: number;
  readonly channel: number;
  readonly level: number;
  readonly x: number;
  readonly floor: number;
  /** Where it leaves its row for a door beside. */
  readonly y?: number;
}

/** Along the row, up the channel, along the level, up to the server; straight up where the server is at hand. */
function upTo(frame: Frame, side: Side, leg: Leg, start = edge(frame, side)): Point[] {
  const y = leg.y ?? frame.rows[leg.row]!;
  const ahead = side === 0 ? leg.x - leg.channel : leg.channel - leg.x;
  if (ahead < frame.radius * 2)
    return [
      [start, y],
      [leg.x, y],
      [leg.x, leg.floor],
    ];
  return [
    [start, y],
    [leg.channel, y],
    [leg.channel, leg.level],
    [leg.x, leg.level],
    [leg.x, leg.floor],
  ];
}

/** The signalling channel: outside and above, from one device to the other. */
export function signalling({ devices, signalY }: Frame): Point[] {
  const middle = (side: Side): number => Math.round((devices[side].left + devices[side].right) / 2);
  return [
    [middle(0), devices[0].top],
    [middle(0), signalY],
    [middle(1), signalY],
    [middle(1), devices[1].top],
  ];
}

export const smooth = (frame: Frame, points: readonly Point[]): Point[] => rounded(points, frame.radius);
