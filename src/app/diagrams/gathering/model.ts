/** Who gathered what, and whom it was asked from: the rows of the picture, before they have a place. */
import type { Candidate, Gathering, PeerCandidates } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import { group } from 'd3';
import { parseServerUrl } from '../../../core/ice/server-url.ts';
import { priorityParts } from '../../../core/sdp/priority.ts';
import { type Member, peersOf } from '../parts/peer-labels.ts';
import { whyNothing } from '../parts/nothing-found.ts';

/** A search for candidates, from `gathering` to `complete`; null while it goes on. */
export interface Search {
  readonly event: string | null;
  readonly from: number;
  readonly to: number | null;
}

/** How the address is known that a question was asked from: told in raddr and rport, or inferred. */
type Basis = 'told' | 'inferred' | 'unknown';

export interface Found {
  readonly candidate: Candidate;
  /** Key of the own address that it was asked from; null for an own address, or where nothing tells it. */
  readonly base: string | null;
  readonly basis: Basis;
  /** The wait in ms, since the search began or its base was there; null for what no event told. */
  readonly from: number | null;
}

export type Fault = Gathering['errors'][number];

interface Round {
  /** Null where gathering left no trace of when it began. */
  readonly search: Search | null;
  /** Own addresses first, each with what was asked from it. */
  readonly found: readonly Found[];
  readonly faults: readonly (Fault & { readonly base: string | null })[];
}

export interface Gatherer extends Member {
  /** What it is called besides its letter: its browser, or the one URL that it was made to ask. */
  readonly name: string | null;
  /** It gathers for more than one m-section. */
  readonly isForMany: boolean;
  readonly rounds: readonly Round[];
  /** Why it has nothing although it looked to the end and nobody told of an error; null while that is not so. */
  readonly nothing: string | null;
}

interface Remembered extends Pick<Facts, 'peers' | 'states'> {
  readonly gatherers: readonly Gatherer[];
}

/** The picture is laid out at every frame, and these facts change at few of them. */
const remembered = new WeakMap<Facts['candidates'], Remembered>();

export function gatherers(facts: Facts): readonly Gatherer[] {
  const { peers, states, candidates } = facts;
  const known = remembered.get(candidates);
  if (known?.peers === peers && known.states === states) return known.gatherers;
  const made = peersOf(facts).map((member) => gatherer(facts, member));
  remembered.set(candidates, { peers, states, gatherers: made });
  return made;
}

function gatherer(facts: Facts, member: Member): Gatherer {
  const known = facts.candidates[member.id];
  const peer = facts.peers.find(({ id }) => id === member.id);
  const rounds = roundsOf(known, searchesOf(facts, member.id));
  const mids = new Set((known?.local ?? []).flatMap(({ mid }) => (mid === null ? [] : [mid])));
  return {
    ...member,
    name: nameOf(peer),
    isForMany: mids.size > 1,
    rounds,
    nothing: peer && isInVain(rounds) ? whyNothing(peer) : null,
  };
}

const isInVain = (rounds: readonly Round[]): boolean =>
  rounds.length > 0 &&
  rounds.every(
    ({ search, found, faults }) => search?.to != null && found.length === 0 && faults.length === 0,
  );

const nameOf = (peer: Peer | undefined): string | null =>
  peer && parseServerUrl(peer.place) ? peer.place : (peer?.browser ?? null);

export function searchesOf({ states }: Facts, peer: string): readonly Search[] {
  const history = states[peer]?.gathering.history ?? [];
  return history.flatMap(({ state, at, event }, place) =>
    state === 'gathering' ? [{ event, from: at, to: history[place + 1]?.at ?? null }] : [],
  );
}

/** Whether an event told it. What only getStats knows was found at an unknown time: between two readings. */
export const isTold = ({ mid, statsId }: Candidate): boolean => mid !== null || statsId === null;

function roundsOf(known: PeerCandidates | undefined, searches: readonly Search[]): readonly Round[] {
  const local = known?.local ?? [];
  const errors = known?.gathering.errors ?? [];
  if (searches.length === 0) return local.length + errors.length === 0 ? [] : [round(null, local, errors)];
  return searches.map((search, place) => {
    const next = searches[place + 1]?.from ?? Infinity;
    const isIn = ({ at }: { readonly at: number }): boolean =>
      at < next && (at >= search.from || place === 0);
    return round(search, local.filter(isIn), errors.filter(isIn));
  });
}

function round(search: Search | null, local: readonly Candidate[], errors: readonly Fault[]): Round {
  const basesOf = finder(local);
  const found = local.map((candidate): Found => {
    const [base, basis] = candidate.type === 'host' ? [null, 'told' as const] : basesOf(candidate);
    const began = base ? Math.max(base.at, search?.from ?? base.at) : search?.from;
    const from = began === undefined || !isTold(candidate) ? null : Math.min(began, candidate.at);
    return { candidate, base: base?.key ?? null, basis, from };
  });
  const faults = errors.map((error) => ({ ...error, base: baseOfFault(error, local) }));
  return { search, found: inFamilies(found), faults };
}

/** Own addresses as they came, each followed by what was asked from it; then what has no known base. */
function inFamilies(found: readonly Found[]): readonly Found[] {
  const children = group(
    found.filter(({ candidate }) => candidate.type !== 'host'),
    ({ base }) => base,
  );
  const own = found.filter(({ candidate }) => candidate.type === 'host');
  const seen = new Set<string>();
  const families = own.flatMap((one) => {
    const isFirst = !seen.has(one.candidate.key);
    seen.add(one.candidate.key);
    return [one, ...(isFirst ? (children.get(one.candidate.key) ?? []) : [])];
  });
  return [...families, ...(children.get(null) ?? [])];
}

