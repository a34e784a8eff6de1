import type { StateStep } from '../../projections/states.ts';
import type { StatsReports } from '../../session/event.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import type { Reading, Readings } from '../readings.ts';

/**
 * close() sends a DTLS close_notify (RFC 8446, section 6.1), so DTLS and the data channels close before ICE notices that
 * nobody answers: Chromium stays `connected` for another 5 s.
 */
export const remoteClosed: Cause = {
  id: 'remote-closed',
  verdict: 'The other side closed the connection.',
  find({ life, readings, events, states }) {
    const { connected } = life;
    if (!connected) return null;
    const closedAt = life.closed?.at ?? Infinity;
    const dtls =
      closedFor(readings.dtls, connected.at, closedAt) ??
      closedFor(states?.dtls.history ?? [], connected.at, closedAt);
    const channel =
      events.find(
        ({ type, value, at }) =>
          type === ':datachannel.state' && (value as { state: string }).state === 'closed' && at < closedAt,
      ) ?? channelsClosed(readings.all, closedAt);
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
      // Hung up before this side missed anything: that is how a call ends.
      confidence: !life.lost ? 'possible' : dtls ? 'certain' : 'likely',
      message: `${dtls ? 'DTLS' : 'The data channel'} was closed from the other side${life.lost ? ` before ICE said ${life.lost.state}` : '; ICE notices it only after about 5 s'}. The path was not lost: nobody is there any more.`,
      evidence,
      change: { who: 'page', what: 'Treat it as hanging up: tell the user, and close this side too.' },
      unknown: ['Why the other side closed: it may have hung up, gone to another page, or crashed.'],
    };
  },
};

/** The last that was told of DTLS; what BUNDLE makes needless is closed before the connection stands (RFC 9143, section 7.3). */
function closedFor(steps: readonly StateStep[], from: number, until: number): StateStep | null {
  const last = steps.findLast(({ at }) => at < until);
  return last?.state === 'closed' && last.at > from ? last : null;
}

/** The first reading from which on all are. */
function channelsClosed(all: Readings['all'], until: number): Reading | undefined {
  const before = all.filter(({ at }) => at < until);
  const last = before.findLastIndex(({ value }) => !areChannelsClosed(value));
  return before[last + 1];
}

function areChannelsClosed(reports: StatsReports): boolean {
  const channels = Object.values(reports).filter(({ type }) => type === 'data-channel');
  return channels.length > 0 && channels.every(({ state }) => state === 'closed');
}
