/** What the picture has to show at the cursor, before any pixel is known. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import {
  type Way,
  carryingWay,
  encryptedSince,
  isChosen,
  isRecorded,
  standingCandidates,
  twoEnds,
  waysOf,
} from '../../../core/projections/path.ts';
import { type Nat, natsOf } from '../../../core/projections/nats.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { View } from '../../../core/projections/view.ts';
import { sessionInfo } from '../parts/peer-labels.ts';
import type { Side } from './frame.ts';

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
