import type { Cause } from '../cause.ts';
import { inForce, shown } from '../look.ts';

/** SCTP runs inside DTLS (RFC 8261): a channel that stays connecting over a DTLS that stands has an association that failed. */
export const sctpFailed: Cause = {
  id: 'sctp-failed',
  verdict: 'The connection stands, and its data channels never open.',
  find(call) {
    const { life, events, readings, endsAt } = call;
    const made = events.find(({ type }) => type === 'createDataChannel');
    if (!made || !life.isConnected || !life.connected) return null;
    const told = new Set(
      events.flatMap((event) => (event.type === ':datachannel.state' ? [event.value.state] : [])),
    );
    const reported = readings.newest('data-channel');
    const states = reported.map((report) => report['state']);
    const opened =
      told.has('open') ||
      states.includes('open') ||
      states.includes('closed') ||
      readings.newest('peer-connection').some((one) => one['dataChannelsOpened'] !== 0);
    if (opened || (told.size === 0 && states.length === 0)) return null;
    const answer = inForce(call.otherDescriptions);
    const section = /^m=application (\d+) /m.exec(answer?.sdp ?? '')?.[1];
    const isRejected = section === '0' && !/^a=bundle-only/m.test(answer?.sdp ?? '');
    const lasted = Math.max(endsAt, readings.last?.at ?? 0) - life.connected.at;
    if (!isRejected && section !== undefined && lasted < 3000) return null;
    return {
      confidence: 'likely',
      message:
        section === undefined || isRejected
          ? `A data channel was made, and the description of the other side has ${isRejected ? 'rejected' : 'no'} m=application: there is nothing to carry it.`
          : `DTLS has stood for ${Math.round(lasted / 1000)} s, and the data channel is still connecting: the SCTP association was not made.`,
      evidence: [
        ...shown(made.id, 'createDataChannel'),
        ...shown(answer?.event, section === undefined ? 'no m=application' : `m=application ${section}`),
        ...shown(readings.last?.id, 'still connecting'),
      ],
      change: {
        who: 'page',
        what: 'Make the first data channel before the offer; and do not copy a=sctp-port, a=max-message-size or a=sctp-init from one side to the other.',
      },
      unknown: ['What the other side’s SCTP said: no browser records it.'],
    };
  },
};
