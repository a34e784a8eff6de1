import type { Cause } from '../cause.ts';
import { hostOf, isLookup, shown } from '../look.ts';
import { missedRelay, said, turnErrors } from '../turn.ts';

export const turnDns: Cause = {
  id: 'turn-dns',
  verdict: 'The name of the TURN server does not resolve.',
  find(call) {
    if (missedRelay(call).length === 0) return null;
    const errors = turnErrors(call).filter(isLookup);
    const [first] = errors;
    if (!first) return null;
    const others = turnErrors(call).filter((one) => !isLookup(one));
    return {
      confidence: others.length > 0 ? 'likely' : 'certain',
      message: `The browser could not look up ${hostOf(first.url)}, so it never asked it for a relay.`,
      evidence: errors.slice(0, 3).flatMap((error) => shown(error.event, `${said(error)}, ${error.url}`)),
      change: { who: 'page', what: 'Correct the name in iceServers, or its entry in the DNS.' },
      unknown: ['Whether the name does not exist, or this network’s resolver does not answer.'],
    };
  },
};
