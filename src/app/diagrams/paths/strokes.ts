/** Ways as lines: weight says how far a way got, dash how that is known, colour its dearest candidate. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Check, Way } from '../../../core/projections/path.ts';
import type { Evidence } from '../../../core/projections/projection.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Frame } from './frame.ts';
import { type Point, lengthOf, pathOf, spotAt, stretch } from './geometry.ts';
import type { PathsModel, Place, Places } from './model.ts';
import { routeBetween, smooth } from './routes.ts';

/** How far a way has got. */
type Standing = 'waiting' | 'answered' | 'chosen' | 'lost' | 'failed' | 'broken' | 'closed';

/** A way that is drawn. */
export interface Track {
  readonly id: string;
  readonly way: Way;
  /** As known at the end, with the checks that are still on their way. */
  readonly later: Way;
  readonly standing: Standing;
  /** A reading has told of it by now. */
  readonly told: boolean;
  /** Corners, and the same with round corners. */
  readonly corners: readonly Point[];
  readonly points: readonly Point[];
  /** The part that is drawn, as fractions: where a dearer way shares its first stretch with a direct one, it branches off. */
  readonly drawn: readonly [number, number];
  /** The same while it is thin: without the legs that are drawn for themselves. */
  readonly far: readonly [number, number];
  /** Where questions that nobody answers end: before the other end’s NAT; null where none is known to. */
  readonly knock: number | null;
}

export interface Stroke {
  readonly id: string;
  readonly way: string;
  readonly d: string;
  readonly kind: CandidateType | 'fail';
  readonly evidence: Evidence;
  readonly weight: number;
  readonly opacity: number;
  /** Width of the light core of a tube; 0 for none. */
  readonly core: number;
}

/** Beyond this many, a picture says less: the best are drawn. */
const TRACKS_MAX = 12;

export function tracksOf(view: View, frame: Frame, model: PathsModel, places: Places): Track[] {
  const known = new Map(model.ways.map((way) => [way.id, way]));
  const begun = [...model.later.values()]
    .filter((way) => !known.has(way.id) && hasBegun(way, view.time))
    .map(notYetTold);
  const drawable = [...model.ways, ...begun]
    .map((way) => ({ way, a: places.byKey[0].get(way.ends[0].key), b: places.byKey[1].get(way.ends[1].key) }))
    .filter(({ a, b }) => a !== undefined && b !== undefined)
    .slice(0, TRACKS_MAX);
  const crossing = drawable.filter(({ a, b }) => a!.y !== b!.y).map(({ way }) => way.id);
  const trunks = trunksOf(drawable.map(({ a, b }) => [a!, b!]));
  return drawable.map(({ way, a, b }) => {
    const lane = (crossing.indexOf(way.id) + 1) / (crossing.length + 1);
    const corners = routeBetween(frame, a!, b!, lane);
    const standing = standingOf(view, model, known.get(way.id), way);
    const later = model.later.get(way.id) ?? way;
    const isMain = standing === 'chosen' || standing === 'broken';
    const knock = isMain ? null : knockOf(frame, way, [a!, b!], corners);
    const drawn = isMain ? WHOLE : upToKnock(way, branchOf(corners, trunks), knock);
    const far = way.kind === 'relay' ? farPart(frame, corners, [a!, b!], drawn) : drawn;
    const told = known.has(way.id);
    return {
      id: way.id,
      way,
      later,
      standing,
      told,
      corners,
      points: smooth(frame, corners),
      drawn,
      far,
      knock,
    };
  });
}

type Part = readonly [from: number, to: number];
const WHOLE: Part = [0, 1];

/** Heights at which a straight way runs from edge to edge, and those at which a direct way leaves either device. */
function trunksOf(ends: readonly (readonly [Place, Place])[]): {
  straight: Set<number>;
  direct: [Set<number>, Set<number>];
} {
  const direct = ends.filter((pair) => pair.every(({ candidate }) => candidate.type !== 'relay'));
  const level = (side: 0 | 1): Set<number> => new Set(direct.map((pair) => pair[side].y));
  const straight = new Set(direct.filter(([a, b]) => a.y === b.y).map(([a]) => a.y));
  return { straight, direct: [level(0), level(1)] };
}

/** Without the level stretches at its ends where another way runs along them already. */
function branchOf(corners: readonly Point[], { straight, direct }: ReturnType<typeof trunksOf>): Part {
  if (corners.length < 3) return WHOLE;
  const [start, end] = [corners[0]![1], corners.at(-1)![1]];
  const isCrossing = corners.length === 4;
  const total = lengthOf(corners);
  const leave = (y: number, side: 0 | 1, along: number): number =>
    (isCrossing ? straight : direct[side]).has(y) ? Math.max(0, along - BRANCH) / total : 0;
  return [leave(start, 0, lengthOf(corners.slice(0, 2))), 1 - leave(end, 1, lengthOf(corners.slice(-2)))];
}

