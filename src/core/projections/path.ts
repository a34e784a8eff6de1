/**
 * The ways between two peers: what each end's candidate pairs (RFC 8445, section 6.1.2) say of the same two addresses,
 * joined. Derived from facts, nothing is stored. A browser hides its checks, so their times are windows: between two
 * readings of the counters, narrowed by what the events tell.
 */
import { least } from '../base/numbers.ts';
import type { CandidateType } from '../sdp/priority.ts';
import { type Candidate, type PeerCandidates, readCandidate } from './candidates.ts';
import { checkWindow } from './check-window.ts';
import type { Facts } from './index.ts';
import type { Pair, SelectedPair } from './pairs.ts';
import type { Evidence } from './projection.ts';
import { type Ends, addressBook } from './way-ends.ts';

/** Connectivity checks of one peer that happened at some time between `after` and `until`. */
export interface Check {
  readonly id: string;
  /** `Pair.id` of the reading that counted them. */
  readonly pair: string;
  /** Who asks: 0 for the first peer, 1 for the second. */
  readonly side: 0 | 1;
  readonly after: number;
  readonly until: number;
  readonly requests: number;
  readonly responses: number;
}

export interface Way {
  /** Keys of both candidates, the first peer's first. */
  readonly id: string;
  /** The first peer's candidate and the second's. */
  readonly ends: readonly [Candidate, Candidate];
  /** The dearest candidate on the way: relay, then prflx, srflx, host. */
  readonly kind: CandidateType;
  /** What the ends that know of it report, at most one pair each. */
  readonly pairs: readonly Pair[];
  readonly checks: readonly Check[];
  readonly requests: number;
  /** First reading that called it succeeded. */
  readonly succeededAt: number | null;
  /** No end tries it any longer, for another way works: `cancelled` of Firefox. */
  readonly isCancelled: boolean;
  /** Reading at which every end that reports it called it failed. */
  readonly failedAt: number | null;
  /** It is selected now, and that began by then; `null` where it is not. */
  readonly chosenAt: number | null;
  /** The browser told that time in an event; else it is the latest that it can have been. */
  readonly isChosenExactly: boolean;
  /** Another was in use before it. */
  readonly isReplacement: boolean;
  /** How it is known that the way works: a succeeded pair is observed, anything before that is inferred. */
  readonly evidence: Evidence;
}

/** The two peers of the picture: the first of the session and the one that it talks to; '' where nobody is recorded. */
export const twoEnds = (facts: Facts): Ends => [facts.peers[0]?.id ?? '', facts.peers[1]?.id ?? ''];

const joined = new WeakMap<Facts, readonly Way[]>();

/** All ways that the peers' readings know of, best first: chosen, then by priority. Joined once for the same facts. */
export function waysOf(facts: Facts): readonly Way[] {
  const ways = joined.get(facts) ?? joinWays(facts);
  joined.set(facts, ways);
  return ways;
}

function joinWays(facts: Facts): readonly Way[] {
  const ends = twoEnds(facts);
  const found = new Map<string, { ends: [Candidate, Candidate]; pairs: Pair[] }>();
  const namedWays = ([0, 1] as const).map((side) => namedBeforeRead(facts, ends, side));
  for (const side of [0, 1] as const) {
    const book = addressBook(facts, ends, side);
    for (const pair of facts.pairs[ends[side]]?.pairs ?? []) {
      const way = book(pair);
      if (!way) continue;
      const id = `${way[0].key}|${way[1].key}`;
      found.set(id, { ends: way, pairs: found.get(id)?.pairs ?? [] });
      found.get(id)!.pairs.push(pair);
    }
    const named = namedWays[side];
    if (named) {
      const id = `${named[0].key}|${named[1].key}`;
      found.set(id, found.get(id) ?? { ends: named, pairs: [] });
    }
  }
  return [...found].map(([id, way]) => wayOf(facts, id, way.ends, way.pairs, namedWays)).sort(byRank);
}

