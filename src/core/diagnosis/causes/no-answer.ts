import type { Cause } from '../cause.ts';
import { isLongAfter } from '../early.ts';
import { inForce, neverConnected, shown } from '../look.ts';
import { isTooEarly } from '../too-early.ts';

export const noAnswer: Cause = {
  id: 'no-answer',
  verdict: 'The offer never got an answer.',
  find(call) {
    const offer = inForce(call.ownDescriptions);
    if (offer?.type !== 'offer') return null;
    const answer = call.otherDescriptions.findLast(({ at, refused }) => at >= offer.at && refused === null);
    if (answer) return null;
    if (call.otherDescriptions.some(({ at, refused }) => at >= offer.at && refused !== null)) return null;
    const cameAll = call.given.filter(isTooEarly);
    const isFirst = neverConnected(call);
    const isLate = cameAll.length > 0 || isLongAfter(call, offer.at);
    return {
      confidence: isFirst ? (isLate ? 'certain' : 'likely') : call.life.lost ? 'likely' : 'possible',
      message: isFirst
        ? `This side set an offer, and no answer was ever set${cameAll.length > 0 ? `, although ${cameAll.length} candidates of the other side came: it had answered, and the answer was lost` : ''}.`
        : call.life.lost
          ? 'The connection was lost, this side offered a restart, and nobody answered it.'
          : 'The last offer of this side is still without an answer.',
      evidence: [
        ...shown(offer.event, 'the offer'),
        ...shown(cameAll[0]?.refused?.event, 'a candidate came, and no answer before it'),
      ],
      change: {
        who: 'page',
        what:
          cameAll.length > 0
            ? 'Look for the answer in the signalling: is it too long for a message, or sent before somebody listens?'
            : 'See that the offer reaches the other side, that it answers, and that the answer comes back and is set.',
      },
      unknown:
        cameAll.length > 0
          ? []
          : [
              'Whether the offer was lost, nobody was there to answer, or the answer was lost.',
              ...(isLate ? [] : ['Whether the answer came after the end of this recording.']),
            ],
    };
  },
};
