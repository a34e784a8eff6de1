import type { Cause } from '../cause.ts';
import { inForce, neverConnected, shown } from '../look.ts';

/**
 * The answering side checks from its answer on. Firefox gives up all pairs 5 s after its candidates are at an end; Chromium
 * gives up a pair that answers nothing for 15 s, and takes it again when a request comes over it.
 */
const LATE = 15_000;

export const answerTooLate: Cause = {
  id: 'answer-too-late',
  verdict: 'The answer came after the other side had given up.',
  find(call) {
    const answer = inForce(call.otherDescriptions);
    const offer = inForce(call.ownDescriptions);
    if (answer?.type !== 'answer' || offer?.type !== 'offer' || !neverConnected(call)) return null;
    if (call.checks.answered.length > 0) return null;
    const waited = answer.at - offer.at;
    if (waited < LATE) return null;
    return {
      confidence: isFirefox(answer.sdp) ? 'likely' : 'possible',
      message: `${Math.round(waited / 1000)} s passed between the offer and its answer. The side that answers checks from then on by itself, and browsers give up after 5 to 15 s without an answer.`,
      evidence: [
        ...shown(offer.event, 'the offer'),
        ...shown(answer.event, `the answer, ${Math.round(waited / 1000)} s later`),
      ],
      change: {
        who: 'page',
        what: 'Send descriptions without waiting for a person or for the end of candidates, and set the answer when it comes.',
      },
      unknown: ['When the other side wrote its answer: it may have waited, or the signalling.'],
    };
  },
};

/** It names itself in the line of the origin. */
const isFirefox = (sdp: string): boolean => /^o=mozilla/m.test(sdp);
