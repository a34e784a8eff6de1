import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
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
    const part = numberIn(report, 'fractionLost');
    const lost = numberIn(report, 'packetsLost') ?? 0;
    if (part === null || lost < 10) return [];
    return [
      {
        part,
        what: `the ${String(report['kind'] ?? 'media')} packets to the other side`,
        shows: `fractionLost ${part}`,
        event,
        isMedia: true,
      },
    ];
  });
  return [...here, ...there];
}

/** Checks of the pair in use: each consent request has an answer where nothing is lost (RFC 7675). Not after it broke. */
function checks(call: Case): readonly Loss[] {
  const { selected, readings, states } = call;
  const broke = states?.connection.history.some(
    ({ state }) => state === 'disconnected' || state === 'failed',
  );
  if (!selected || broke) return [];
  const { requestsSent, responsesReceived } = selected;
  const lost = requestsSent - responsesReceived;
  if (requestsSent < 8 || lost < 3 || responsesReceived === 0 || !readings.last) return [];
  return [
    {
      part: lost / requestsSent,
      what: 'the checks on the pair in use',
      shows: `${requestsSent} requests sent, ${responsesReceived} answers`,
      event: readings.last.id,
      isMedia: false,
    },
  ];
}
