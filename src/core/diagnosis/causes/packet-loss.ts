import type { StatsReport } from '../../session/event.ts';
import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { checksOverTime } from '../outages.ts';
import { numberIn } from '../readings.ts';

const MUCH = 0.05;

export const packetLoss: Cause = {
  id: 'packet-loss',
  verdict: 'The call stands, and the path loses packets.',
  find(call) {
    if (!call.life.connected) return null;
    const worst = [...media(call), ...checks(call)].sort((a, b) => b.part - a.part)[0];
    if (!worst || worst.part < MUCH) return null;
    return {
      confidence: worst.part >= 2 * MUCH || worst.isMedia ? 'likely' : 'possible',
      message: `${Math.round(worst.part * 100)} % of ${worst.what} were lost.`,
      evidence: shown(worst.event, worst.shows),
      change: {
        who: 'network',
        what: 'Look at the WLAN or mobile link, and at what is full; another path or a lower bit rate may help.',
      },
      unknown: ['Where between the two the packets are lost.'],
    };
  },
};

interface Loss {
  readonly part: number;
  readonly what: string;
  readonly shows: string;
  readonly event: string;
  readonly isMedia: boolean;
}

/** RTP that was missed here, and what the other side reported as missed (webrtc-stats, sections 8.2 and 8.4). */
function media({ readings }: Case): readonly Loss[] {
  const event = readings.last?.id;
  if (!event) return [];
  const here = readings.newest('inbound-rtp').flatMap((report) => {
    const [lost, got] = [numberIn(report, 'packetsLost'), numberIn(report, 'packetsReceived')];
    if (lost === null || got === null || lost + got < 100 || lost < 10) return [];
    return [
      {
        part: lost / (lost + got),
        what: `the ${String(report['kind'] ?? 'media')} packets to this side`,
        shows: `${lost} of ${lost + got} lost`,
        event,
        isMedia: true,
      },
    ];
  });
  const there = readings.newest('remote-inbound-rtp').flatMap((report) => {
    const lost = numberIn(report, 'packetsLost') ?? 0;
    const sent = sentOf(readings, report);
    if (sent === null || sent < 100 || lost < 10) return [];
    return [
      {
        part: lost / sent,
        what: `the ${String(report['kind'] ?? 'media')} packets to the other side`,
        shows: `${lost} of ${sent} lost`,
        event,
        isMedia: true,
      },
    ];
  });
  return [...here, ...there];
}

/** `fractionLost` tells of the last moment only; packets sent stand in the report of this side's own stream. */
function sentOf({ newest }: Case['readings'], remote: StatsReport): number | null {
  const own = newest('outbound-rtp').find(({ ssrc }) => ssrc === remote['ssrc']);
  return numberIn(own, 'packetsSent');
}

/** Checks of the pair in use: each consent request has an answer where nothing is lost (RFC 7675). Those of an outage are not lost by chance. */
function checks(call: Case): readonly Loss[] {
  const { readings } = call;
  const { requests, responses, mostInARow, outages } = checksOverTime(call);
  const lost = requests - responses;
  if (outages.some(({ isAtEnd }) => isAtEnd) || mostInARow > lost / 2) return [];
  if (requests < 8 || lost < 3 || responses === 0 || !readings.last) return [];
  return [
    {
      part: lost / requests,
      what: 'the checks on the pair in use',
      shows: `${requests} requests sent, ${responses} answers`,
      event: readings.last.id,
      isMedia: false,
    },
  ];
}
