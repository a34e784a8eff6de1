import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';

/**
 * close() sends a DTLS close_notify (RFC 8446, section 6.1), so DTLS and the data channels close before ICE notices that
 * nobody answers: Chromium stays `connected` for another 5 s.
 */
export const remoteClosed: Cause = {
  id: 'remote-closed',
  verdict: 'The other side closed the connection.',
  find({ life, readings, events, states }) {
    if (!life.connected) return null;
    const closedAt = life.closed?.at ?? Infinity;
    const dtls =
      readings.dtls.find(({ state, at }) => state === 'closed' && at < closedAt) ??
      states?.dtls.history.find(({ state, at }) => state === 'closed' && at < closedAt);
    const channel = events.find(
      ({ type, value, at }) =>
        type === ':datachannel.state' && (value as { state: string }).state === 'closed' && at < closedAt,
    );
    const before = life.lost ? life.lost.at : Infinity;
    const evidence = [
      ...(dtls ? shown(dtls.event, 'DTLS closed') : []),
      ...(channel && channel.at <= before ? shown(channel.id, 'the data channel closed') : []),
      ...(life.lost ? shown(life.lost.event, `ICE ${life.lost.state}`) : []),
    ];
    // A channel alone may be closed by either page.
    if (!dtls && !(channel && life.lost && channel.at <= before)) return null;
    if (life.isConnected && !dtls) return null;
    return {
      // Both hung up: that is how a call ends.
      confidence: life.closed && !life.lost ? 'possible' : dtls ? 'certain' : 'likely',
      message: `${dtls ? 'DTLS' : 'The data channel'} was closed from the other side${life.lost ? ` before ICE said ${life.lost.state}` : '; ICE notices it only after about 5 s'}. The path was not lost: nobody is there any more.`,
      evidence,
      change: { who: 'page', what: 'Treat it as hanging up: tell the user, and close this side too.' },
      unknown: ['Why the other side closed: it may have hung up, gone to another page, or crashed.'],
    };
  },
};
