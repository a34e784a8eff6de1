/** Settings of codecs for voice and text, as their media types are registered. */
import { visible } from '../../grammar.ts';
import { cite } from '../../../base/cite.ts';
import { bit, free, whole, type CodecDoc, type Parameter } from './parameter.ts';

const milliseconds = (what: string): Parameter => whole(0, 65535, (value) => `${what} ${value} ms`);
const list = (value: string): string => visible(value).replaceAll(',', ', ');
/** `5.9-24.4` → `5.9 to 24.4` */
const range = (value: string): string => visible(value).replace('-', ' to ');
const yesNo = (no: string, yes: string): Parameter =>
  free((value) =>
    value === 'no' ? no : value === 'yes' ? yes : `"${visible(value)}" is neither yes nor no`,
  );

/** Of what AMR, EVS and EVRC share. */
const MODES = [
  ['mode-set', free((value) => `only the modes ${list(value)}`)],
  [
    'mode-change-period',
    whole(1, 2, (value) =>
      value === '1'
        ? 'the mode may change with each frame'
        : 'the mode changes with every second frame at most',
    ),
  ],
  [
    'mode-change-capability',
    whole(1, 2, (value) =>
      value === '1'
        ? 'this side changes modes at any frame'
        : 'this side can keep to changes at every second frame',
    ),
  ],
  [
    'mode-change-neighbor',
    bit('the mode may change to any other', 'the mode changes to its neighbours only'),
  ],
  ['ptime', milliseconds('packets of')],
  ['maxptime', milliseconds('packets of at most')],
  ['max-red', milliseconds('frames are sent again within')],
  ['channels', whole(1, 255, (value) => `${value} channels`)],
  ['channel-layout', free((value) => `the channels are ${visible(value)}`)],
] as const;

export const amr: CodecDoc = {
  id: 'amr',
  names: ['amr', 'amr-wb', 'amr-wb+'],
  rfc: cite('RFC 4867', '8.1'),
  example: '97 mode-set=0,2,4,7;octet-align=1',
  parameters: new Map<string, Parameter>([
    ...MODES,
    [
      'octet-align',
      bit(
        'fields follow each other without gaps (bandwidth-efficient)',
        'fields begin at whole bytes (octet-aligned)',
      ),
    ],
    ['crc', bit('frames have no checksum', 'frames have a checksum (CRC)')],
    ['robust-sorting', bit('bits in their usual order', 'bits sorted by importance')],
    ['interleaving', whole(1, 65535, (value) => `frames are interleaved over at most ${value} frame blocks`)],
  ]),
};

const BANDWIDTHS: ReadonlyMap<string, string> = new Map([
  ['nb', 'narrowband (up to 4 kHz)'],
  ['wb', 'wideband (up to 8 kHz)'],
  ['swb', 'super-wideband (up to 16 kHz)'],
  ['fb', 'fullband (up to 20 kHz)'],
]);
const bandwidth = (value: string): string =>
  value
    .split('-')
    .map((one) => BANDWIDTHS.get(one) ?? visible(one))
    .join(' to ');

/** 3GPP TS 26.445, annex A.3.1. */
export const evs: CodecDoc = {
  id: 'evs',
  names: ['evs'],
  rfc: cite('3GPP TS 26.445', 'A.3.1'),
  example: '98 br=5.9-24.4;bw=nb-swb;ch-aw-recv=-1;dtx=0',
  parameters: new Map<string, Parameter>([
    ...MODES,
    ['br', free((value) => `${range(value)} kbit/s in both directions`)],
    ['br-send', free((value) => `it sends ${range(value)} kbit/s`)],
    ['br-recv', free((value) => `it receives ${range(value)} kbit/s`)],
    ['bw', free((value) => `${bandwidth(value)}, in both directions`)],
    ['bw-send', free((value) => `it sends ${bandwidth(value)}`)],
    ['bw-recv', free((value) => `it receives ${bandwidth(value)}`)],
    ['ch-send', whole(1, 255, (value) => `it sends ${value} channels`)],
    ['ch-recv', whole(1, 255, (value) => `it receives ${value} channels`)],
    ['ch-aw-recv', free(channelAware)],
    [
      'cmr',
      free((value) =>
        value === '-1'
          ? 'nobody asks for other modes in the packets'
          : value === '1'
            ? 'each packet can ask for another mode'
            : 'packets may ask for another mode',
      ),
    ],
    ['dtx', bit('silence is sent like speech', 'less is sent in silence (DTX)')],
    ['dtx-recv', bit('it wants silence sent like speech', 'it accepts that less is sent in silence (DTX)')],
    ['hf-only', bit('packets in the short or the long form', 'packets in the long form only')],
    ['evs-mode-switch', bit('it begins in the primary mode of EVS', 'it begins in the mode of AMR-WB')],
  ]),
};

function channelAware(value: string): string {
  if (value === '-1') return 'no copies of frames against loss (channel-aware mode is off)';
  if (value === '0') return 'channel-aware mode may be used, and is off at first';
  return `channel-aware mode: a copy of a frame follows ${visible(value)} frames later`;
}