/** The selected pair of this peer, if it told one or a reading does. */
const selectedOf = (facts: Facts, peer: string): SelectedPair | undefined =>
  facts.pairs[peer]?.selections.at(-1);

type NamedWay = [Candidate, Candidate] | null;

/** Both candidates of the pair that an event named and no reading yet: by their ports, the first peer's first. */
function namedBeforeRead(facts: Facts, ends: Ends, side: 0 | 1): NamedWay {
  const selected = selectedOf(facts, ends[side]);
  if (!selected?.candidates || selected.id !== null) return null;
  const own = facts.candidates[ends[side]];
  const others = facts.candidates[ends[1 - side]!];
  const local = byPort(own?.local ?? [], selected.candidates.local);
  const remote =
    byPort(others?.local ?? [], selected.candidates.remote) ??
    byPort(own?.remote ?? [], selected.candidates.remote);
  if (!local || !remote) return null;
  return side === 0 ? [local, remote] : [remote, local];
}

function byPort(candidates: readonly Candidate[], line: string): Candidate | undefined {
  const told = readCandidate(line);
  return candidates.findLast(({ port, protocol }) => port === told?.port && protocol === told.protocol);
}

const byRank = (a: Way, b: Way): number =>
  Number(isChosen(b)) - Number(isChosen(a)) || priorityOf(b) - priorityOf(a) || (a.id < b.id ? -1 : 1);
export const isChosen = ({ chosenAt }: Way): boolean => chosenAt !== null;
/** At most one of each end. */
const priorityOf = ({ pairs: [one, other] }: Way): number =>
  Math.max(0, one?.priority ?? 0, other?.priority ?? 0);

function wayOf(
  facts: Facts,
  id: string,
  ends: [Candidate, Candidate],
  pairs: readonly Pair[],
  named: readonly NamedWay[],
): Way {
  const latest = latestOfEachEnd(pairs);
  const succeeded = latest.flatMap(({ spans }) => spans.filter(({ state }) => state === 'succeeded'));
  const failed = latest.map(({ spans }) => spans.at(-1)).filter((span) => span?.state === 'failed');
  const chosen = choicesOf(facts, ends, latest, named);
  return {
    id,
    ends,
    kind: dearest(ends),
    pairs: latest,
    checks: latest.flatMap((pair) => checksOf(facts, pair, ends)),
    requests: latest.reduce((sum, pair) => sum + askedBy(pair), 0),
    succeededAt: least(succeeded.map(({ from }) => from)),
    failedAt: failed.length === latest.length ? least(failed.map((span) => span!.from)) : null,
    isCancelled: latest.length > 0 && latest.every(({ spans }) => spans.at(-1)?.state === 'cancelled'),
    chosenAt: least(chosen.map(({ until }) => until)),
    isChosenExactly: chosen.some(({ candidates }) => candidates !== null),
    isReplacement: chosen.some((one) => twoEnds(facts).some((peer) => isLater(facts, peer, one))),
    evidence: latest.some(({ evidence }) => evidence === 'simulated')
      ? 'simulated'
      : succeeded.length > 0 || chosen.length > 0
        ? 'observed'
        : 'inferred',
  };
}

const isLater = (facts: Facts, peer: string, selected: SelectedPair): boolean =>
  (facts.pairs[peer]?.selections.indexOf(selected) ?? 0) > 0;

/** What the two peers told of this way as the one in use. */
function choicesOf(
  facts: Facts,
  ways: readonly [Candidate, Candidate],
  pairs: readonly Pair[],
  named: readonly NamedWay[],
): readonly SelectedPair[] {
  const ends = twoEnds(facts);
  return ([0, 1] as const).flatMap((side) => {
    const selected = selectedOf(facts, ends[side]);
    if (!selected) return [];
    if (selected.id !== null) return pairs.some(({ id }) => id === selected.id) ? [selected] : [];
    return named[side]?.every(({ key }, at) => key === ways[at]!.key) ? [selected] : [];
  });
}

