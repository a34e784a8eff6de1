import type { Cause } from '../cause.ts';
import { checkEvidence, inForce, neverConnected, shown } from '../look.ts';

/** RFC 8445, section 6.1.1: an agent that is not lite controls one that is; two of the same role must settle it (7.3.1.1). */
export const iceRole: Cause = {
  id: 'ice-role',
  verdict: 'Both sides have the same ICE role.',
  find(call) {
    if (!neverConnected(call) || call.iceRole === null) return null;
    const other = inForce(call.otherDescriptions);
    const isLite = /^a=ice-lite/m.test(other?.sdp ?? '');
    // A conflict shows with the first check that arrives; before, each may think what it will.
    const same = call.other?.iceRole === call.iceRole && call.checks.heard.length > 0;
    if (!same && !(isLite && call.iceRole === 'controlled')) return null;
    return {
      confidence: 'likely',
      message: same
        ? `Both ends say that they are ${call.iceRole}: nobody settled the conflict, so ${call.iceRole === 'controlled' ? 'nobody nominates a pair' : 'both nominate'}.`
        : 'The other side is ICE-lite, so this side must control, and it is controlled: nobody nominates a pair.',
      evidence: [
        ...shown(call.readings.last?.id, call.iceRole),
        ...shown(other?.event, isLite ? 'ice-lite' : 'the other description'),
        ...checkEvidence(call),
      ],
      change: {
        who: 'server',
        what: 'Let the lite side be controlled always, and answer 487 to a conflict.',
      },
    };
  },
};
