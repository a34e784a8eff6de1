import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { stuckHandshake } from '../dtls.ts';

export const dtlsFailed: Cause = {
  id: 'dtls-failed',
  verdict: 'ICE found a way, and DTLS failed on it.',
  isResidual: true,
  find(call) {
    const stuck = stuckHandshake(call);
    if (!stuck) return null;
    const ice = call.states?.ice.history.find(({ state }) => state === 'connected' || state === 'completed');
    return {
      confidence: stuck.state === 'failed' ? 'certain' : 'likely',
      message: `A pair of candidates worked, and the handshake ${stuck.state === 'failed' ? 'ended with an error' : `did not end in ${Math.round(stuck.lasted / 1000)} s`}${stuck.bytesReceived !== null ? ` after ${stuck.bytesSent} bytes sent and ${stuck.bytesReceived} received` : ''}.`,
      evidence: [...shown(ice?.event, 'ICE connected'), ...shown(stuck.event, `DTLS ${stuck.state}`)],
      change: {
        who: 'page',
        what: 'Compare a=fingerprint and a=setup of both descriptions, as written at one end and as set at the other.',
      },
      unknown: [
        'Whether the fingerprint, the role or the version did not fit: the other end’s recording shows the first two.',
      ],
    };
  },
};
