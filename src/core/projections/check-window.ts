/**
 * When the connectivity checks happened that a reading counted. A browser hides them: they lie between two readings, and
 * what events tell narrows that.
 */
import { lastUpTo } from '../base/numbers.ts';
import type { Candidate } from './candidates.ts';
import type { Facts } from './index.ts';
import type { CheckActivity, Pair } from './pairs.ts';
import type { StateStep } from './states.ts';

/** At some time from `after` to `until`, in ms. */
export interface CheckWindow {
  readonly after: number;
  readonly until: number;
}

/** In ms: a question stands before its answer. */
const JUST = 0.0005;

/**
 * Checks can not begin before both candidates are known to the peer and it is checking; the first answer on the pair
 * that it selected came before it selected it (RFC 8445, section 7.2.5.2), and so before it said `connected`.
 */
export function checkWindow(
  facts: Facts,
  pair: Pair,
  { after, until, responses }: CheckActivity,
  ends: readonly (Candidate | undefined)[],
): CheckWindow {
  const isFirst = responses > 0 && isFirstAnswer(pair, until);
  const own = facts.pairs[pair.peer];
  const checking = lastUpTo(checksBegan(facts.states[pair.peer]?.ice.history ?? []), until) ?? 0;
  const known = Math.max(checking, ...ends.flatMap((end) => (end && end.at <= until ? [end.at] : [])));
  const begin = pair.activity[0]?.until === until ? known : Math.max(after, known);
  const selected = own?.selections.find(
    ({ id, until: at }) => id === pair.id && at >= checking && at <= until,
  );
  const end = isFirst && selected ? selected.until : until;
  // Somebody who asked before the other's address was signalled learned it from a check: the answer is what is sure.
  return { after: Math.min(after < end ? Math.max(after, begin) : begin, end - JUST), until: end };
}

const isFirstAnswer = ({ activity }: Pair, until: number): boolean =>
  activity.find(({ responses }) => responses > 0)?.until === until;

const began = new WeakMap<readonly StateStep[], readonly number[]>();

/** Rising times. Each check asks, and a connection may have begun as often as it has checks. */
function checksBegan(history: readonly StateStep[]): readonly number[] {
  const known = began.get(history) ?? history.filter(({ state }) => state === 'checking').map(({ at }) => at);
  began.set(history, known);
  return known;
}
