import type { Case } from '../case.ts';
import type { Cause, Finding } from '../cause.ts';
import { isLongAfter } from '../early.ts';
import { inForce, neverConnected, shown, valuesOf } from '../look.ts';

export const remoteCandidatesMissing: Cause = {
  id: 'remote-candidates-missing',
  verdict: 'No candidate of the other side ever arrived.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    if (!neverConnected(call) || call.checks.answered.length > 0) return null;
    if (call.given.length > 0 || call.remote.some(({ type }) => type !== 'prflx')) return null;
    if (!description) return fromLog(call);
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
      ...REST,
    };
  },
};

const REST: Pick<Finding, 'change' | 'unknown'> = {
  change: {
    who: 'page',
    what: 'Send every candidate of icecandidate to the other side, and add it there.',
    code: `pc.onicecandidate = ({ candidate }) => signalling.send({ candidate });\nsignalling.onmessage = ({ candidate }) => pc.addIceCandidate(candidate);`,
  },
  unknown: ['Whether the other side gathered none, or they were lost on their way.'],
};

/** When its checks fail, Firefox’s agent lists the candidates of the other side: here there is none. */
function fromLog(call: Case): Finding | null {
  const lines = call.logged.flatMap(({ id, value }) =>
    (Array.isArray(value.value) ? value.value : []).map((line) => ({ id, line: String(line) })),
  );
  const list = lines.find(({ line }) => /Remote component \d+ in state \d+ - dumping candidates/.test(line));
  if (!list || call.pairs.length > 0) return null;
  return {
    confidence: call.local.length === 0 ? 'possible' : 'certain',
    message:
      'Firefox’s agent gave up without a pair: in its log the list of the other side’s candidates is empty. Without one there is nobody to ask.',
    evidence: shown(list.id, 'no remote candidate in the connection log'),
    ...REST,
  };
}
