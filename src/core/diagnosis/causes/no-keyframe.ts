import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { numberIn } from '../readings.ts';

export const noKeyframe: Cause = {
  id: 'no-keyframe',
  verdict: 'Pictures arrive, and none can be decoded: no key frame came.',
  find({ readings, life }) {
    if (!life.isConnected) return null;
    const stream = readings
      .newest('inbound-rtp')
      .find(
        (report) =>
          report['kind'] === 'video' &&
          (numberIn(report, 'packetsReceived') ?? 0) >= 50 &&
          numberIn(report, 'framesDecoded') === 0,
      );
    if (!stream) return null;
    const asked = (numberIn(stream, 'pliCount') ?? 0) + (numberIn(stream, 'firCount') ?? 0);
    return {
      confidence: asked >= 2 ? 'likely' : 'possible',
      message: `${numberIn(stream, 'packetsReceived')} packets of video came and no frame was decoded; this side asked for a key frame ${asked} times.`,
      evidence: shown(readings.last?.id, '0 frames decoded'),
      change: {
        who: 'server',
        what: 'Pass the receiver’s PLI on to the sender, which then sends a key frame (RFC 4585, section 6.3.1).',
      },
      unknown: [
        'Whether the key frame is never sent, or its many packets are lost, or the decoder has not this profile.',
      ],
    };
  },
};
