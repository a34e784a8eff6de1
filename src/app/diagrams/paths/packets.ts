/**
 * Packets that our own server saw, where they were seen: on the leg between a device and STUN or TURN. The server tells
 * when one reached it or left it; how long it was on its way is not known, and drawn as a moment before or after.
 */
import { bisector } from 'd3';
import { packetKind } from '../../../core/projections/packet-kind.ts';
import type { SeenPacket } from '../../../core/projections/packets.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Sheet } from './flights.ts';
import type { Frame, Side } from './frame.ts';
import { type Point, lengthOf, pathOf, spotAt } from './metro.ts';
import type { Place, Places } from './places.ts';
import { askLeg, ownLeg, smooth } from './routes.ts';
import type { PathsModel } from './model.ts';
import type { LegLine } from './shapes.ts';
import { packetName, servedBy, sideOf } from './server-answers.ts';
import { ms } from './words.ts';

/** Milliseconds that a packet is drawn on its way. */
const FLIGHT = 3;
const MOST = 6;
/** Without motion it stands so far from the server, in pixels. */
const STAND = 40;

const at = bisector((seen: SeenPacket) => seen.at);
const arrays = new WeakMap<object, readonly SeenPacket[]>();

function near({ whole, time }: View): readonly SeenPacket[] {
  const { list } = whole.packets;
  const all = arrays.get(list) ?? list.toArray();
  arrays.set(list, all);
  return all.slice(at.left(all, time - FLIGHT), at.right(all, time + FLIGHT));
}

export function packetSheets(
  view: View,
  frame: Frame,
  model: PathsModel,
  places: Places,
  motion: boolean,
): Sheet[] {
  return near(view)
    .filter(({ packet }) => packet.seenAt === 'server')
    .flatMap((seen) => sheetOf(view, frame, model, places, seen, motion) ?? [])
    .filter(({ y }) => y > frame.servers[0].bottom + 12)
    .slice(0, MOST);
}

function sheetOf(
  { time }: View,
  frame: Frame,
  model: PathsModel,
  places: Places,
  seen: SeenPacket,
  motion: boolean,
): Sheet | null {
  const { packet, peer, id } = seen;
  const isUp = packet.direction === 'received';
  const part = isUp ? 1 + (time - seen.at) / FLIGHT : (time - seen.at) / FLIGHT;
  if (part < 0 || part >= 1) return null;
  const kind = packetKind(packet);
  const side = sideOf(model.ends, peer);
  const points = legOf(frame, places, side, kind.isStun);
  const along = motion ? part : Math.max(0, 1 - STAND / Math.max(STAND, lengthOf(points)));
  const spot = spotAt(points, isUp || !motion ? along : 1 - along);
  return {
    id,
    event: id,
    pair: '',
    role: kind.class === 'success' ? 'answer' : 'request',
    kind: kind.isStun ? 'srflx' : 'relay',
    evidence: 'observed',
    ...spot,
    angle: isUp ? spot.angle : (spot.angle + 180) % 360,
    scale: 1.2,
    side,
    relayed: !kind.isStun,
    count: 1,
    names: [packetName(model.ends[side].label, packet), kind.name],
    reason: `${kind.name}, ${isUp ? 'reached' : 'left'} the server at ${ms(seen.at)}: observed there. How long it was on its way is not known.`,
  };
}

function legOf(frame: Frame, { all }: Places, side: Side, isStun: boolean): readonly Point[] {
  if (!isStun) return smooth(frame, ownLeg(frame, side));
  return smooth(frame, askLeg(frame, askPlace(frame, all, side)));
}

/** From where the answer stands, once there is one; from the device before that. */
function askPlace(frame: Frame, all: readonly Place[], side: Side): Pick<Place, 'side' | 'row' | 'x'> {
  const given = all.find((place) => place.side === side && place.candidate.type === 'srflx');
  return given ?? { side, row: 0, x: side === 0 ? frame.devices[0].right : frame.devices[1].left };
}

/** Legs on which packets were seen, though nothing came of them yet. */
export function askedLegs(view: View, frame: Frame, model: PathsModel, places: Places): LegLine[] {
  const served = servedBy(view.facts.packets, model);
  const has = (side: Side, type: string): boolean =>
    places.all.some((place) => place.side === side && place.candidate.type === type);
  return ([0, 1] as const).flatMap((side): LegLine[] => [
    ...(served.stun[side] > 0 && !has(side, 'srflx')
      ? [
          {
            id: `asked${side}`,
            d: pathOf(legOf(frame, places, side, true)),
            kind: 'srflx' as const,
            opacity: 0.25,
          },
        ]
      : []),
    ...(served.turn[side] > 0 && !has(side, 'relay')
      ? [
          {
            id: `leased${side}`,
            d: pathOf(legOf(frame, places, side, false)),
            kind: 'relay' as const,
            opacity: 0.35,
          },
        ]
      : []),
  ]);
}
