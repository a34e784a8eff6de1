import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Pair, PairState } from '../../../core/projections/pairs.ts';
import { pairPriority } from '../../../core/sdp/priority.ts';
import { type Member, peersOf } from '../parts/peer-labels.ts';

/**
 * A pair's priority in full: it has up to 63 bits, and getStats gives it as a double, which keeps 53 of them. So it is
 * computed again from both candidates (RFC 8445, section 6.1.2.3) and taken if the double agrees; else the double as told.
 */
export function fullPriority(
  { priority }: Pick<Pair, 'priority'>,
  local: Pick<Candidate, 'priority'> | null,
  remote: Pick<Candidate, 'priority'> | null,
  role: string | null,
): string {
  const exact = computed(local?.priority, remote?.priority, role);
  if (exact !== null && (priority === 0 || agrees(exact, priority))) return exact.toString();
  return priority > 0 ? String(priority) : '';
}

/** G is the controlling agent's candidate, D the controlled one's. */
function computed(local: number | undefined, remote: number | undefined, role: string | null): bigint | null {
  if (!isPriority(local) || !isPriority(remote)) return null;
  if (role === 'controlling') return pairPriority(local, remote);
  return role === 'controlled' ? pairPriority(remote, local) : null;
}

/** 1 to 2^31 − 1 (RFC 8445, section 5.1.2). */
const isPriority = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value > 0 && value < 2 ** 31;

/** Some writers round a double once more, to 15 digits. */
const agrees = (exact: bigint, told: number): boolean => Math.abs(Number(exact) - told) <= told * 1e-14;

/** Each peer's checklist (RFC 8445, section 6.1.2) as its readings of getStats tell it, and what came of each pair. */

export interface Entry {
  readonly pair: Pair;
  readonly local: Candidate | null;
  readonly remote: Candidate | null;
  /** All digits, or nothing where no one tells it. */
  readonly priority: string;
  readonly isSelected: boolean;
  /** Of before an ICE restart (RFC 8445, section 9), which gave this side another user name fragment; not in use. */
  readonly isEarlier: boolean;
  /** Another pair of this peer is in use: this one is tried no more. */
  readonly isSpare: boolean;
  /** It came into use by then, in ms. */
  readonly selectedAt: number | null;
}

export interface Checklist extends Member {
  /** `controlling` or `controlled`, once told. */
  readonly role: string | null;
  /** Who nominates, as a letter. */
  readonly nominator: string | null;
  /** The highest priority first. */
  readonly entries: readonly Entry[];
  /** After this reading nothing was told. */
  readonly lastReadAt: number | null;
  readonly closedAt: number | null;
}

/** Of every peer whose pairs were read. */
export function checklists(facts: Facts): readonly Checklist[] {
  const peers = peersOf(facts);
  return peers.flatMap((member) => {
    const told = facts.pairs[member.id];
    if (!told || told.pairs.length === 0) return [];
    const other = peers.length === 2 ? peers.find(({ id }) => id !== member.id)!.label : null;
    const { role, lastReadAt } = told;
    return [
      {
        ...member,
        role,
        nominator: role === 'controlling' ? member.label : role === 'controlled' ? other : null,
        entries: entriesOf(facts, member.id),
        lastReadAt,
        closedAt: facts.peers.find(({ id }) => id === member.id)?.closedAt ?? null,
      },
    ];
  });
}

function entriesOf(facts: Facts, peer: string): readonly Entry[] {
  const { pairs, selectedId, selections, role } = facts.pairs[peer]!;
  const locals = byStatsId(facts.candidates[peer]?.local ?? []);
  const remotes = byStatsId(facts.candidates[peer]?.remote ?? []);
  const generation = facts.candidates[peer]?.local.findLast(({ ufrag }) => ufrag !== null)?.ufrag ?? null;
  const entries = pairs.map((pair): Entry => {
    const local = locals.get(pair.localId) ?? null;
    const remote = remotes.get(pair.remoteId) ?? null;
    const priority = fullPriority(pair, local, remote, role);
    const isSelected = pair.id === selectedId;
    const isEarlier = !isSelected && (local?.ufrag ?? generation) !== generation;
    const isSpare = !isSelected && selections.length > 0;
    const selectedAt = selections.findLast(({ id }) => id === pair.id)?.until ?? null;
    return { pair, local, remote, priority, isSelected, isEarlier, isSpare, selectedAt };
  });
  return entries.sort((a, b) => Number(b.priority) - Number(a.priority));
}

const byStatsId = (candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> =>
  new Map(candidates.flatMap((one) => (one.statsId === null ? [] : [[one.statsId, one] as const])));

/** What is in use works, though the reading that says so comes later. */
export function spansOf({ spans }: Pair, selectedAt: number | null): Pair['spans'] {
  const works = spans.findIndex(({ state }) => state === 'succeeded');
  const late = spans[works];
  return late && selectedAt !== null && late.from > selectedAt
    ? [
        ...spans.slice(0, works).filter(({ from }) => from < selectedAt),
        { ...late, from: selectedAt },
        ...spans.slice(works + 1),
      ]
    : spans;
}

export const stateNow = ({ spans }: Pair): PairState | null => spans.at(-1)?.state ?? null;

/** Checks that were asked: Firefox counts answers but no questions, and there is no answer without a question. */
export const askedOf = ({ requestsSent, responsesReceived }: Pair): number =>
  Math.max(requestsSent, responsesReceived);

interface Result {
  readonly strong: string;
  readonly rest: string;
  readonly isFailure?: true;
}

/** Those that are not of before an ICE restart. */
export const currentOf = ({ entries }: Checklist): readonly Entry[] =>
  entries.filter(({ isEarlier }) => !isEarlier);

/** What came of a pair so far, in words. */
export function resultOf(
  { pair, isSelected, isEarlier, isSpare }: Entry,
  { role, nominator }: Checklist,
): Result {
  if (isEarlier) return { strong: '', rest: 'before the restart' };
  const nominated = pair.nominatedAt !== null;
  if (isSelected) return { strong: nominated ? 'nominated' : 'selected', rest: 'in use' };
  if (nominated)
    return { strong: 'nominated', rest: role === 'controlled' && nominator ? `by ${nominator}` : '' };
  const isOpen = pair.responsesReceived === 0 && OPEN.has(stateNow(pair) ?? '');
  return isSpare && isOpen ? { strong: '', rest: 'not needed' } : resultOfState(pair);
}

/** Neither way decided (RFC 8445, section 6.1.2.6). */
const OPEN: ReadonlySet<string> = new Set<PairState>(['frozen', 'waiting', 'in-progress']);

function resultOfState(pair: Pair): Result {
  const state = stateNow(pair);
  const asked = askedOf(pair);
  switch (state) {
    case 'succeeded':
      return { strong: 'succeeded', rest: 'in reserve' };
    case 'failed':
      return { strong: 'failed', rest: asked > 0 ? `no answer to ${asked}` : '', isFailure: true };
    case 'cancelled':
      return { strong: '', rest: `stopped at ${pair.spans.at(-1)!.from.toFixed(1)}` };
    case 'in-progress':
      return { strong: '', rest: pair.responsesReceived === 0 ? 'no answer yet' : 'being tried' };
    case 'waiting':
      return { strong: '', rest: asked > 0 ? 'no answer yet' : 'not tried yet' };
    case 'frozen':
      return { strong: '', rest: 'not tried yet' };
    default:
      return { strong: '', rest: state ?? 'state not told' };
  }
}
