import type { Case } from '../case.ts';
import type { Cause, Finding } from '../cause.ts';
import { inForce, shown } from '../look.ts';
import { silenceAtEnd } from '../outages.ts';

/** Consent ends 30 s after the last answer (RFC 7675, section 5.1); Chromium says disconnected after about 5 s. */
export const pathLost: Cause = {
  id: 'path-lost',
  verdict: 'The call stood, and then the path was lost: nobody answers any more.',
  isResidual: true,
  find(call) {
    const { life, selected, readings } = call;
    if (!life.connected) return null;
    if (!life.lost) return life.isConnected && !life.closed ? unnoticed(call) : null;
    const restarted =
      call.events.some(({ type, at }) => type === 'restartIce' && at >= life.lost!.at) ||
      (inForce(call.ownDescriptions)?.at ?? 0) >= life.lost.at;
    const last = selected
      ? `${selected.requestsSent} requests sent, ${selected.responsesReceived} answers`
      : null;
    return {
      confidence: !isOpenAfter(call)
        ? 'possible'
        : life.failed && life.failed.at >= life.lost.at
          ? 'certain'
          : 'likely',
      message: `${Math.round((life.lost.at - life.connected.at) / 100) / 10} s after it connected, ICE said ${life.lost.state}: the checks that keep consent were answered no more. ${isOpenAfter(call) ? 'DTLS was still open, so the other side did not hang up in an orderly way.' : 'Whether DTLS was closed before is not recorded, so the other side may as well have hung up.'}`,
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

/** A reading that was made shortly before or after the loss tells it; with none, hanging up looks the same. */
function isOpenAfter({ life, readings, states }: Case): boolean {
  const near = readings.all.findLast(({ at }) => at >= life.lost!.at - 4000);
  const isTold = Object.values(near?.value ?? {}).some(
    ({ type, dtlsState, state }) =>
      (type === 'transport' && dtlsState === 'connected') || (type === 'data-channel' && state === 'open'),
  );
  return isTold || (states?.dtls.history.some(({ event }) => event !== null) ?? false) || isReport(life);
}

/** A report of one moment, without states: it would tell that DTLS or the channels are closed. */
const isReport = ({ lost, connected }: Case['life']): boolean => lost?.event === connected?.event;

/** Nobody answers, and the browser has not said so yet. */
function unnoticed(call: Case): Finding | null {
  const silence = silenceAtEnd(call);
  if (!silence) return null;
  const lasted = Math.round((silence.until - silence.from) / 1000);
  return {
    confidence: 'likely',
    message: `For the last ${lasted} s of the recording ${silence.requests} checks went out over the pair in use, and none was answered; the browser had not called it lost yet.`,
    evidence: shown(silence.event, `${silence.requests} requests, no answer`),
    change: { who: 'page', what: 'Restart ICE when the connection is disconnected for some seconds.' },
    unknown: ['Whether the path came back after the recording.'],
  };
}
