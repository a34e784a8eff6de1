import type { Cause } from '../cause.ts';
import { isNegotiated, neverConnected, reachOf, shown, usableRemote } from '../look.ts';

export const noIceServers: Cause = {
  id: 'no-ice-servers',
  verdict: 'No ICE server is configured, so neither side learns an address that reaches through its router.',
  find(call) {
    if (!call.configuration || call.servers.length > 0 || !neverConnected(call)) return null;
    if (call.configuration.iceTransportPolicy === 'relay') return null;
    if (!isNegotiated(call)) return null;
    if (call.local.some(({ type }) => type !== 'host')) return null;
    // A server with a public address is reached without any.
    const isReachable = usableRemote(call).some(
      ({ type, address }) => type === 'relay' || (type === 'host' && reachOf(address) === 'public'),
    );
    const made = call.events.find(({ type }) => type === 'create');
    return {
      confidence: call.checks.answered.length > 0 || isReachable ? 'possible' : 'likely',
      message:
        'iceServers is empty: this side has only addresses of its own network to offer, and they reach nobody outside it.',
      evidence: shown(made?.id, 'no iceServers'),
      change: {
        who: 'page',
        what: 'Add a STUN server, and TURN for the calls that STUN can not connect.',
        code: `new RTCPeerConnection({\n  iceServers: [\n    { urls: 'stun:stun.example.net' },\n    { urls: 'turn:turn.example.net', username, credential },\n  ],\n});`,
      },
    };
  },
};
