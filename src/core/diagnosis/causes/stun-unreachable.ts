import { serverKind } from '../../ice/server-url.ts';
import type { Cause } from '../cause.ts';
import { hostOf, isLookup, neverConnected, ofType, shown, stunServers, tellingErrors } from '../look.ts';
import { silenceOf } from '../silent-servers.ts';

export const stunUnreachable: Cause = {
  id: 'stun-unreachable',
  verdict: 'The STUN server did not answer, so this side never learned its public address.',
  find(call) {
    const named = nameless(call);
    const silence = silenceOf(call);
    if (!named && (!silence || stunServers(call).length === 0)) return null;
    const many = (silence?.hosts.size ?? 0) > 1;
    const errors = named ?? silence!.errors;
    const began = call.states?.gathering.history.findLast(({ state }) => state === 'gathering');
    const timedOut = (silence?.errors.length ?? 0) > 0;
    return {
      confidence: named ? 'likely' : many ? 'possible' : timedOut ? 'certain' : 'likely',
      message: named
        ? `The name of ${named[0]!.url} does not resolve, so it was never asked.`
        : `${stunServers(call)[0]!.url} gave no answer, and there is no server reflexive candidate.`,
      evidence: [
        ...errors.slice(0, 3).flatMap((error) => shown(error.event, `${error.errorCode} ${error.errorText}`)),
        ...shown(began?.event, 'gathering began'),
      ],
      change: {
        who: 'page',
        what: 'Use a STUN server that answers, better two; Debug, ICE servers tests them.',
      },
      unknown: ['Whether the server is down or this network lets no UDP out.'],
    };
  },
};

/** All STUN servers have names that do not resolve. */
function nameless(call: Parameters<Cause['find']>[0]) {
  const servers = stunServers(call);
  if (call.configuration?.iceTransportPolicy === 'relay') return null;
  if (servers.length === 0 || !neverConnected(call) || ofType(call.local, 'srflx').length > 0) return null;
  const errors = tellingErrors(call).filter((error) => isLookup(error) && serverKind(error.url) === 'STUN');
  const hosts = new Set(errors.map(({ url }) => hostOf(url)));
  return errors.length > 0 && servers.every(({ read }) => hosts.has(read!.host)) ? errors : null;
}
