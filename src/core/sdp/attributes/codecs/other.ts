/** Parameters of codecs from telephony and streaming: AMR (RFC 4867), MPEG-4 (RFC 3640), G.722.1, video of ST 2110-20, … */
import { visible } from '../../grammar.ts';
import { cite } from '../../../base/rfc-sections.ts';
import { bit, free, whole, type CodecDoc } from './parameter.ts';

export const amr: CodecDoc = {
  id: 'amr',
  names: ['amr', 'amr-wb', 'evs'],
  rfc: cite('RFC 4867', '8.1'),
  example: '97 mode-set=0,2,4,7;octet-align=1',
  parameters: new Map([
    ['octet-align', bit('bandwidth-efficient packing', 'packing in whole bytes')],
    ['mode-set', free((value) => `only the modes ${visible(value)}`)],
    ['mode-change-period', free((value) => `the mode changes every ${visible(value)} frames at most`)],
    ['mode-change-capability', free((value) => `mode change capability ${visible(value)}`)],
    ['mode-change-neighbor', free((value) => `mode changes to the neighbour only: ${visible(value)}`)],
    ['crc', bit('no CRC', 'with a CRC')],
    ['robust-sorting', bit('no robust sorting', 'with robust sorting')],
    ['max-red', whole(0, 65535, (value) => `at most ${value} ms of redundancy`)],
  ]),
};

export const mpeg4: CodecDoc = {
  id: 'mpeg4-generic',
  names: ['mpeg4-generic', 'mp4a-latm', 'mp4v-es'],
  rfc: cite('RFC 3640', '4.1'),
  example:
    '96 streamtype=5;profile-level-id=1;mode=AAC-hbr;config=1190;sizelength=13;indexlength=3;indexdeltalength=3',
  parameters: new Map([
    [
      'streamtype',
      free((value) =>
        value === '5'
          ? 'an audio stream'
          : value === '4'
            ? 'a video stream'
            : `stream type ${visible(value)}`,
      ),
    ],
    ['profile-level-id', free((value) => `MPEG-4 profile and level ${visible(value)}`)],
    ['mode', free((value) => `mode ${visible(value)}`)],
    ['config', free((value) => `decoder configuration ${visible(value)}`)],
    ['sizelength', free((value) => `sizes have ${visible(value)} bits`)],
    ['indexlength', free((value) => `indexes have ${visible(value)} bits`)],
    ['indexdeltalength', free((value) => `index differences have ${visible(value)} bits`)],
  ]),
};

export const telephony: CodecDoc = {
  id: 'telephony',
  names: ['g722', 'g729', 'g7221', 'ilbc', 'speex', 'silk', 'siren', 'pcmu', 'pcma', 'g723'],
  rfc: cite('RFC 8866', '6.15'),
  example: '18 annexb=no',
  parameters: new Map([
    [
      'annexb',
      free((value) => (value === 'no' ? 'without silence compression' : 'with silence compression')),
    ],
    [
      'annexa',
      free((value) => (value === 'no' ? 'without silence compression' : 'with silence compression')),
    ],
    ['bitrate', free((value) => `${visible(value)} bit/s`)],
    ['mode', free((value) => `mode ${visible(value)}`)],
    ['vbr', free((value) => `variable bit rate ${visible(value)}`)],
    ['cng', free((value) => `comfort noise ${visible(value)}`)],
    ['useinbandfec', free((value) => `error correction inside the stream: ${visible(value)}`)],
    ['usedtx', free((value) => `less is sent during silence: ${visible(value)}`)],
  ]),
};

export const rawVideo: CodecDoc = {
  id: 'raw',
  names: ['raw'],
  rfc: cite('SMPTE ST 2110-20', '7'),
  example: '112 sampling=YCbCr-4:2:2; width=1280; height=720; interlace; exactframerate=60000/1001; depth=10',
  parameters: new Map([
    ['sampling', free((value) => `colours are sampled as ${visible(value)}`)],
    ['width', free((value) => `${visible(value)} pixels wide`)],
    ['height', free((value) => `${visible(value)} pixels high`)],
    ['depth', free((value) => `${visible(value)} bits a sample`)],
    ['exactframerate', free((value) => `${visible(value)} frames a second`)],
    ['interlace', free(() => 'interlaced')],
    ['segmented', free(() => 'segmented frames')],
    ['tcs', free((value) => `transfer characteristic ${visible(value)}`)],
    ['colorimetry', free((value) => `colours after ${visible(value)}`)],
    ['range', free((value) => `range ${visible(value)}`)],
    ['pm', free((value) => `packing mode ${visible(value)}`)],
    ['ssn', free((value) => `the standard is ${visible(value)}`)],
    ['tp', free((value) => `sender type ${visible(value)}`)],
    ['par', free((value) => `pixel aspect ratio ${visible(value)}`)],
  ]),
};
