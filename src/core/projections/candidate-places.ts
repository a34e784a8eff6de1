/**
 * Where in a peer's list a candidate stands that an event or a report tells of again. What tells of it may leave out its
 * address, its priority or its ICE user name fragment, so each candidate is filed with and without them.
 */
/** What a candidate is filed by. */
export interface Filed {
  readonly key: string;
  readonly type: string;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly priority: number;
  readonly ufrag: string | null;
  readonly statsId: string | null;
}

/** What is told of a candidate; null where nothing is. */
export interface Told {
  readonly type: string;
  readonly protocol: string;
  readonly port: unknown;
  readonly address: string | null;
  readonly priority: unknown;
  readonly ufrag: string | null;
}

/** Places in the order of the list; those before `next` are done with. */
type Waiting = Map<string, { readonly places: number[]; next: number }>;

interface Places {
  /** The candidates read so far. */
  count: number;
  readonly byKey: Map<string, number>;
  readonly byStatsId: Map<string, number>;
  /** Those that no report has told of yet, by what a report may say. */
  readonly unclaimed: Waiting;
  /** Those that a report told of first, without their address. */
  readonly early: Waiting;
}

/** Stands for what is not told, and for every value of it. */
const ANY = '*';
/** An mDNS name: getStats gives no address, or another one. */
const HIDDEN = '.local';

const known = new WeakMap<readonly Filed[], Places>();

function placesOf(list: readonly Filed[]): Places {
  let places = known.get(list);
  if (!places) {
    places = { count: 0, byKey: new Map(), byStatsId: new Map(), unclaimed: new Map(), early: new Map() };
    known.set(list, places);
  }
  for (; places.count < list.length; places.count++) file(places, list[places.count]!, places.count);
  return places;
}

/** `after` is `before` with more candidates, or with one of them changed, which `changed` names. */
export function carryPlaces<L extends readonly Filed[]>(before: L, after: L, changed: number | null): L {
  const places = known.get(before);
  if (!places) return after;
  known.delete(before);
  known.set(after, places);
  if (changed !== null && changed < places.count) file(places, after[changed]!, changed);
  return after;
}

function file({ byKey, byStatsId, unclaimed, early }: Places, candidate: Filed, place: number): void {
  const { statsId, address, ufrag, priority } = candidate;
  const key = keyOf(candidate);
  if (!byKey.has(key)) byKey.set(key, place);
  if (statsId !== null) {
    byStatsId.set(statsId, place);
    if (address === '') push(early, earlyKey(candidate), place);
    return;
  }
  for (const one of [address.endsWith(HIDDEN) ? HIDDEN : address, ANY])
    for (const two of [priority, ANY])
      for (const three of [ufrag ?? '', ANY]) push(unclaimed, formOf(candidate, one, two, three), place);
}

function push(all: Waiting, key: string, place: number): void {
  const waiting = all.get(key);
  if (waiting) waiting.places.push(place);
  else all.set(key, { places: [place], next: 0 });
}

/** The first that still waits, or -1. What is done with stays so. */
function firstOf(all: Waiting, key: string, isDone: (place: number) => boolean): number {
  const waiting = all.get(key);
  if (!waiting) return -1;
  const { places } = waiting;
  while (waiting.next < places.length && isDone(places[waiting.next]!)) waiting.next++;
  return places[waiting.next] ?? -1;
}

type Kind = Pick<Told, 'type' | 'protocol' | 'port'>;

const formOf = ({ type, protocol, port }: Kind, ...rest: readonly unknown[]): string =>
  `${type} ${protocol} ${String(port)} ${rest.join(' ')}`;
const earlyKey = (one: Kind & { readonly priority: unknown }): string => formOf(one, one.priority);
const keyOf = ({ key, ufrag }: Pick<Filed, 'key' | 'ufrag'>): string => `${key} ${ufrag ?? ''}`;

export const isKnown = (list: readonly Filed[], candidate: Pick<Filed, 'key' | 'ufrag'>): boolean =>
  placesOf(list).byKey.has(keyOf(candidate));

export const hasStatsId = (list: readonly Filed[], statsId: string): boolean =>
  placesOf(list).byStatsId.has(statsId);

/** The first that a report told of without its address and that is this one, or -1. */
export const placeOfEarly = (
  list: readonly Filed[],
  candidate: Kind & { readonly priority: unknown },
): number => firstOf(placesOf(list).early, earlyKey(candidate), (place) => list[place]!.address !== '');

/** The first that no report has told of yet and that may be the one of this report, or -1. */
export function placeOfTold(list: readonly Filed[], told: Told): number {
  const { unclaimed } = placesOf(list);
  const addresses = told.address === null ? [ANY] : [told.address, HIDDEN];
  const fragments = told.ufrag === null ? [ANY] : [told.ufrag, ''];
  const found = addresses.flatMap((address) =>
    fragments.map((ufrag) =>
      firstOf(
        unclaimed,
        formOf(told, address, told.priority ?? ANY, ufrag),
        (place) => list[place]!.statsId !== null,
      ),
    ),
  );
  return found.reduce((best, place) => (place >= 0 && (best < 0 || place < best) ? place : best), -1);
}
