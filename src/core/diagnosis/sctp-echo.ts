import type { Case } from './case.ts';
import { inForce, valuesOf } from './look.ts';

/** The other side wrote the same a=sctp-init as this one, and the channel does not open. */
export function sctpEcho(call: Case): boolean {
  const own = valuesOf(inForce(call.ownDescriptions)?.sdp ?? '', 'sctp-init')[0];
  const other = valuesOf(inForce(call.otherDescriptions)?.sdp ?? '', 'sctp-init')[0];
  return own !== undefined && own === other;
}
