import type { Cause } from '../cause.ts';
import {
  checkEvidence,
  neverConnected,
  ofType,
  shown,
  turnServers,
  usableRemote,
  wasAsked,
} from '../look.ts';

/** Both behind one public address: the NAT must turn packets round (RFC 4787, section 6), or the host addresses must meet. */
export const natHairpin: Cause = {
  id: 'nat-hairpin',
  verdict: 'Both sides are behind the same router, and it does not turn packets round.',
  find(call) {
    if (!neverConnected(call) || call.checks.answered.length > 0 || !wasAsked(call)) return null;
    const own = new Map(ofType(call.local, 'srflx').map((one) => [one.address, one]));
    const shared = ofType(usableRemote(call), 'srflx').find(({ address }) => own.has(address));
    if (!shared) return null;
    return {
      confidence: turnServers(call).length > 0 ? 'possible' : 'likely',
      message: `Both sides have the public address ${shared.address}. Inside, their host addresses did not meet either: hidden names that did not resolve, or clients kept apart.`,
      evidence: [
        ...shown(own.get(shared.address)!.event, `own: ${shared.address}`),
        ...shown(shared.event, `the other side’s: ${shared.address}`),
        ...checkEvidence(call),
      ],
      change: {
        who: 'network',
        what: 'Let the two reach each other inside (mDNS, no client isolation), switch on hairpinning, or let the page offer TURN.',
      },
      unknown: ['Whether the router lacks hairpinning, or many users share this address (CGNAT).'],
    };
  },
};
