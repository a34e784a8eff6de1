import type { Cause } from '../cause.ts';
import { isName, isNegotiated, neverConnected, usableRemote } from '../look.ts';

/** mDNS stays inside one link (RFC 6762, section 3). */
export const remoteMdnsOnly: Cause = {
  id: 'remote-mdns-only',
  verdict: 'The other side gave only hidden names that nobody outside its network can resolve.',
  find(call) {
    const remote = usableRemote(call).filter(({ type }) => type !== 'prflx');
    if (remote.length === 0 || !remote.every(isName) || !neverConnected(call)) return null;
    if (call.checks.answered.length > 0 || !isNegotiated(call)) return null;
    return {
      confidence: 'likely',
      message: `All ${remote.length === 1 ? '' : `${remote.length} `}candidates of the other side are mDNS names (….local), which are answered only inside one network.`,
      evidence: remote.slice(0, 3).map(({ event, address }) => ({ event, shows: address })),
      change: {
        who: 'page',
        what: 'Give both sides a STUN server, and TURN, so that they have an address that others reach.',
      },
      unknown: ['Why the other side has no other address: no ICE server there, or one that did not answer.'],
    };
  },
};