export const telephony: CodecDoc = {
  id: 'telephony',
  names: [
    'g722',
    'g729',
    'g7221',
    'ilbc',
    'speex',
    'silk',
    'siren',
    'pcmu',
    'pcma',
    'g723',
    'g7291',
    'pcma-wb',
    'pcmu-wb',
    'x-msrta',
  ],
  rfc: cite('RFC 8866', '6.15'),
  example: '18 annexb=no',
  parameters: new Map<string, Parameter>([
    ['annexb', yesNo('silence is sent like speech (no annex B)', 'less is sent in silence (annex B)')],
    ['annexa', yesNo('silence is sent like speech (no annex A)', 'less is sent in silence (annex A)')],
    ['bitrate', whole(1, 4294967295, (value) => `${value} bit/s`)],
    ['maxbitrate', whole(1, 4294967295, (value) => `at most ${value} bit/s`)],
    ['mbs', whole(1, 4294967295, (value) => `at most ${value} bit/s from the start`)],
    ['mode', free(mode)],
    ['mode-set', free((value) => `only the modes ${list(value)}`)],
    [
      'vbr',
      free(
        (value) =>
          `${({ on: 'a variable bit rate', off: 'a constant bit rate', vad: 'a constant bit rate, and less in silence' } as Record<string, string>)[value] ?? `variable bit rate ${visible(value)}`}`,
      ),
    ],
    [
      'cng',
      free((value) =>
        value === 'on' ? 'the receiver plays noise in silence' : 'no noise is played in silence',
      ),
    ],
    ['dtx', bit('silence is sent like speech', 'less is sent in silence (DTX)')],
    [
      'useinbandfec',
      bit(
        'the receiver makes no use of error correction inside the stream',
        'the receiver can use error correction inside the stream (FEC)',
      ),
    ],
    ['usedtx', bit('the receiver wants silence sent like speech', 'less is sent during silence (DTX)')],
    ['maxaveragebitrate', whole(1, 4294967295, (value) => `at most ${value} bit/s on average`)],
    ['ptime', milliseconds('packets of')],
    ['maxptime', milliseconds('packets of at most')],
  ]),
};

/** iLBC (RFC 3952) has frames of 20 or 30 ms; Speex (RFC 5574) numbers its modes. */
function mode(value: string): string {
  if (value === '20' || value === '30') return `frames of ${value} ms`;
  return `mode ${visible(value)}: higher ones are better and larger`;
}

/** Sound of studios and old formats: RFC 3190, RFC 4184, RFC 4598, RFC 5215, ST 2110-30. */
export const sound: CodecDoc = {
  id: 'sound',
  names: [
    'l16',
    'l20',
    'l24',
    'l8',
    'am824',
    'ac3',
    'eac3',
    'dat12',
    'vorbis',
    'theora',
    'mpa',
    'mpa-robust',
    'applelossless',
  ],
  rfc: cite('RFC 8866', '6.15'),
  example: '97 channel-order=SMPTE2110.(ST)',
  parameters: new Map<string, Parameter>([
    ['channel-order', free((value) => `the channels are in the order ${visible(value)}`)],
    ['emphasis', free((value) => `sound was emphasised: ${visible(value)}`)],
    ['channels', free((value) => `${visible(value)} channels`)],
    ['bitstreamconfig', free((value) => `the streams are ${visible(value)}`)],
    ['bitrate', whole(0, 4294967295, (value) => `${value} kbit/s`)],
    ['layer', whole(1, 3, (value) => `MPEG audio layer ${value}`)],
    ['samplerate', whole(1, 4294967295, (value) => `${value} samples a second`)],
    ['mode', free((value) => `the channels are coded as ${visible(value)}`)],
    [
      'configuration',
      free((value) => `the headers that the decoder needs, ${value.length} characters of base64`),
    ],
    [
      'delivery-method',
      free(
        (value) =>
          `the headers come ${({ inline: 'here', in_band: 'in the stream', out_band: 'from a server' } as Record<string, string>)[value.split('/', 1)[0]!] ?? visible(value)}`,
      ),
    ],
    ['configuration-uri', free((value) => `the headers lie at ${visible(value)}`)],
    ['sampling', free((value) => `colours are sampled as ${visible(value)}`)],
    ['width', free((value) => `${visible(value)} pixels wide`)],
    ['height', free((value) => `${visible(value)} pixels high`)],
  ]),
};

/** Real-time text: RFC 4103 and TTML, RFC 8759. */
export const liveText: CodecDoc = {
  id: 't140',
  names: ['t140', 'ttml+xml', '3gpp-tt'],
  rfc: cite('RFC 8866', '6.15'),
  example: '98 cps=30',
  parameters: new Map<string, Parameter>([
    ['cps', whole(0, 65535, (value) => `at most ${value} characters a second are received`)],
    ['charset', free((value) => `characters in ${visible(value)}`)],
    ['codecs', free((value) => `processor profile ${visible(value)}`)],
    ['width', free((value) => `${visible(value)} pixels wide`)],
    ['height', free((value) => `${visible(value)} pixels high`)],
    ['tx', free((value) => `${visible(value)} pixels from the left`)],
    ['ty', free((value) => `${visible(value)} pixels from the top`)],
    ['layer', free((value) => `drawn at layer ${visible(value)}: lower ones lie on top`)],
    ['tx3g', free((value) => `the sample descriptions in base64: ${visible(value.slice(0, 40))}`)],
  ]),
};
