/** What the picture has to show at the cursor, before any pixel is known. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Frame, Side } from './frame.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import type { View } from '../../../core/projections/view.ts';
import {
  carryingWay,
  encryptedSince,
  isChosen,
  isRecorded,
  standingCandidates,
  twoEnds,
  type Way,
  waysOf,
} from '../../../core/projections/path.ts';
import { serverKind } from '../../../core/ice/server-url.ts';
import { sessionInfo } from '../parts/peer-labels.ts';
import { type Nat, natsOf } from '../../../core/projections/nats.ts';

export interface PathsModel {
  readonly ends: readonly [End, End];
  /** As known at the cursor, best first. */
  readonly ways: readonly Way[];
  /** As known at the end of the recording, by id: what is on its way now lands there. */
  readonly later: ReadonlyMap<string, Way>;
  /** The chosen way at the cursor; inferred where no reading names it. */
  readonly chosen: Way | null;
  readonly encryptedAt: number | null;
  /** Ports wanted by the fuller device in the whole recording, so that nothing moves when one more is found. */
  readonly rows: number;
  readonly folds: boolean;
  readonly loopback: boolean;
  /** NATs before the ends, as known at the end of the recording, so that no wall appears while it plays. */
  readonly walls: readonly [Nat | null, Nat | null];
  /** The ends then: doors that open later are there already, shut. */
  readonly laterEnds: readonly [End, End];
}

/** One of the two devices. */
export interface End {
  readonly side: Side;
  readonly label: string;
  /** Null where nobody recorded it, or not yet. */
  readonly peer: Peer | null;
  /** It will be there later in the recording. */
  readonly expected: boolean;
  readonly hosts: readonly Candidate[];
  readonly reflexive: readonly Candidate[];
  readonly relays: readonly Candidate[];
  /**
   * TCP candidates that no way uses (those on port 9 only say that TCP may be tried: RFC 6544, section 4.5), and where
   * walls need the room those that getStats alone knows and that nobody was told of.
   */
  readonly idle: readonly Candidate[];
  /** Keys of candidates that are on the chosen way, now or later. */
  readonly wanted: ReadonlySet<string>;
}

export function modelOf(view: View): PathsModel {
  const { facts, whole } = view;
  const told = waysOf(facts);
  const last = facts === whole ? told : waysOf(whole);
  const foreseen = carryingWay(facts, told) ? null : inUseUntold(view, last);
  const ways = foreseen ? [foreseen, ...told.filter(({ id }) => id !== foreseen.id)] : told;
  const loopback = isLoopback(view);
  const walls = wallsOf(whole, loopback);
  const ends = [endOf(view, 0, ways, last, walls), endOf(view, 1, ways, last, walls)] as const;
  const end = { ...view, facts: whole };
  const laterEnds = [endOf(end, 0, last, last, walls), endOf(end, 1, last, last, walls)] as const;
  const all = [...ends, ...laterEnds];
  const rows = Math.max(1, ...all.map(({ hosts }) => hosts.length));
  return {
    ends,
    ways,
    later: new Map(last.map((way) => [way.id, way])),
    chosen: foreseen ?? carryingWay(facts, told),
    encryptedAt: encryptedSince(facts),
    rows,
    folds: all.some(({ idle }) => idle.length > 0),
    loopback,
    walls,
    laterEnds,
  };
}

/** A reading to come tells of the way that must be in use by now: what follows from it has begun. */
function inUseUntold({ facts, whole, time }: View, last: readonly Way[]): Way | null {
  for (const peer of twoEnds(whole)) {
    if ((facts.pairs[peer]?.selections.length ?? 0) > 0) continue;
    const [first] = whole.pairs[peer]?.selections ?? [];
    const way =
      first && first.until <= time && last.find(({ pairs }) => pairs.some(({ id }) => id === first.id));
    if (way)
      return {
        ...way,
        evidence: 'inferred',
        succeededAt: null,
        failedAt: null,
        chosenAt: first.until,
        isChosenExactly: false,
      };
  }
  return null;
}

