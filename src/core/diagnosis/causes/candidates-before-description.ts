import type { Cause } from '../cause.ts';
import { blame, inForce, neverConnected, shown, usableRemote } from '../look.ts';
import { isTooEarly } from '../too-early.ts';

export const candidatesBeforeDescription: Cause = {
  id: 'candidates-before-description',
  verdict: 'Candidates came before the description, and the page threw them away.',
  find(call) {
    const early = call.given.filter(isTooEarly);
    const [first] = early;
    if (!first || !inForce(call.otherDescriptions)) return null;
    const left = usableRemote(call).length;
    const firstOffer = call.otherDescriptions.find(({ at, refused }) => refused === null && at > first.at);
    if (!firstOffer) return null;
    const isWhy = neverConnected(call) && (left === 0 || call.checks.answered.length === 0);
    return {
      confidence: isWhy ? blame(call, left === 0 ? 'certain' : 'possible') : 'possible',
      message: `addIceCandidate was refused ${early.length === 1 ? 'once' : `${early.length} times`} because there was no remote description yet (“${first.refused!.message}”). The description came ${Math.round(firstOffer.at - first.at)} ms later, the candidates never again.`,
      evidence: [
        ...shown(first.refused!.event, first.refused!.message),
        ...shown(firstOffer.event, 'the description came'),
      ],
      change: {
        who: 'page',
        what: 'Keep candidates until setRemoteDescription is done, then add them.',
        code: `if (!pc.remoteDescription) waiting.push(candidate);\nelse await pc.addIceCandidate(candidate);\n// after setRemoteDescription:\nfor (const one of waiting.splice(0)) await pc.addIceCandidate(one);`,
      },
    };
  },
};
