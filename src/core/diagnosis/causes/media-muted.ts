import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { numberIn } from '../readings.ts';

export const mediaMuted: Cause = {
  id: 'media-muted',
  verdict: 'The picture or the sound is sent, and it is black or silent at its source.',
  find({ readings, life }) {
    if (!life.isConnected || readings.all.length < 4) return null;
    const video = readings
      .newest('media-source')
      .find((report) => report['kind'] === 'video' && numberIn(report, 'frames') === 0);
    const late = readings.all
      .slice(-4)
      .every(({ value }) =>
        Object.values(value).some(
          (report) =>
            report.type === 'media-source' &&
            report['kind'] === 'audio' &&
            report['audioLevel'] === 0 &&
            numberIn(report, 'totalAudioEnergy') === 0,
        ),
      );
    if (!video && !late) return null;
    return {
      confidence: 'possible',
      message: video
        ? 'The camera’s track has given no frame: it is muted, or another program has the camera.'
        : 'The microphone’s track is silent: it is muted, or not enabled.',
      evidence: shown(readings.last?.id, video ? '0 frames from the source' : 'audioLevel 0'),
      change: {
        who: 'user',
        what: video
          ? 'See that no other program has the camera, and that the track is enabled.'
          : 'Unmute the microphone.',
      },
    };
  },
};
