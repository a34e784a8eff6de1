/** Which candidates stand where: ports on a device's inner edge, reflexive ones before it, relays at TURN. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Frame, Side } from './frame.ts';
import type { End, PathsModel } from './model.ts';

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
