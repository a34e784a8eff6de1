/**
 * What getStats lets us conclude: that checks went out and were answered between two readings, and which pair won. The
 * checks of a pair are told until its first answer; after it come nomination and consent checks (RFC 7675), without end.
 */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import { type Candidate, readCandidate } from '../../../core/projections/candidates.ts';
import { checkWindow } from '../../../core/projections/check-window.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { CheckActivity, Pair, SelectedPair } from '../../../core/projections/pairs.ts';
import type { View } from '../../../core/projections/view.ts';
import type { CheckRow, ChosenRow, Row } from './row.ts';

/** How dear it is to send this way, cheapest first. */
const COST: readonly CandidateType[] = ['host', 'srflx', 'prflx', 'relay'];

/** Checks and chosen pairs of these peers since `since`, in ms. */
export function concluded(view: View, peers: readonly string[], since: number): readonly Row[] {
  const rows = peers.flatMap((peer) => [...checksOf(view, peer), ...chosenOf(view, peer)]);
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
  for (const pair of pairs) {
    let asked = 0;
    for (const activity of untilAnswered(pair.activity)) {
      const count = Math.max(activity.requests, activity.responses - asked);
      const { after, until } = checkWindow(whole, pair, activity, endsOf(whole, pair));
      add(rounds, 'ask', after, pair, count);
      add(rounds, 'answer', until, pair, activity.responses);
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
 * One row for each pair that came into use, where that was at the latest, and one for each that was nominated and is not
 * in use, when a reading told it. A reading tells later than it happens, so what came into use is looked up in the whole.
 */
function chosenOf({ facts, whole }: View, peer: string): readonly ChosenRow[] {
  const selections = whole.pairs[peer]?.selections ?? [];
  const used = selections.flatMap((selected) => {
    const pair = whole.pairs[peer]!.pairs.find(({ id }) => id === selected.id);
    const at = selected.candidates ? selected.until : null;
    const row = pair ? chosenRow(whole, pair, 'selected', selected.until, at) : unread(peer, selected);
    return row ? [{ ...row, events: selected.eventId === null ? [] : [selected.eventId] }] : [];
  });
  const isUsed = ({ id }: Pair): boolean => selections.some((selected) => selected.id === id);
  const nominated = (facts.pairs[peer]?.pairs ?? []).flatMap((pair) =>
    pair.nominatedAt === null || isUsed(pair)
      ? []
      : [chosenRow(facts, pair, 'nominated', pair.nominatedAt, pair.nominatedAt)],
  );
  return [...used, ...nominated];
}

const chosenRow = (
  facts: Facts,
  pair: Pair,
  by: ChosenRow['by'],
  order: number,
  at: number | null,
): ChosenRow => ({
  ...concludedBase(`${pair.id} ${by} ${order}`, pair.peer, order, [pair]),
  kind: 'chosen',
  by,
  at,
  isMutual: false,
  type: typeOf(facts, pair),
  ports: onlyPorts(facts, [pair]),
});

/** A pair of which an event told and no reading came to name it. */
function unread(peer: string, { candidates, until }: SelectedPair): ChosenRow | null {
  const ends = candidates ? [readCandidate(candidates.local), readCandidate(candidates.remote)] : [];
  const [local, remote] = ends;
  if (!local || !remote) return null;
  return {
    ...concludedBase(`${peer} selected ${until}`, peer, until, []),
    kind: 'chosen',
    by: 'selected',
    at: until,
    isMutual: false,
    type: dearest([local.type, remote.type]),
    ports: [local.port, remote.port],
  };
}

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
