import { readDescription } from '../../sdp/structure.ts';
import type { Cause } from '../cause.ts';
import { inForce, shown } from '../look.ts';
import { numberIn } from '../readings.ts';

/** A remark: many pages negotiate both directions and send nothing yet. */
export const noMedia: Cause = {
  id: 'no-media',
  verdict: 'The call stands, and no picture or sound arrives, although the other side agreed to send it.',
  find({ readings, life, otherDescriptions, endsAt }) {
    if (!life.isConnected || !life.connected || endsAt - life.connected.at < 5000 || readings.all.length < 2)
      return null;
    const description = inForce(otherDescriptions);
    if (!description) return null;
    const sending = readDescription(description.sdp).media.filter(
      ({ rtp, rejected, direction }) => rtp && !rejected && direction.startsWith('send'),
    );
    const streams = readings.newest('inbound-rtp');
    const missing = sending.find(
      ({ kind }) =>
        !streams.some((report) => report['kind'] === kind && (numberIn(report, 'packetsReceived') ?? 0) > 0),
    );
    if (!missing) return null;
    return {
      confidence: 'possible',
      message: `The other side’s ${description.type} says that it sends ${missing.kind}, and no packet of it came.`,
      evidence: [
        ...shown(description.event, `${missing.kind}, ${missing.direction}`),
        ...shown(readings.last?.id, 'no packets'),
      ],
      change: {
        who: 'page',
        what: 'See that the other side put a track on its transceiver.',
        code: `transceiver.sender.replaceTrack(track)`,
      },
      unknown: ['Whether the other side has a track at all.'],
    };
  },
};
