import type { Cause } from '../cause.ts';
import { checkEvidence, neverConnected } from '../look.ts';

export const oneWayPath: Cause = {
  id: 'one-way-path',
  verdict: 'Packets come in from the other side, and none of this side’s arrive there.',
  find(call) {
    const { heard, answered, requests } = call.checks;
    if (!neverConnected(call) || heard.length === 0 || answered.length > 0 || requests < 5) return null;
    return {
      confidence: 'likely',
      message: `The other side’s requests arrived (${call.checks.requestsReceived}) and were answered, and not one of ${requests} requests of this side was: the way works in one direction only.`,
      evidence: checkEvidence(call),
      change: {
        who: 'network',
        what: 'Look for a firewall that drops what goes out from this side, or what comes in at the other; a relay over TCP goes round both.',
      },
      unknown: [
        'On which side packets are dropped; or whether the other side refuses these requests because its ICE password was changed on the way: its recording shows it.',
      ],
    };
  },
};
