import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { checkEvidence, neverConnected, ofType, shown } from '../look.ts';
import { answeredWith, said } from '../turn.ts';

/** CreatePermission answered 403: the server relays to no such address (RFC 8656, section 10.2). */
export const turnPeerDenied: Cause = {
  id: 'turn-peer-denied',
  verdict: 'The TURN server refuses to relay to the other side’s address.',
  find(call) {
    const answer = answeredWith(call, 403);
    const change = {
      who: 'server',
      what: 'Allow the address, if it is one that the relay should reach.',
      code: '# coturn\nallowed-peer-ip=203.0.113.0-203.0.113.255',
    } as const;
    if (answer)
      return {
        confidence: neverConnected(call) ? 'certain' : 'possible',
        message: `The server answered ${said(answer.errors[0]!)}: it is set not to relay there.`,
        evidence: answer.errors.slice(0, 3).flatMap((error) => shown(error.event, said(error))),
        change,
      };
    const refused = refusedPairs(call);
    if (!refused) return null;
    return {
      confidence: 'likely',
      message:
        'There is a relay, and every pair over it failed at once, while other pairs waited 15 s for their answers: the server refused the permission (403), which no browser writes into its dump.',
      evidence: [
        ...shown(ofType(call.local, 'relay')[0]?.event, 'the relay was leased'),
        ...checkEvidence(call),
      ],
      change,
      unknown: ['The server’s own words: it has them in its log.'],
    };
  },
};

/**
 * A pair that waits for answers is given up after seconds; one whose permission was refused at once, and Chromium takes it
 * out of its statistics (libwebrtc, `FailAndPrune`).
 */
function refusedPairs(call: Case): boolean {
  if (!neverConnected(call) || call.checks.answered.length > 0) return false;
  const relays = new Set(ofType(call.local, 'relay').map(({ statsId }) => statsId));
  if (relays.size === 0 || relays.has(null)) return false;
  const overRelay = call.pairs.filter(({ localId }) => relays.has(localId));
  // Those of addresses that the relay could have reached too.
  const families = new Set(ofType(call.local, 'relay').map(({ family }) => family));
  const reached = new Set(
    call.remote.filter(({ family }) => families.has(family)).map(({ statsId }) => statsId),
  );
  const others = call.pairs.filter(
    ({ localId, remoteId, requestsSent }) =>
      !relays.has(localId) && reached.has(remoteId) && requestsSent >= 10,
  );
  return (
    others.length > 0 &&
    overRelay.every(
      ({ spans, requestsSent, goneAt }) =>
        requestsSent <= 2 && (goneAt !== null || spans.at(-1)?.state === 'failed'),
    )
  );
}
