import type { Cause } from '../cause.ts';
import { inForce, shown } from '../look.ts';

/** Consent ends 30 s after the last answer (RFC 7675, section 5.1); Chromium says disconnected after about 5 s. */
export const pathLost: Cause = {
  id: 'path-lost',
  verdict: 'The call stood, and then the path was lost: nobody answers any more.',
  isResidual: true,
  find(call) {
    const { life, selected, readings } = call;
    if (!life.connected || !life.lost) return null;
    const restarted =
      call.events.some(({ type, at }) => type === 'restartIce' && at >= life.lost!.at) ||
      (inForce(call.ownDescriptions)?.at ?? 0) >= life.lost.at;
    const last = selected
      ? `${selected.requestsSent} requests sent, ${selected.responsesReceived} answers`
      : null;
    return {
      confidence: life.failed && life.failed.at >= life.lost.at ? 'certain' : 'likely',
      message: `${Math.round((life.lost.at - life.connected.at) / 100) / 10} s after it connected, ICE said ${life.lost.state}: the checks that keep consent were answered no more. DTLS was still open, so the other side did not hang up in an orderly way.`,
      evidence: [
        ...shown(life.connected.event, 'connected'),
        ...shown(life.lost.event, life.lost.state),
        ...(last ? shown(readings.last?.id, last) : []),
      ],
      change: {
        who: 'page',
        what: restarted
          ? 'ICE was restarted; see why it found no way.'
          : 'Restart ICE when the connection is disconnected for some seconds: nothing did.',
        code: `pc.onconnectionstatechange = () => {\n  if (pc.connectionState === 'disconnected') setTimeout(() => pc.connectionState !== 'connected' && pc.restartIce(), 2000);\n};`,
      },
      unknown: [
        'Where the path broke: this network, the other side’s, a firewall, a NAT that forgot, or a machine that went to sleep.',
      ],
    };
  },
};