/** Both ends on one machine have nothing between them, whatever stands before that machine. */
function wallsOf(whole: Facts, loopback: boolean): PathsModel['walls'] {
  if (loopback) return [null, null];
  const [a, b] = natsOf(whole);
  return [a.nat, b.nat];
}

export const hasWalls = ({ walls }: Pick<PathsModel, 'walls'>): boolean => walls.some((nat) => nat !== null);

function endOf(
  { facts, whole }: View,
  side: Side,
  ways: readonly Way[],
  last: readonly Way[],
  walls: PathsModel['walls'],
): End {
  const id = twoEnds(facts)[side];
  const isThere = isRecorded(whole, twoEnds(whole)[side]);
  const peer = (isThere && facts.peers.find((one) => one.id === id)) || null;
  const wanted = new Set([...ways, ...last].filter(isChosen).map((way) => way.ends[side].key));
  const standing = standingCandidates(facts, side, ways);
  const isIdle = ({ type, protocol, key, address }: Candidate): boolean =>
    type === 'host' &&
    !wanted.has(key) &&
    (protocol === 'tcp' || isUnspecified(address) || (hasWalls({ walls }) && address === ''));
  return {
    side,
    label: peer?.label ?? 'AB'[side]!,
    peer,
    expected: peer === null && isThere,
    hosts: standing.filter((one) => one.type === 'host' && !isIdle(one)),
    reflexive: standing.filter(({ type }) => type === 'srflx' || type === 'prflx'),
    relays: standing.filter(({ type }) => type === 'relay'),
    idle: standing.filter(isIdle),
    wanted,
  };
}

/** Of a socket that is bound to no address of its own, which getStats alone knows (RFC 4291, section 2.5.2). */
const isUnspecified = (address: string): boolean => address === '::' || address === '0.0.0.0';

/** The session says of itself what it is, in its first event. */
export const isLoopback = (view: View): boolean => sessionInfo(view)?.kind === 'loopback';

/** Which candidates stand where: ports on a device's inner edge, reflexive ones before it, relays at TURN. */

/** A candidate's place in the figure. */
export interface Place {
  readonly side: Side;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** Height of the port that it belongs to; its own, unless its door is not the first of the row. */
  readonly base: number;
  /** The one that is drawn and named. */
  readonly candidate: Candidate;
  /** All candidates that stand here: several relays of one peer share one mark. */
  readonly keys: readonly string[];
}

export interface Places {
  readonly all: readonly Place[];
  /** By side and candidate key. */
  readonly byKey: readonly [ReadonlyMap<string, Place>, ReadonlyMap<string, Place>];
  /** What a device holds beyond what it shows. */
  readonly folded: readonly [readonly Candidate[], readonly Candidate[]];
}

export function placesOf(frame: Frame, { ends }: PathsModel): Places {
  const placed = ends.map((end) => placesOfEnd(frame, end));
  const index = (side: Side): Map<string, Place> =>
    new Map(placed[side]!.flatMap((place) => place.keys.map((key) => [key, place] as const)));
  return {
    all: placed.flat(),
    byKey: [index(0), index(1)],
    folded: [foldedOf(frame, ends[0]), foldedOf(frame, ends[1])],
  };
}

function placesOfEnd(frame: Frame, end: End): Place[] {
  const ports = shownHosts(frame, end).map((candidate, row) => portOf(frame, end.side, candidate, row));
  return [...ports, ...reflexivePlaces(frame, end, ports), ...relayPlace(frame, end)];
}

/** In order of arrival; one that is chosen, now or later, never folds: then it stands on the direct line. */
function shownHosts({ rows }: Frame, { hosts, wanted }: End): readonly Candidate[] {
  if (hosts.length <= rows.length) return hosts;
  const first = hosts.slice(0, rows.length);
  const missing = hosts.slice(rows.length).find(({ key }) => wanted.has(key));
  return missing ? [missing, ...first.slice(0, -1)] : first;
}

const foldedOf = (frame: Frame, end: End): readonly Candidate[] => {
  const shown = new Set(shownHosts(frame, end));
  return [...end.hosts.filter((one) => !shown.has(one)), ...end.idle];
};

