/** The rows in words: what a screen reader says, and what the text alternative is made of. */
import type { Facts } from '../../../core/projections/index.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { addressText } from '../parts/address.ts';
import { type Checklist, type Entry, askedOf, resultOf, stateNow } from './model.ts';

/** Ends that have looked for addresses to the end and have none, as in “A and B”: no pair can be made. '' for nobody. */
export function emptyHanded(facts: Facts): string {
  const none = peersOf(facts).filter(({ id }) => {
    const { local, gathering } = facts.candidates[id] ?? {};
    return local?.length === 0 && gathering?.completedAt != null;
  });
  return none.map(({ label }) => label).join(' and ');
}

export function roleWords({ role, nominator }: Checklist): string {
  if (role === null) return 'role not told yet';
  return nominator ? `${role}: ${nominator} nominates` : role;
}

/** `host udp 192.168.1.23:50124` */
export const candidateText = (candidate: Candidate | null): string =>
  candidate
    ? `${candidate.type} ${candidate.protocol} ${addressText(candidate)}`
    : 'a candidate that is not told';

export function sayPair(entry: Entry, list: Checklist): string {
  const { pair, local, remote, priority } = entry;
  const { strong, rest } = resultOf(entry, list);
  const asked = askedOf(pair);
  const counts = asked > 0 ? `, ${asked} asked, ${pair.responsesReceived} answered` : '';
  return `${list.label}: ${candidateText(local)} to ${candidateText(remote)}, priority ${priority || 'not told'}, ${stateNow(pair) ?? 'state not told'}${counts}; ${[strong, rest].filter(Boolean).join(' ')}`;
}
