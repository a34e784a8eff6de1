/** What is on its way at the cursor: checks and their answers, data in the tube, messages of the signalling channel. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Evidence } from '../../../core/projections/projection.ts';
import type { Frame, Side } from './frame.ts';
import type { PathsModel, Place, Places } from './model.ts';
import type { SeenPacket } from '../../../core/projections/packets.ts';
import type { Vector } from '../../../core/base/vector.ts';
import type { View } from '../../../core/projections/view.ts';
import { answerPart, type Track } from './strokes.ts';
import { askLeg, ownLeg, smooth } from './routes.ts';
import { bisector } from 'd3';
import { fit, textWidth } from '../parts/labels.ts';
import { lengthOf, pathOf, type Point, spotAt } from './geometry.ts';
import { messageName, ms } from './words.ts';
import { packetKind } from '../../../core/projections/packet-kind.ts';
import { packetName, servedBy, sideOf } from './servers.ts';
import { type Check, isChosen } from '../../../core/projections/path.ts';

/** A finished question to a server: the leg to it. */
export interface LegLine {
  readonly id: string;
  readonly d: string;
  readonly kind: CandidateType;
  readonly opacity: number;
  readonly weight?: number;
}

/** A connectivity check: a sheet with a nose. */
export interface Sheet {
  readonly id: string;
  readonly pair: string;
  readonly role: 'request' | 'answer';
  readonly kind: CandidateType;
  readonly evidence: Evidence;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly scale: number;
  /** Who sends it. */
  readonly side: Side;
  readonly relayed: boolean;
  readonly count: number;
  readonly reason: string;
  /** Of a packet that was seen: its event, and what it is called by people and by machines. */
  readonly event?: string;
  readonly names?: readonly [string, string];
}

/** A message of a data channel, in the tube. */
export interface Pill {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly to: Side;
}

export interface DrawnMessage {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** On the level part of the line, where there is room for its name. */
  readonly level: boolean;
}

/** Of very long lists only the newest are looked at: nothing stays on its way for longer. */
const LOOK_BACK = 64;
const SHEETS_MAX = 12;
const PILLS_MAX = 4;
const LETTERS_MAX = 6;
/** Without motion things stand this far out from their port, in pixels. */
const STAND = 36;

/** Inside a server nothing is seen of them. */
export function sheetsOf(view: View, frame: Frame, tracks: readonly Track[], motion: boolean): Sheet[] {
  return tracks
    .filter(({ standing, way }) => isOpen(standing) && !(way.kind === 'relay' && isSeen(view)))
    .flatMap((track) => track.later.checks.flatMap((check) => sheetOf(track, check, view.time, motion) ?? []))
    .filter(({ y }) => y > frame.servers[1].bottom + 10)
    .slice(0, SHEETS_MAX);
}

const isOpen = (standing: Track['standing']): boolean => standing === 'waiting' || standing === 'answered';

/** What passes through TURN was seen there: then nothing of it has to be inferred. */
const isSeen = ({ whole }: View): boolean => whole.packets.list.length > 0;

function sheetOf(track: Track, check: Check, time: number, motion: boolean): Sheet | null {
  const { after, until, requests, side } = check;
  if (time <= after || time >= until || requests < 1) return null;
  const answer = answerPart(check, time);
  const half = (after + until) / 2;
  if (answer === null && time > half) return null;
  const isAnswer = answer !== null;
  const sender: Side = isAnswer ? (side === 0 ? 1 : 0) : side;
  const part = isAnswer ? answer : (time - after) / (half - after);
  const reach = check.responses > 0 ? 1 : reachOf(track, side);
  const spot = ride(track.points, sender, motion ? part * (isAnswer ? 1 : reach) : null);
  return {
    id: check.id,
    pair: check.pair,
    role: isAnswer ? 'answer' : 'request',
    kind: track.way.kind,
    evidence: track.way.evidence === 'simulated' ? 'simulated' : 'inferred',
    ...spot,
    scale: isAnswer ? 1.4 : 1.2,
    side: sender,
    relayed: track.way.kind === 'relay',
    count: isAnswer ? check.responses : requests,
    reason: `Inferred: the counters of this pair moved between ${ms(after)} and ${ms(until)}; a browser hides the packets.`,
  };
}

/** A question that nobody answers goes as far as is known: to the NAT, or half the way. */
const reachOf = ({ knock }: Track, side: Side): number =>
  knock === null ? 0.5 : side === 0 ? knock : 1 - knock;

