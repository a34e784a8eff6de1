/**
 * What getStats lets us conclude: that checks went out and were answered between two readings, and which pair won. The
 * checks of a pair are told until its first answer; after it come nomination and consent checks (RFC 7675), without end.
 */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { CheckActivity, Pair } from '../../../core/projections/pairs.ts';
import type { View } from '../../../core/projections/view.ts';
import type { CheckRow, ChosenRow, Row } from './row.ts';

/** How dear it is to send this way, cheapest first. */
const COST: readonly CandidateType[] = ['host', 'srflx', 'prflx', 'relay'];

/** Checks and chosen pairs of these peers since `since`, in ms. */
export function concluded(view: View, peers: readonly string[], since: number): readonly Row[] {
  const rows = peers.flatMap((peer) => [...checksOf(view, peer), ...chosenOf(view.facts, peer)]);
  return rows.filter(({ order }) => order >= since && order <= view.time);
}

interface Round {
  readonly way: CheckRow['way'];
  readonly order: number;
  readonly pairs: Pair[];
  count: number;
}

/**
 * Where checks belong in the order is looked up in the whole recording, for they were sent before the reading that
 * tells of them. Those of one side and one time make one row.
 */
function checksOf({ whole }: View, peer: string): readonly CheckRow[] {
  const rounds = new Map<string, Round>();
  const pairs = whole.pairs[peer]?.pairs ?? [];
  const firstAnswers = Math.min(
    ...pairs.flatMap(({ activity }) => untilAnswered(activity).at(-1)?.until ?? []),
  );
  for (const pair of pairs) {
    let asked = 0;
    for (const activity of untilAnswered(pair.activity)) {
      const count = Math.max(activity.requests, activity.responses - asked);
      const [sent, answered] = spanOf(whole, pair, activity, activity.until === firstAnswers);
      add(rounds, 'ask', sent, pair, count);
      add(rounds, 'answer', answered, pair, activity.responses);
      asked += count;
    }
  }
  return [...rounds.values()].map((round) => checkRow(whole, peer, round));
}

const checkRow = (facts: Facts, peer: string, { way, order, pairs, count }: Round): CheckRow => ({
  ...concludedBase(`${peer} ${way} ${order}`, peer, order, pairs),
  kind: 'check',
  way,
  count,
  at: null,
  type: dearest(pairs.map((pair) => typeOf(facts, pair))),
  ports: onlyPorts(facts, pairs),
});

function add(rounds: Map<string, Round>, way: Round['way'], order: number, pair: Pair, count: number): void {
  if (count <= 0) return;
  const key = `${way} ${order}`;
  const round = rounds.get(key) ?? { way, order, pairs: [], count: 0 };
  if (!round.pairs.includes(pair)) round.pairs.push(pair);
  round.count += count;
  rounds.set(key, round);
}

function untilAnswered(activity: readonly CheckActivity[]): readonly CheckActivity[] {
  const first = activity.findIndex(({ responses }) => responses > 0);
  return first < 0 ? activity : activity.slice(0, first + 1);
}

/**
 * When checks were sent and answered, in ms: not before checking began and both candidates were known; and what was
 * answered first was answered before ICE was connected, for that is what made it so.
 */
function spanOf(
  facts: Facts,
  pair: Pair,
  activity: CheckActivity,
  isFirst: boolean,
): readonly [number, number] {
  const { after, until, responses } = activity;
  const history = facts.states[pair.peer]?.ice.history ?? [];
  const checking = history.findLast((step) => step.state === 'checking' && step.at <= until)?.at ?? 0;
  const known = endsOf(facts, pair).map((end) => (end && end.at < until ? end.at : 0));
  const sent = Math.max(after < until ? after : 0, checking, ...known) || until;
  const works = history.find((step) => WORKS.has(step.state) && step.at >= checking && step.at <= until)?.at;
  const answered = responses > 0 && isFirst && works !== undefined ? works : until;
  return [Math.min(sent, answered - JUST), answered];
}

/** In ms: a question stands before its answer. */
const JUST = 0.0005;

const WORKS: ReadonlySet<string> = new Set(['connected', 'completed']);

/** One row a pair, when it was nominated; and the pair in use, where that was told apart from it. */
function chosenOf(facts: Facts, peer: string): readonly ChosenRow[] {
  const own = facts.pairs[peer];
  if (!own) return [];
  const rows = own.pairs.flatMap((pair) =>
    pair.nominatedAt === null ? [] : [chosenRow(facts, pair, 'nominated', pair.nominatedAt)],
  );
  const selected = own.pairs.find(({ id }) => id === own.selectedId);
  if (!selected || own.selectedAt === null || own.selectedAt === selected.nominatedAt) return rows;
  return [...rows, chosenRow(facts, selected, 'selected', own.selectedAt)];
}

const chosenRow = (facts: Facts, pair: Pair, by: ChosenRow['by'], at: number): ChosenRow => ({
  ...concludedBase(`${pair.id} ${by}`, pair.peer, at, [pair]),
  kind: 'chosen',
  by,
  at,
  isMutual: false,
  type: typeOf(facts, pair),
  ports: onlyPorts(facts, [pair]),
});

const concludedBase = (id: string, peer: string, order: number, pairs: readonly Pair[]) => ({
  id,
  order,
  until: order,
  place: -1,
  peer,
  events: [],
  candidates: [],
  pairs: pairs.map((pair) => pair.id),
});

function endsOf(facts: Facts, pair: Pair): readonly [Candidate | undefined, Candidate | undefined] {
  const own = facts.candidates[pair.peer];
  return [
    own?.local.find(({ statsId }) => statsId === pair.localId),
    own?.remote.find(({ statsId }) => statsId === pair.remoteId),
  ];
}

const typeOf = (facts: Facts, pair: Pair): CandidateType =>
  dearest(endsOf(facts, pair).map((end) => end?.type ?? 'host'));

const dearest = (types: readonly CandidateType[]): CandidateType =>
  COST.findLast((type) => types.includes(type)) ?? 'host';

function onlyPorts(facts: Facts, pairs: readonly Pair[]): [number, number] | null {
  const [local, remote] = pairs.length === 1 ? endsOf(facts, pairs[0]!) : [];
  return local && remote ? [local.port, remote.port] : null;
}
