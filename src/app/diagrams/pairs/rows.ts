/** What Pairs lists: each peer's checklist, its pairs by priority (RFC 8445, section 6.1.2.4). */
import { pairPriority } from '../../../core/ice/pair-priority.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Pair, PairState, PeerPairs } from '../../../core/projections/pairs.ts';

export interface Checklist {
  readonly peer: string;
  readonly letter: string;
  /** `controlling`, `controlled`; null where the browser did not tell. */
  readonly role: string | null;
  readonly rows: readonly PairRow[];
}

export interface PairRow {
  readonly pair: Pair;
  readonly local: Candidate | null;
  readonly remote: Candidate | null;
  /** Every digit, where both candidates and the role are known; else the number that getStats gave. */
  readonly priority: bigint;
  readonly state: PairState;
  readonly isSelected: boolean;
  readonly result: Result;
}

/** A strong word, and one beside it. */
export interface Result {
  readonly strong: string;
  readonly rest: string;
  readonly isFailure: boolean;
}

export function checklistsOf(facts: Facts): Checklist[] {
  return facts.peers.flatMap(({ id, letter }) => {
    const own = facts.pairs[id];
    if (!own) return [];
    const rows = own.pairs.map((pair) => rowOf(facts, id, own, pair));
    rows.sort((a, b) => (a.priority === b.priority ? 0 : a.priority < b.priority ? 1 : -1));
    return [{ peer: id, letter, role: own.role, rows }];
  });
}

function rowOf(facts: Facts, peer: string, own: PeerPairs, pair: Pair): PairRow {
  const known = facts.candidates[peer];
  const local = known?.local.find(({ statsId }) => statsId === pair.localId) ?? null;
  const remote = known?.remote.find(({ statsId }) => statsId === pair.remoteId) ?? null;
  const state = pair.spans.at(-1)?.state ?? 'waiting';
  const isSelected = own.selectedId === pair.id;
  return {
    pair,
    local,
    remote,
    priority: priorityOf(pair, local, remote, own.role),
    state,
    isSelected,
    result: resultOf(pair, state, isSelected),
  };
}

function priorityOf(
  pair: Pair,
  local: Candidate | null,
  remote: Candidate | null,
  role: string | null,
): bigint {
  if (!local?.priority || !remote?.priority || (role !== 'controlling' && role !== 'controlled')) {
    return BigInt(Math.round(pair.priority));
  }
  return role === 'controlling'
    ? pairPriority(local.priority, remote.priority)
    : pairPriority(remote.priority, local.priority);
}

function resultOf(pair: Pair, state: PairState, isSelected: boolean): Result {
  const says = (strong: string, rest: string): Result => ({ strong, rest, isFailure: false });
  if (isSelected) return says(pair.nominatedAt === null ? 'selected' : 'nominated', 'in use');
  switch (state) {
    case 'succeeded':
      return says('succeeded', pair.nominatedAt === null ? 'in reserve' : 'nominated before');
    case 'failed':
      return { strong: 'failed', rest: pair.requestsSent > 0 ? 'no answer' : '', isFailure: true };
    case 'in-progress':
      return says('', 'asked, no answer yet');
    case 'cancelled':
      return says('', 'given up');
    default:
      return says('', pair.requestsSent > 0 ? 'no answer yet' : 'not tried');
  }
}
