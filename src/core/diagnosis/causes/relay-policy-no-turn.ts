import type { Cause } from '../cause.ts';
import { neverConnected, ofType, shown, turnServers } from '../look.ts';

export const relayPolicyNoTurn: Cause = {
  id: 'relay-policy-no-turn',
  verdict: 'Only relays are allowed, and no TURN server is configured.',
  find(call) {
    if (call.configuration?.iceTransportPolicy !== 'relay' || turnServers(call).length > 0) return null;
    if (ofType(call.local, 'relay').length > 0 || !neverConnected(call)) return null;
    const made = call.events.find(({ type }) => type === 'create');
    const complete = call.states?.gathering.history.findLast(({ state }) => state === 'complete');
    return {
      confidence: 'certain',
      message:
        'iceTransportPolicy is “relay”, so only candidates of a TURN server may be used (RFC 8828, section 5.2; W3C WebRTC, section 4.2.5), and iceServers names none.',
      evidence: [
        ...shown(made?.id, 'iceTransportPolicy: relay, no turn: URL'),
        ...shown(complete?.event, 'gathering ended without a candidate'),
      ],
      change: {
        who: 'page',
        what: 'Add a TURN server, or allow all candidates.',
        code: `new RTCPeerConnection({\n  iceTransportPolicy: 'relay',\n  iceServers: [{ urls: 'turn:turn.example.net', username, credential }],\n});`,
      },
    };
  },
};
