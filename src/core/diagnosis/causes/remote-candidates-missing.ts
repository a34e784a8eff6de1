import type { Cause } from '../cause.ts';
import { isLongAfter } from '../early.ts';
import { inForce, neverConnected, shown, valuesOf } from '../look.ts';

export const remoteCandidatesMissing: Cause = {
  id: 'remote-candidates-missing',
  verdict: 'No candidate of the other side ever arrived.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    if (!description || !neverConnected(call) || call.checks.answered.length > 0) return null;
    if (call.given.length > 0 || call.remote.some(({ type }) => type !== 'prflx')) return null;
    if (valuesOf(description.sdp, 'candidate').length > 0) return null;
    const isOwnFault = call.local.length === 0;
    const ended = /^a=end-of-candidates/m.test(description.sdp);
    return {
      confidence:
        isOwnFault || call.other?.local.length === 0
          ? 'possible'
          : ended || isLongAfter(call, description.at)
            ? 'certain'
            : 'likely',
      message: `The other side’s ${description.type} was set, and it holds no candidate${ended ? ' and says that none will come' : ''}; none was added afterwards. Without one there is nobody to ask.`,
      evidence: shown(description.event, `the ${description.type}, without a candidate`),
      change: {
        who: 'page',
        what: 'Send every candidate of icecandidate to the other side, and add it there.',
        code: `pc.onicecandidate = ({ candidate }) => signalling.send({ candidate });\nsignalling.onmessage = ({ candidate }) => pc.addIceCandidate(candidate);`,
      },
      unknown: ['Whether the other side gathered none, or they were lost on their way.'],
    };
  },
};