/** The place after the fraction `t` from the sender; `null` stands by the sender's port. */
function ride(
  points: readonly Point[],
  sender: Side,
  t: number | null,
): { x: number; y: number; angle: number } {
  const part = t ?? Math.min(0.5, STAND / Math.max(1, lengthOf(points)));
  const spot = spotAt(points, sender === 0 ? part : 1 - part);
  return sender === 0 ? spot : { ...spot, angle: (spot.angle + 180) % 360 };
}

interface Travelling {
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
}

/** Those sent and not yet there at the cursor, newest first, with the time at which they will be. */
function travelling<T extends Travelling>(
  now: Vector<T>,
  whole: Vector<T>,
  most: number,
): [T, number, number][] {
  const found: [T, number, number][] = [];
  const stop = Math.max(0, now.length - LOOK_BACK);
  for (let index = now.length - 1; index >= stop && found.length < most; index--) {
    const item = now.get(index)!;
    const landing = whole.get(index)?.receivedAt ?? null;
    if (item.sentAt !== null && item.receivedAt === null && landing !== null)
      found.push([item, item.sentAt, landing]);
  }
  return found;
}

const partOf = (time: number, from: number, until: number): number =>
  until <= from ? 1 : Math.max(0, Math.min(1, (time - from) / (until - from)));

export function pillsOf(view: View, model: PathsModel, tracks: readonly Track[], motion: boolean): Pill[] {
  const track =
    tracks.find(({ standing }) => standing === 'chosen') ?? tracks.find(({ later }) => isChosen(later));
  if (!track) return [];
  return travelling(view.facts.data.messages, view.whole.data.messages, PILLS_MAX).map(
    ([packet, from, until]) => {
      const sender = senderSide(model, packet.from);
      const text = pillText(packet.text, packet.bytes);
      // At the very moment that it is sent it stands before its port: who steps sees it there.
      const part = view.time <= from ? null : partOf(view.time, from, until);
      const spot = ride(track.points, sender, motion ? part : null);
      const width = Math.max(56, Math.ceil(textWidth({ text, size: 13, mono: true, bold: true })) + 34);
      return { id: packet.id, x: spot.x, y: spot.y, width, text, to: sender === 0 ? 1 : 0 };
    },
  );
}

const pillText = (text: string | null, bytes: number): string =>
  text === null || text === ''
    ? `${bytes} B`
    : `“${fit(text.replace(/\s+/g, ' '), 120, { size: 13, mono: true })}”`;

/** Of an end that nobody recorded only this is known: it is not the other one. */
const senderSide = ({ ends }: PathsModel, peer: string | null): Side =>
  peer === null || ends[0].peer?.id === peer ? 0 : ends[1].peer?.id === peer || ends[0].peer ? 1 : 0;

export function messagesOf(
  view: View,
  model: PathsModel,
  line: readonly Point[],
  motion: boolean,
): DrawnMessage[] {
  const levelY = line[Math.floor(line.length / 2)]?.[1] ?? 0;
  return travelling(view.facts.messages, view.whole.messages, LETTERS_MAX).map(([message, from, until]) => {
    const spot = ride(line, senderSide(model, message.from), motion ? partOf(view.time, from, until) : null);
    return {
      id: message.id,
      x: spot.x,
      y: spot.y,
      text: messageName(message),
      level: Math.abs(spot.y - levelY) < 1,
    };
  });
}

/**
 * Packets that our own server saw, where they were seen: on the leg between a device and STUN or TURN. The server tells
 * when one reached it or left it; how long it was on its way is not known, and drawn as a moment before or after.
 */

/** Milliseconds that a packet is drawn on its way. */
const FLIGHT = 3;
const MOST = 6;
/** Without motion it stands so far from the server, in pixels. */
const FROM_SERVER = 40;

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
    .flatMap((seen) => packetSheet(view, frame, model, places, seen, motion) ?? [])
    .filter(({ y }) => y > frame.servers[0].bottom + 12)
    .slice(0, MOST);
}

function packetSheet(
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
  const along = motion ? part : Math.max(0, 1 - FROM_SERVER / Math.max(FROM_SERVER, lengthOf(points)));
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
  const leg = (id: string, side: Side, kind: 'srflx' | 'relay', opacity: number): LegLine[] =>
    has(side, kind) ? [] : [{ id, d: pathOf(legOf(frame, places, side, kind === 'srflx')), kind, opacity }];
  return ([0, 1] as const).flatMap((side) => [
    ...(served.stun[side] > 0 ? leg(`asked${side}`, side, 'srflx', 0.25) : []),
    ...(served.turn[side] > 0 ? leg(`leased${side}`, side, 'relay', 0.35) : []),
  ]);
}
