import type { Cause } from '../cause.ts';
import { blame, inForce, neverConnected, shown, valuesOf } from '../look.ts';
import { isOfNoSection } from '../sections.ts';

export const candidateWrongMid: Cause = {
  id: 'candidate-wrong-mid',
  verdict: 'Candidates name an m-section that the description does not have.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    if (!description) return null;
    const mids = valuesOf(description.sdp, 'mid');
    const sections = description.sdp.match(/^m=/gm)?.length ?? 0;
    const wrong = call.given.filter((one) => isOfNoSection(one, description));
    const [first] = wrong;
    if (!first) return null;
    const isAll = wrong.length === call.given.length;
    const name = first.init.sdpMid ?? `number ${String(first.init.sdpMLineIndex)}`;
    return {
      confidence: neverConnected(call) ? blame(call, isAll ? 'certain' : 'likely') : 'possible',
      message: `${wrong.length} of ${call.given.length} candidates belong to m-section “${name}”, and the description has ${mids.map((mid) => `“${mid}”`).join(', ') || `${sections}`}.`,
      evidence: [
        ...shown(first.refused?.event ?? first.event, `sdpMid ${name}`),
        ...shown(description.event, 'the description in force'),
      ],
      change: {
        who: 'page',
        what: 'Send sdpMid and sdpMLineIndex with each candidate as icecandidate gave them.',
      },
    };
  },
};
