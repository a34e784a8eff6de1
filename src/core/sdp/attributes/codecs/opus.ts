/** Opus: RFC 7587 section 6.1. */
import { cite } from '../../../base/cite.ts';
import { bit, free, whole, type CodecDoc } from './parameter.ts';

export const opus: CodecDoc = {
  id: 'opus',
  names: ['opus', 'multiopus'],
  rfc: cite('RFC 7587', '6.1'),
  example: '111 minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=64000',
  parameters: new Map([
    [
      'maxplaybackrate',
      whole(0, 4294967295, (value) => `the receiver plays sound sampled up to ${value} times a second`),
    ],
    [
      'sprop-maxcapturerate',
      whole(0, 4294967295, (value) => `the sender captures sound sampled up to ${value} times a second`),
    ],
    [
      'minptime',
      whole(
        0,
        4294967295,
        (value) => `packets of at least ${value} ms (from a draft; the RFC has no minptime)`,
      ),
    ],
    ['ptime', whole(0, 4294967295, (value) => `packets of ${value} ms are preferred`)],
    ['maxptime', whole(0, 4294967295, (value) => `packets of at most ${value} ms`)],
    ['maxaveragebitrate', whole(1, 4294967295, averageBitrate)],
    ['stereo', bit('the receiver prefers mono', 'the receiver prefers stereo')],
    ['sprop-stereo', bit('the sender is likely to send mono', 'the sender is likely to send stereo')],
    ['cbr', bit('the receiver prefers a variable bit rate', 'the receiver prefers a constant bit rate')],
    [
      'useinbandfec',
      bit(
        'the receiver makes no use of error correction inside the stream',
        'the receiver can use error correction inside the stream (FEC)',
      ),
    ],
    [
      'usedtx',
      bit(
        'the receiver wants silence sent like speech',
        'the receiver wants hardly anything sent during silence (DTX)',
      ),
    ],
    ['channel_mapping', free((value) => `channels are ordered ${value}`)],
    ['num_streams', whole(1, 255, (value) => `${value} streams`)],
    ['coupled_streams', whole(0, 255, (value) => `${value} coupled streams`)],
  ]),
};

function averageBitrate(value: string): string {
  const outside = Number(value) < 6000 || Number(value) > 510000;
  return `at most ${value} bit/s on average${outside ? '; ignored, as it is not from 6000 to 510000' : ''}`;
}
