import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Pair } from '../../../core/projections/pairs.ts';
import { pairPriority } from '../../../core/sdp/priority.ts';

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
