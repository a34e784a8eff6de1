import type { Cause } from '../cause.ts';
import { inForce, neverConnected, shown } from '../look.ts';

/** Gathering that ends at once with nothing and without an error was not let: a policy, an extension, a proxy-only setting. */
export const blockedByBrowserPolicy: Cause = {
  id: 'blocked-by-browser-policy',
  verdict: 'The browser gives no address away: a policy or an extension forbids it.',
  find(call) {
    const { gathering, local, configuration } = call;
    const own = inForce(call.ownDescriptions);
    // Without a section that is in use nothing is gathered (RFC 9429, section 3.5.1).
    if (gathering.completedAt === null || !neverConnected(call) || !own || !/^m=\S+ [1-9]/m.test(own.sdp))
      return null;
    if (configuration?.iceTransportPolicy === 'relay' || gathering.errors.length > 0) return null;
    const udp = local.filter(({ protocol }) => protocol === 'udp');
    if (udp.some(({ type }) => type !== 'relay')) return null;
    const complete = call.states?.gathering.history.findLast(({ state }) => state === 'complete');
    return {
      confidence: local.length === 0 ? 'likely' : 'possible',
      message: `Gathering ended with ${local.length === 0 ? 'no candidate at all' : 'relays only'}, without an error, although the page allows all candidates.`,
      evidence: shown(
        complete?.event,
        local.length === 0 ? 'complete, no candidate' : 'complete, relays only',
      ),
      change: {
        who: 'user',
        what: 'Switch off extensions that hide addresses, or let the administrator change the policy WebRtcIPHandling (Firefox: media.peerconnection.ice.*).',
      },
      unknown: [
        'Which of the two it is, an extension or a policy, or whether the machine has no network at all.',
      ],
    };
  },
};