const edgeOf = ({ devices }: Frame, side: Side): number => (side === 0 ? devices[0].right : devices[1].left);
const inward = (side: Side): 1 | -1 => (side === 0 ? 1 : -1);

function portOf(frame: Frame, side: Side, candidate: Candidate, row: number): Place {
  return {
    side,
    row,
    x: edgeOf(frame, side),
    y: frame.rows[row]!,
    base: frame.rows[row]!,
    candidate,
    keys: [candidate.key],
  };
}

const BESIDE = 26;
const BESIDE_MAX = 2;
/** From one door of a row to the next. */
export const STACKED = 30;

/** One mark for each kind on each row, the second beside the first; the rest share the last. */
function reflexivePlaces(frame: Frame, end: End, ports: readonly Place[]): Place[] {
  const places: Place[] = [];
  for (const candidate of end.reflexive) {
    const row = rowOf(candidate, ports);
    const here = places.filter((place) => place.row === row);
    const same = here.findIndex((place) => place.candidate.type === candidate.type);
    if (same >= 0 || here.length >= BESIDE_MAX) {
      const shared = here[Math.max(0, same)]!;
      places[places.indexOf(shared)] = joined(shared, candidate, end.wanted);
      continue;
    }
    const isStacked = frame.walls[end.side] !== null && hasRoom(frame, row);
    const x = frame.doors[end.side] + (isStacked ? 0 : inward(end.side) * BESIDE * here.length);
    const base = frame.rows[row]!;
    const y = base + (isStacked ? STACKED * here.length : 0);
    places.push({ side: end.side, row, x, y, base, candidate, keys: [candidate.key] });
  }
  return places;
}

const hasRoom = ({ rows }: Frame, row: number): boolean =>
  (rows[row + 1] ?? Infinity) - rows[row]! > 2.5 * STACKED;

function joined(place: Place, candidate: Candidate, wanted: ReadonlySet<string>): Place {
  const shown = wanted.has(candidate.key) ? candidate : place.candidate;
  return { ...place, candidate: shown, keys: [...place.keys, candidate.key] };
}

/** The row of its base (RFC 8445, section 5.1.1): same related or own port, else same family, else the first. */
function rowOf(candidate: Candidate, ports: readonly Place[]): number {
  const base =
    ports.find((port) => port.candidate.port === candidate.relatedPort) ??
    ports.find((port) => port.candidate.port === candidate.port) ??
    ports.find((port) => port.candidate.family !== null && port.candidate.family === candidate.family);
  return base?.row ?? 0;
}

function relayPlace(frame: Frame, { side, relays, wanted }: End): Place[] {
  const candidate = relays.find(({ key }) => wanted.has(key)) ?? relays[0];
  if (!candidate) return [];
  const keys = relays.map(({ key }) => key);
  return [
    {
      side,
      row: 0,
      x: frame.relays[side],
      y: frame.servers[1].bottom,
      base: frame.servers[1].bottom,
      candidate,
      keys,
    },
  ];
}

/** Whom a door has let in: what an end heard through it, the strictest NAT had to let pass (RFC 4787, section 5). */

/** `['STUN', 'TURN', 'B']`; TURN also where it carries the other end's packets. What only knocked is not named. */
export function letIn({ side, candidate, keys }: Place, { ends, ways }: PathsModel): readonly string[] {
  const { type, url, address, port } = candidate;
  const told = type !== 'srflx' ? [] : [serverKind(url) ?? 'STUN'];
  const leased = ends[side].relays.some(
    ({ relatedAddress, relatedPort }) => relatedAddress === address && relatedPort === port,
  );
  const heard = ways
    .filter((way) => way.succeededAt !== null && keys.includes(way.ends[side].key))
    .map(({ kind }) => (kind === 'relay' ? 'TURN' : ends[side === 0 ? 1 : 0].label))
    .sort((a, b) => Number(b === 'TURN') - Number(a === 'TURN'));
  return [...new Set([...told, ...(leased ? ['TURN'] : []), ...heard])];
}