/** Firefox counts answers but no questions; there is no answer without a question. */
const askedBy = ({ requestsSent, responsesReceived }: Pair): number =>
  Math.max(requestsSent, responsesReceived);

/** After an ICE restart a browser may use the same two ports again, as another pair. */
const latestOfEachEnd = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map((pair) => [pair.peer, pair])).values(),
];

const COST: readonly CandidateType[] = ['host', 'srflx', 'prflx', 'relay'];
const dearest = (ends: readonly Candidate[]): CandidateType =>
  COST[Math.max(...ends.map(({ type }) => COST.indexOf(type)))] ?? 'host';

function checksOf(facts: Facts, pair: Pair, ends: readonly [Candidate, Candidate]): Check[] {
  return pair.activity.map((activity, index) => ({
    id: `${pair.id}/${index}`,
    pair: pair.id,
    side: pair.peer === twoEnds(facts)[0] ? 0 : 1,
    ...checkWindow(facts, pair, activity, ends),
    requests: Math.max(activity.requests, activity.responses),
    responses: activity.responses,
  }));
}

/** Whether anybody told what this peer did: one that did not agree to it is named by the other, and no more. */
export const isRecorded = ({ peers, candidates }: Facts, id: string): boolean =>
  peers.some((peer) => peer.id === id && peer.configuration !== null) ||
  (candidates[id]?.local.length ?? 0) > 0;

/**
 * The candidates that stand for a peer now: its own of the present generation (RFC 8445, section 9), or, where nobody
 * recorded that peer, those that the other end was told of.
 */
export function standingCandidates(
  facts: Facts,
  side: 0 | 1,
  ways: readonly Way[] = waysOf(facts),
): readonly Candidate[] {
  const ends = twoEnds(facts);
  const own = facts.candidates[ends[side]];
  const list = isRecorded(facts, ends[side])
    ? (own?.local ?? [])
    : (facts.candidates[ends[1 - side]!]?.remote ?? []);
  const used = new Set(ways.filter(isChosen).map((way) => way.ends[side].key));
  const ufrags = presentUfrags(list);
  const present = list.filter(({ ufrag, key }) => !ufrag || ufrags.has(ufrag) || used.has(key));
  return [...new Map(present.map((candidate) => [candidate.key, candidate])).values()];
}

/** The newest ufrag of each m-section: an ICE restart brings new ones. */
function presentUfrags(candidates: PeerCandidates['local']): Set<string> {
  const newest = new Map<string, string>();
  for (const { mid, ufrag } of candidates) if (ufrag) newest.set(mid ?? '', ufrag);
  if (newest.size > 1) newest.delete('');
  return new Set(newest.values());
}

/** From when on every recorded end says that DTLS is up (W3C: `connected` of a connection includes its DTLS). */
export function encryptedSince(facts: Facts): number | null {
  const times = twoEnds(facts)
    .map((peer) => facts.states[peer])
    .filter((machines) => machines !== undefined)
    .map(({ dtls, connection }) => (isUp(dtls) ? since(dtls) : isUp(connection) ? since(connection) : null));
  return times.length > 0 && times.every((at) => at !== null) ? Math.max(...times) : null;
}

type Machine = Facts['states'][string]['dtls'];
const isUp = ({ current }: Machine): boolean => current === 'connected';
const since = ({ history }: Machine): number =>
  history.findLast(({ state }) => state === 'connected')?.at ?? 0;

/**
 * The way that carries the connection. Where no reading names it, although DTLS is up, it is inferred if only one way
 * was ever tried.
 */
export function carryingWay(facts: Facts, ways: readonly Way[]): Way | null {
  const told = ways.find(isChosen);
  if (told) return told;
  const tried = ways.filter(({ requests }) => requests > 0);
  return encryptedSince(facts) !== null && tried.length === 1 ? tried[0]! : null;
}
