/**
 * What getStats lets us conclude: that checks went out and were answered between two readings, and which pair won. The
 * checks of a pair are told until its first answer; after it come nomination and consent checks (RFC 7675), without end.
 */
import type { Candidate, CandidateType } from '../../../core/projections/candidates.ts';
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

/**
 * Where checks belong in the order is looked up in the whole recording: they were sent before the reading that tells of
 * them.
 */
function checksOf({ whole }: View, peer: string): readonly CheckRow[] {
  const found = new Map<string, { pairs: Pair[]; count: number; order: number; way: CheckRow['way'] }>();
  for (const pair of whole.pairs[peer]?.pairs ?? []) {
    for (const activity of untilAnswered(pair.activity)) {
      const [asked, answered] = spanOf(whole, peer, activity);
      add(found, 'ask', asked, pair, activity.requests);
      add(found, 'answer', answered, pair, activity.responses);
    }
  }
  return [...found.values()].map(({ pairs, count, order, way }) => ({
    ...concludedBase(`${peer} ${way} ${order}`, peer, order, pairs),
    kind: 'check',
    way,
    count,
    at: null,
    type: dearest(pairs.map((pair) => typeOf(whole, pair))),
    ports: onlyPorts(whole, pairs),
  }));
}

function add(
  found: Map<string, { pairs: Pair[]; count: number; order: number; way: CheckRow['way'] }>,
  way: CheckRow['way'],
  order: number,
  pair: Pair,
  count: number,
): void {
  if (count <= 0) return;
  const key = `${way} ${order}`;
  const row = found.get(key) ?? { pairs: [], count: 0, order, way };
  row.pairs.push(pair);
  row.count += count;
  found.set(key, row);
}

function untilAnswered(activity: readonly CheckActivity[]): readonly CheckActivity[] {
  const first = activity.findIndex(({ responses }) => responses > 0);
  return first < 0 ? activity : activity.slice(0, first + 1);
}

/** Not before checking began, and answered before ICE said that it is connected. */
function spanOf(facts: Facts, peer: string, { after, until, responses }: CheckActivity): [number, number] {
  const history = facts.states[peer]?.ice.history ?? [];
  const isIn = (at: number): boolean => at > after && at <= until;
  const checking = history.findLast((step) => step.state === 'checking' && step.at <= until)?.at;
  const from = after < until ? Math.max(after, checking ?? after) : (checking ?? until);
  const works = history.find(
    (step) => WORKS.has(step.state) && (isIn(step.at) || step.at >= from) && step.at <= until,
  );
  return [Math.min(from, until), responses > 0 && works ? works.at : until];
}

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
