import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';

/** Nothing begins before a description is set (RFC 9429, section 3.5.1). */
export const neverNegotiated: Cause = {
  id: 'never-negotiated',
  verdict: 'The page never began to negotiate.',
  find({ ownDescriptions, otherDescriptions, events, states }) {
    if (ownDescriptions.length > 0 || otherDescriptions.length > 0) return null;
    if (!events.some(({ type }) => type === 'create')) return null;
    const told = states?.signaling.history.filter(({ event }) => event !== null) ?? [];
    if (told.some(({ state }) => state !== 'closed')) return null;
    const needed = events.find(({ type }) => type === 'onnegotiationneeded');
    const made = events.find(({ type }) =>
      /^create(?:DataChannel|Offer)$|^add(?:Track|Transceiver)$/.test(type),
    );
    const refused = events.find(({ type }) => /^(?:createOffer|createAnswer)OnFailure$/.test(type));
    if (!made && !needed) return null;
    return {
      // Prepared and put away: that may be all that the page wanted.
      confidence: told.length > 0 ? 'possible' : 'certain',
      message: `${needed ? 'The browser asked for a negotiation (negotiationneeded), and' : 'The connection was prepared, and'} neither setLocalDescription nor setRemoteDescription was ever called${refused ? `: ${String(refused.value)}` : ''}.`,
      evidence: [
        ...shown(needed?.id ?? made?.id, needed ? 'negotiation needed' : 'prepared'),
        ...shown(refused?.id, 'making the description failed'),
      ],
      change: {
        who: 'page',
        what: 'Set a local offer when negotiationneeded fires, and send it.',
        code: `pc.onnegotiationneeded = async () => {\n  await pc.setLocalDescription();\n  signalling.send({ description: pc.localDescription });\n};`,
      },
    };
  },
};
