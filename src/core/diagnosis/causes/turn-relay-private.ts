import type { Cause } from '../cause.ts';
import { neverConnected, ofType, reachOf, shown, wasAsked } from '../look.ts';

export const turnRelayPrivate: Cause = {
  id: 'turn-relay-private',
  verdict: 'The TURN server leases an address that nobody outside its network reaches.',
  find(call) {
    if (!neverConnected(call) || call.checks.answered.length > 0 || !wasAsked(call)) return null;
    const relays = [...ofType(call.local, 'relay'), ...ofType(call.remote, 'relay')];
    const hidden = relays.filter(
      ({ address }) => reachOf(address) === 'private' || reachOf(address) === 'shared',
    );
    const [first] = hidden;
    if (!first) return null;
    return {
      confidence: hidden.length === relays.length ? 'likely' : 'possible',
      message: `The relayed address is ${first.address}, which is private: the server does not know its public address.`,
      evidence: hidden
        .slice(0, 3)
        .flatMap(({ event, address, port }) => shown(event, `relay ${address}:${port}`)),
      change: {
        who: 'server',
        what: 'Tell the TURN server its public address.',
        code: `# coturn\nexternal-ip=203.0.113.10/${first.address}`,
      },
    };
  },
};
