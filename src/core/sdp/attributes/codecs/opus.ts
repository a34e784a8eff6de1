/** Opus: RFC 7587 section 6.1. */
import { cite } from '../../rfc-sections.ts';
import { bit, free, whole, type CodecDoc } from './parameter.ts';

export const opus: CodecDoc = {
  id: 'opus',
  names: ['opus', 'multiopus'],
  rfc: cite('RFC 7587', '6.1'),
  example: '111 minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=64000',
  parameters: new Map([
    ['maxplaybackrate', whole(0, 4294967295, (value) => `the receiver plays up to ${value} Hz`)],
    ['sprop-maxcapturerate', whole(0, 4294967295, (value) => `the sender captures up to ${value} Hz`)],
    ['minptime', whole(0, 4294967295, (value) => `packets of at least ${value} ms`)],
    ['ptime', whole(0, 4294967295, (value) => `packets of ${value} ms are preferred`)],
    ['maxptime', whole(0, 4294967295, (value) => `packets of at most ${value} ms`)],
    ['maxaveragebitrate', whole(0, 4294967295, (value) => `at most ${value} bit/s on average`)],
    ['stereo', bit('the receiver prefers mono', 'the receiver prefers stereo')],
    ['sprop-stereo', bit('the sender is likely to send mono', 'the sender is likely to send stereo')],
    ['cbr', bit('variable bit rate', 'constant bit rate')],
    [
      'useinbandfec',
      bit('no error correction inside the stream', 'error correction inside the stream can be used'),
    ],
    ['usedtx', bit('silence is sent like speech', 'hardly anything is sent during silence (DTX)')],
    ['channel_mapping', free((value) => `channels are ordered ${value}`)],
    ['num_streams', whole(1, 255, (value) => `${value} streams`)],
    ['coupled_streams', whole(0, 255, (value) => `${value} coupled streams`)],
  ]),
};