/** About where a line leaves the one that it branches off. */
const BRANCH = 14;

/** Without the legs of those who own a relay: these are drawn already, and were seen. */
function farPart(
  { servers }: Frame,
  corners: readonly Point[],
  ends: readonly [Place, Place],
  drawn: Part,
): Part {
  const total = lengthOf(corners);
  const enters = corners.findIndex(([, y]) => y < servers[1].bottom);
  const leaves = corners.findLastIndex(([, y]) => y < servers[1].bottom);
  const [ownsA, ownsB] = ends.map(({ candidate }) => candidate.type === 'relay');
  const from = ownsA ? lengthOf(corners.slice(0, leaves + 1)) / total : drawn[0];
  const to = ownsB ? lengthOf(corners.slice(0, enters + 1)) / total : drawn[1];
  return [from, Math.max(from, to)];
}

/** Beside the reflexive candidate that stands before its door. */
const BEFORE = 26;

/** Of a way that one end alone asks on, towards a NAT's door, and never heard of: as a part of its length. */
function knockOf(
  { walls, form }: Frame,
  { kind, pairs, requests, checks }: Way,
  ends: readonly [Place, Place],
  corners: readonly Point[],
): number | null {
  const side = checks[0]?.side ?? 0;
  const target = ends[1 - side]!;
  const isUnheard = requests > 0 && pairs.every(({ responsesReceived }) => responsesReceived === 0);
  if (kind === 'relay' || pairs.length !== 1 || !isUnheard) return null;
  if (target.candidate.type === 'host' || walls[target.side] === null) return null;
  const edge = corners.at(side === 0 ? -1 : 0)![0];
  const left = (Math.abs(edge - target.x) + (form === 'phone' ? BEFORE - 6 : BEFORE)) / lengthOf(corners);
  return side === 0 ? 1 - left : left;
}

const upToKnock = ({ checks }: Way, [from, to]: Part, knock: number | null): Part =>
  knock === null
    ? [from, to]
    : checks[0]?.side === 1
      ? [Math.max(from, knock), to]
      : [from, Math.min(to, knock)];

/** A way of which no reading has told yet: whatever will be observed of it is inferred now. */
const notYetTold = (way: Way): Way => ({
  ...way,
  evidence: way.evidence === 'simulated' ? 'simulated' : 'inferred',
  succeededAt: null,
  failedAt: null,
  chosenAt: null,
});

const hasBegun = (way: Way, time: number): boolean =>
  way.checks.some(({ after, until }) => after <= time && until > after);

function standingOf({ facts, time }: View, { chosen }: PathsModel, now: Way | undefined, way: Way): Standing {
  const ices = Object.values(facts.states).map(({ ice }) => ice.current);
  const isOver = facts.peers.some(({ closedAt }) => closedAt !== null);
  const gaveUp = ices.includes('failed') || hasGivenUp(facts);
  if (now && now.id === chosen?.id) return isOver ? 'closed' : gaveUp ? 'broken' : 'chosen';
  if (now?.failedAt != null) return 'failed';
  if (chosen || isOver || now?.isCancelled) return 'lost';
  if (now?.succeededAt != null) return gaveUp ? 'failed' : 'answered';
  if (gaveUp) return 'failed';
  return way.checks.some((check) => isAnswered(check, time)) ? 'answered' : 'waiting';
}

/** Chromium says so of the connection while ICE is still `disconnected`. */
export const hasGivenUp = ({ states }: View['facts']): boolean =>
  Object.values(states).some(
    ({ connection, dtls }) => connection.current === 'failed' && dtls.current !== 'failed',
  );

const isAnswered = ({ responses, until }: Check, time: number): boolean => responses > 0 && until <= time;