type Finder = (candidate: Candidate) => readonly [Candidate | null, Basis];

/**
 * A related address is the base of a server reflexive candidate, and the mapped address of a relay candidate (RFC 8839,
 * section 5.1). With mDNS it is hidden (`0.0.0.0`): then the base is inferred where one own address alone can be meant, for
 * its family or because candidates from one address share their local preference (RFC 8445, section 5.1.2.1).
 */
function finder(local: readonly Candidate[]): Finder {
  const byAddress = new Map(
    local.filter(({ type }) => type !== 'relay').map((one) => [`${one.address} ${one.port}`, one]),
  );
  const hosts = local.filter(({ type, protocol }) => type === 'host' && protocol === 'udp');
  const told = ({ relatedAddress, relatedPort }: Candidate): Candidate | undefined =>
    byAddress.get(`${relatedAddress} ${relatedPort}`);
  const baseOf: Finder = (candidate) => {
    const related = told(candidate);
    if (related?.type === 'host') return [related, 'told'];
    if (related && related !== candidate) {
      const further = told(related);
      if (further?.type === 'host') return [further, 'told'];
    }
    const isTcp = candidate.relayProtocol !== null && candidate.relayProtocol !== 'udp';
    const possible = isTcp ? [] : hosts.filter((host) => mayBeBase(host, candidate));
    const likely =
      possible.length > 1 ? possible.filter((host) => preference(host) === preference(candidate)) : possible;
    return likely.length === 1 ? [likely[0]!, 'inferred'] : [null, 'unknown'];
  };
  return baseOf;
}

const preference = ({ priority }: Candidate): number => priorityParts(priority).localPreference;

const mayBeBase = (host: Candidate, candidate: Candidate): boolean =>
  host.mid === candidate.mid &&
  host.ufrag === candidate.ufrag &&
  host.component === candidate.component &&
  (host.family === null || candidate.family === null || host.family === candidate.family);

function baseOfFault({ address, port }: Fault, local: readonly Candidate[]): string | null {
  const base = local.find((one) => one.type === 'host' && one.address === address && one.port === port);
  return base?.key ?? null;
}

/** A row of the picture, by its place from the top. */
export type Row = { readonly id: string; readonly place: number } & (
  | {
      readonly kind: 'peer' | 'again';
      readonly gatherer: Gatherer;
      readonly search: Search | null;
      readonly number: number;
    }
  /** Heads what was asked from an address that nothing tells. */
  | { readonly kind: 'unbased'; readonly gatherer: Gatherer }
  /** Says why nothing was found. */
  | { readonly kind: 'nothing'; readonly gatherer: Gatherer }
  | {
      readonly kind: 'candidate';
      readonly gatherer: Gatherer;
      readonly found: Found;
      /** Place of the row of its base. */
      readonly parent: number | null;
    }
  | {
      readonly kind: 'error';
      readonly gatherer: Gatherer;
      readonly fault: Fault;
      readonly parent: number | null;
    }
);

const rowsKnown = new WeakMap<readonly Gatherer[], readonly Row[]>();

export function rowsOf(gatherers: readonly Gatherer[]): readonly Row[] {
  const rows = rowsKnown.get(gatherers) ?? makeRows(gatherers);
  rowsKnown.set(gatherers, rows);
  return rows;
}

function makeRows(gatherers: readonly Gatherer[]): readonly Row[] {
  const rows: Row[] = [];
  for (const gatherer of gatherers) {
    head(rows, gatherer, gatherer.rounds[0]?.search ?? null, 0);
    gatherer.rounds.forEach((round, number) => {
      if (number > 0) head(rows, gatherer, round.search, number);
      addRound(rows, gatherer, round);
    });
    if (gatherer.nothing !== null)
      rows.push({ id: `${gatherer.id}/nothing`, place: rows.length, kind: 'nothing', gatherer });
  }
  return rows;
}

function head(rows: Row[], gatherer: Gatherer, search: Search | null, number: number): void {
  const kind = number === 0 ? 'peer' : 'again';
  rows.push({ id: `${gatherer.id}/${number}`, place: rows.length, kind, gatherer, search, number });
}

function addRound(rows: Row[], gatherer: Gatherer, { found, faults }: Round): void {
  const parents = new Map<string, number>();
  const parentOf = (base: string | null): number | null =>
    base === null ? null : (parents.get(base) ?? null);
  const firstUnbased = found.find(({ basis }) => basis === 'unknown');
  found.forEach((one) => {
    if (one === firstUnbased)
      rows.push({
        id: `${gatherer.id}/${one.candidate.event}/from`,
        place: rows.length,
        kind: 'unbased',
        gatherer,
      });
    const { key, event, type, ufrag } = one.candidate;
    if (type === 'host') parents.set(key, rows.length);
    const id = `${gatherer.id}/${event}/${key}/${ufrag ?? ''}`;
    rows.push({
      id,
      place: rows.length,
      kind: 'candidate',
      gatherer,
      found: one,
      parent: parentOf(one.base),
    });
  });
  faults.forEach((fault) => {
    const { event, base } = fault;
    rows.push({ id: event, place: rows.length, kind: 'error', gatherer, fault, parent: parentOf(base) });
  });
}

/** The candidate that was waited for longest, of all peers. */
export function dearest(gatherers: readonly Gatherer[]): Found | null {
  let best: Found | null = null;
  for (const { rounds } of gatherers)
    for (const { found } of rounds)
      for (const one of found) if (waited(one) > (best ? waited(best) : 0)) best = one;
  return best;
}

/** In ms; -1 where it is not known. */
export const waited = ({ candidate, from }: Found): number => (from === null ? -1 : candidate.at - from);
