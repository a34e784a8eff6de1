import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { blame, inForce, shown } from '../look.ts';
import { isWrongState } from '../wrong-state.ts';

/** Both offered at once, and nobody settled who gives way (W3C WebRTC, section 10.7: perfect negotiation). */
export const glare: Cause = {
  id: 'glare',
  verdict: 'Both sides offered at once, and each gave way to the other.',
  find(call) {
    const met = meeting(call);
    if (!met) return null;
    const refused = call.otherDescriptions.find(
      (one) => one.at >= met.at && one.type === 'answer' && one.refused !== null && isWrongState(one.refused),
    );
    const isRefusedOffer = met.refused !== null && isWrongState(met.refused);
    if (!refused && !isRefusedOffer) return null;
    const settled = call.otherDescriptions.some(
      ({ at, refused: why }) => at > (refused ?? met).at && why === null,
    );
    return {
      confidence: settled ? 'possible' : blame(call, 'certain'),
      message: refused
        ? 'This side’s offer was open when the other side’s offer came. It took that one and so dropped its own (implicit rollback); then the answer to its own offer came, and was refused: it waits for none any more.'
        : 'This side’s offer was open when the other side’s offer came, and the browser refused that one.',
      evidence: [
        ...shown(met.event, 'an offer came while an own one was open'),
        ...shown((refused ?? met).refused?.event, (refused ?? met).refused?.message.slice(0, 80) ?? ''),
      ],
      change: {
        who: 'page',
        what: 'Use perfect negotiation: one side is polite and gives way, the other ignores an offer that meets its own.',
        code: `const collision = description.type === 'offer' && (makingOffer || pc.signalingState !== 'stable');\nignoreOffer = !polite && collision;\nif (ignoreOffer) return;\nawait pc.setRemoteDescription(description);`,
      },
    };
  },
};

/** A remote offer that came while the last local description was an offer without an answer. */
function meeting({ ownDescriptions, otherDescriptions }: Case) {
  return otherDescriptions.find(({ type, at }) => {
    if (type !== 'offer') return false;
    const own = ownDescriptions.findLast((one) => one.at <= at && one.refused === null);
    if (own?.type !== 'offer') return false;
    const answer = inForce(otherDescriptions.filter((one) => one.at >= own.at && one.at < at));
    return answer?.type !== 'answer';
  });
}