/** Losers first, so that the chosen way lies on top. */
export function strokesOf(
  view: View,
  model: PathsModel,
  tracks: readonly Track[],
  motion: boolean,
): Stroke[] {
  const step = (since: number | null): number => eased(view, since, motion);
  const chosenAt = model.chosen === null ? null : (model.chosen.chosenAt ?? model.encryptedAt);
  const tubeAt =
    chosenAt === null || model.encryptedAt === null ? null : Math.max(chosenAt, model.encryptedAt);
  const lines = tracks.flatMap((track): Stroke[] => {
    switch (track.standing) {
      case 'chosen':
        return [tube(track, step(chosenAt), step(tubeAt))];
      case 'answered':
        return [{ ...thin(track), id: `${track.id}/6`, d: partPath(track.points, track.drawn), weight: 6 }];
      case 'waiting':
        return [thin(track), ...painted(track, view.time, motion)];
      case 'failed':
        return halves(track, model.chosen ? 0.35 : 1);
      case 'broken':
        return halves(track, 1);
      default:
        return [{ ...thin(track), opacity: chosenAt === null ? 0.35 : 1 - 0.65 * step(chosenAt) }];
    }
  });
  return lines.sort((a, b) => a.weight - b.weight || costOf(b) - costOf(a));
}

const partPath = (points: readonly Point[], [from, to]: Part): string =>
  to - from < 0.005 ? '' : pathOf(stretch(points, from, to));

const costOf = ({ kind }: Stroke): number => (kind === 'relay' ? 1 : 0);

const thin = ({ id, way, points, far }: Track): Stroke => ({
  id,
  way: id,
  d: far === WHOLE ? pathOf(points) : partPath(points, far),
  kind: way.kind,
  evidence: way.evidence,
  weight: 1.5,
  opacity: 1,
  core: 0,
});

function tube(track: Track, chosen: number, encrypted: number): Stroke {
  const weight = encrypted > 0 ? 7 + 4 * encrypted : 6 + chosen;
  return { ...thin(track), d: pathOf(track.points), weight, core: 4 * encrypted };
}

/** The stretches behind answers that are on their way, each painted once. */
function painted(track: Track, time: number, motion: boolean): Stroke[] {
  if (!motion) return [];
  const answers = track.later.checks.map((check) => ({ side: check.side, t: answerPart(check, time) ?? 0 }));
  const reach = (side: 0 | 1): number =>
    Math.max(0, ...answers.filter((one) => one.side === side).map(({ t }) => t));
  const [fromFirst, fromSecond] = [reach(1), 1 - reach(0)];
  const parts = fromFirst >= fromSecond ? [WHOLE] : [[0, fromFirst] as const, [fromSecond, 1] as const];
  return parts.flatMap(([from, to], index) => {
    const [start, end] = [Math.max(from, track.drawn[0]), Math.min(to, track.drawn[1])];
    if (end - start < 0.01) return [];
    return [
      { ...thin(track), id: `${track.id}/${index}`, d: partPath(track.points, [start, end]), weight: 6 },
    ];
  });
}

/** How far the answer to a check is on its way at `time`: it takes the second half of the window. */
export function answerPart({ after, until, responses }: Check, time: number): number | null {
  const half = (after + until) / 2;
  return responses > 0 && time > half && time < until ? (time - half) / (until - half) : null;
}

/** The line up to where it died, and what lies beyond; nobody knows where, so the middle stands for it. */
function halves(track: Track, opacity: number): Stroke[] {
  const whole = thin(track);
  if (track.knock !== null) return [{ ...whole, opacity }];
  const middle = endOf(track);
  const part = (id: string, ends: Part, fade: number): Stroke => ({
    ...whole,
    id: `${track.id}/${id}`,
    d: partPath(track.points, ends),
    opacity: opacity * fade,
  });
  return [part('a', [track.drawn[0], middle], 1), part('b', [middle, track.drawn[1]], 0.35)];
}

/** Where a way that failed ends: at the NAT that lets nothing in, else nobody knows. */
const endOf = (track: Track): number => track.knock ?? middleOf(track);

/** Of a line between two rows the middle of its upright stretch: there it is alone. */
function middleOf({ corners }: Track): number {
  if (corners.length !== 4) return 0.5;
  const along = lengthOf(corners.slice(0, 2)) + lengthOf(corners.slice(1, 3)) / 2;
  return along / lengthOf(corners);
}

/** Knocked, and no answer yet. */
export const isUnheard = ({ knock, told, standing }: Track): boolean =>
  knock !== null && told && standing === 'waiting';

export const crossOf = (track: Track): { readonly x: number; readonly y: number } =>
  spotAt(track.points, endOf(track));

/** A change of weight takes 3 % of the session, but never more than 3 ms of it; it begins with a visible step. */
function eased(view: View, since: number | null, motion: boolean): number {
  if (since === null) return 0;
  const end = view.events.at(-1)?.at ?? 0;
  const span = Math.min(0.03 * end, 3);
  if (!motion || view.time >= end || span <= 0) return 1;
  return Math.max(0, Math.min(1, 0.6 + (0.4 * (view.time - since)) / span));
}
