/** Video from before H.264 and from studios: H.261 (RFC 4587), H.263 (RFC 4629), MPEG-4 (RFC 6416), VC-1 (RFC 4425), JPEG XS (RFC 9134), … */
import { visible } from '../../grammar.ts';
import { cite } from '../../../base/cite.ts';
import { bit, free, whole, type CodecDoc, type Parameter } from './parameter.ts';

/** The value is how many thirtieths of a second a picture takes at least. */
const size = (name: string, pixels: string): readonly [string, Parameter] => [
  name,
  whole(
    1,
    32,
    (value) =>
      `${pixels} (${name.toUpperCase()}) at ${Math.round((29.97 / Number(value)) * 100) / 100} frames a second at most`,
  ),
];

export const h263: CodecDoc = {
  id: 'h263',
  names: ['h261', 'h263', 'h263-1998', 'h263-2000'],
  rfc: cite('RFC 8866', '6.15'),
  example: '34 CIF=1;QCIF=1',
  parameters: new Map<string, Parameter>([
    size('sqcif', '128 × 96'),
    size('qcif', '176 × 144'),
    size('cif', '352 × 288'),
    size('cif4', '704 × 576'),
    size('cif16', '1408 × 1152'),
    [
      'custom',
      free((value) => `a size of its own, ${visible(value).replaceAll(',', ', ')} (width, height, interval)`),
    ],
    ['profile', whole(0, 10, (value) => `profile ${value}`)],
    ['level', whole(0, 100, (value) => `level ${value}`)],
    ['interlace', bit('whole pictures', 'interlaced pictures')],
    ['maxbr', whole(1, 4294967295, (value) => `at most ${Number(value) / 10} kbit/s`)],
    ['bpp', whole(0, 65536, (value) => `at most ${value} kbit for a picture`)],
    ['hrd', bit('the reference decoder is not considered', 'as the reference decoder can read it')],
    ['par', free((value) => `pixels as wide to high as ${visible(value)}`)],
    ['cpcf', free((value) => `a clock for pictures of its own: ${visible(value)}`)],
    ['d', bit('without still images (annex D)', 'with still images (annex D)')],
    ...['f', 'i', 'j', 'k', 'n', 'p', 't'].map((annex): readonly [string, Parameter] => [
      annex,
      free(() => `with annex ${annex.toUpperCase()} of H.263`),
    ]),
  ]),
};

const MODES: ReadonlyMap<string, string> = new Map([
  ['aac-hbr', 'AAC at a high bit rate (AAC-hbr)'],
  ['aac-lbr', 'AAC at a low bit rate (AAC-lbr)'],
  ['celp-cbr', 'CELP at a constant bit rate'],
  ['celp-vbr', 'CELP at a variable bit rate'],
  ['generic', 'any MPEG-4 stream'],
]);
const STREAMS: ReadonlyMap<string, string> = new Map([
  ['3', 'a scene description'],
  ['4', 'a video stream'],
  ['5', 'an audio stream'],
]);
const bits = (what: string): Parameter => whole(0, 32, (value) => `${what} takes ${value} bits`);

export const mpeg4: CodecDoc = {
  id: 'mpeg4-generic',
  names: ['mpeg4-generic', 'mp4a-latm', 'mp4v-es'],
  rfc: cite('RFC 3640', '4.1'),
  example:
    '96 streamtype=5;profile-level-id=1;mode=AAC-hbr;config=1190;sizelength=13;indexlength=3;indexdeltalength=3',
  parameters: new Map<string, Parameter>([
    ['streamtype', free((value) => STREAMS.get(value) ?? `MPEG-4 stream type ${visible(value)}`)],
    ['profile-level-id', free((value) => `MPEG-4 profile and level number ${visible(value)}`)],
    ['mode', free((value) => MODES.get(value.toLowerCase()) ?? `mode ${visible(value)}`)],
    ['config', free((value) => `what the decoder has to know first, in hexadecimal: ${visible(value)}`)],
    [
      'cpresent',
      bit('the configuration stands here and not in the stream', 'the configuration is in the stream'),
    ],
    ['object', free((value) => `MPEG-4 audio object type ${visible(value)}`)],
    ['bitrate', free((value) => `${visible(value)} bit/s`)],
    ['rate', free((value) => `${visible(value)} samples a second`)],
    ['sbr-enabled', bit('without SBR (plain AAC)', 'with SBR (HE-AAC)')],
    ['sizelength', bits('the size of each unit')],
    ['indexlength', bits('the number of the first unit')],
    ['indexdeltalength', bits('the step to the next unit')],
    ['ctsdeltalength', bits('the difference of the time to show it')],
    ['dtsdeltalength', bits('the difference of the time to decode it')],
    ['randomaccessindication', bit('no mark where one can begin', 'a mark says where one can begin')],
    ['streamstateindication', bits('the state of the stream')],
    ['auxiliarydatasizelength', bits('the size of extra data')],
    ['constantsize', free((value) => `each unit has ${visible(value)} bytes`)],
    ['constantduration', free((value) => `each unit lasts ${visible(value)} ticks`)],
    ['maxdisplacement', free((value) => `units are out of order by at most ${visible(value)} ticks`)],
    ['de-interleavebuffersize', free((value) => `a buffer of ${visible(value)} bytes puts them in order`)],
    ['objecttype', free((value) => `MPEG-4 object type ${visible(value)}`)],
  ]),
};

export const rawVideo: CodecDoc = {
  id: 'raw',
  names: ['raw', 'jxsv', 'jpeg2000', 'vc2', 'smpte291', 'smpte2022-6'],
  rfc: cite('SMPTE ST 2110-20', '7'),
  example: '112 sampling=YCbCr-4:2:2; width=1280; height=720; interlace; exactframerate=60000/1001; depth=10',
  parameters: new Map<string, Parameter>([
    ['sampling', free((value) => `colours are sampled as ${visible(value)}`)],
    ['width', free((value) => `${visible(value)} pixels wide`)],
    ['height', free((value) => `${visible(value)} pixels high`)],
    ['depth', free((value) => `${visible(value)} bits a sample`)],
    ['exactframerate', free((value) => `${visible(value)} frames a second`)],
    ['interlace', free(() => 'interlaced')],
    ['segmented', free(() => 'each picture comes as two segments (PsF)')],
    ['tcs', free((value) => `light is coded as ${visible(value)}`)],
    ['colorimetry', free((value) => `colours after ${visible(value)}`)],
    [
      'range',
      free((value) =>
        value === 'FULL'
          ? 'values use the full range'
          : value === 'NARROW'
            ? 'values use the narrow range'
            : `values use the range ${visible(value)}`,
      ),
    ],
    [
      'pm',
      free((value) =>
        value === '2110GPM'
          ? 'packets are filled as it fits (general packing)'
          : value === '2110BPM'
            ? 'packets all have one size (block packing)'
            : `packing ${visible(value)}`,
      ),
    ],
    ['ssn', free((value) => `made after ${visible(value)}`)],
    [
      'tp',
      free(
        (value) =>
          (
            ({
              '2110TPN': 'packets leave evenly, with gaps (narrow)',
              '2110TPNL': 'packets leave evenly all the time (narrow linear)',
              '2110TPW': 'packets may leave unevenly (wide)',
            }) as Record<string, string>
          )[value] ?? `sender type ${visible(value)}`,
      ),
    ],
    ['troff', free((value) => `the first packet leaves ${visible(value)} µs after the frame begins`)],
    ['cmax', free((value) => `at most ${visible(value)} packets at once`)],
    ['maxudp', free((value) => `packets of at most ${visible(value)} bytes`)],
    ['par', free((value) => `pixels as wide to high as ${visible(value)}`)],
    ['packetmode', bit('packets hold a codestream', 'packets hold slices')],
    ['transmode', bit('packets may come in any order', 'packets come in order')],
    ['profile', free((value) => `profile ${visible(value)}`)],
    ['level', free((value) => `level ${visible(value)}`)],
    ['sublevel', free((value) => `sublevel ${visible(value)}`)],
    ['fbblevel', free((value) => `frame buffer level ${visible(value)}`)],
    ['did_sdid', free((value) => `ancillary data of the kind ${visible(value)}`)],
    ['vpid_code', free((value) => `the video is of the kind ${visible(value)} (VPID)`)],
  ]),
};

export const vc1: CodecDoc = {
  id: 'vc1',
  names: ['vc1'],
  rfc: cite('RFC 8866', '6.15'),
  example: '98 profile=0;level=1;max-width=352;max-height=288',
  parameters: new Map<string, Parameter>([
    [
      'profile',
      free(
        (value) =>
          `profile ${({ '0': 'Simple', '1': 'Main', '3': 'Advanced' } as Record<string, string>)[value] ?? visible(value)}`,
      ),
    ],
    ['level', free((value) => `level ${visible(value)}`)],
    ['config', free((value) => `what the decoder has to know first: ${visible(value)}`)],
    ['width', free((value) => `${visible(value)} pixels wide`)],
    ['height', free((value) => `${visible(value)} pixels high`)],
    ['bitrate', free((value) => `${visible(value)} bit/s`)],
    ['buffer', free((value) => `a buffer of ${visible(value)} ms`)],
    ['framerate', free((value) => `${Number(value) / 1000} frames a second`)],
    ['max-width', free((value) => `at most ${visible(value)} pixels wide`)],
    ['max-height', free((value) => `at most ${visible(value)} pixels high`)],
    ['max-bitrate', free((value) => `at most ${visible(value)} bit/s`)],
    ['max-buffer', free((value) => `a buffer of at most ${visible(value)} ms`)],
    ['max-framerate', free((value) => `at most ${Number(value) / 1000} frames a second`)],
  ]),
};

/** H.266: RFC 9328. */
export const h266: CodecDoc = {
  id: 'h266',
  names: ['h266'],
  rfc: cite('RFC 8866', '6.15'),
  example: '98 profile-id=1;level-id=83;tier-flag=0',
  parameters: new Map<string, Parameter>([
    [
      'profile-id',
      free(
        (value) =>
          `profile ${({ '1': 'Main 10', '17': 'Multilayer Main 10', '33': 'Main 10 4:4:4', '65': 'Main 10 Still Picture' } as Record<string, string>)[value] ?? visible(value)}`,
      ),
    ],
    ['tier-flag', whole(0, 1, (value) => (value === '0' ? 'main tier' : 'high tier'))],
    [
      'level-id',
      whole(0, 255, (value) => `level ${Math.floor(Number(value) / 16)}.${(Number(value) % 16) / 3}`),
    ],
    ['sub-profile-id', free((value) => `sub-profiles ${visible(value)}`)],
    ['interop-constraints', free((value) => `flags that restrict the profile, in base64: ${visible(value)}`)],
    ['ols-id', free((value) => `output layer set ${visible(value)}`)],
    ['max-recv-level-id', free((value) => `received up to level number ${visible(value)}`)],
    ['sprop-vps', free(() => 'video parameter sets in base64')],
    ['sprop-sps', free(() => 'sequence parameter sets in base64')],
    ['sprop-pps', free(() => 'picture parameter sets in base64')],
    ['sprop-dci', free(() => 'what decoding needs, in base64')],
    ['max-lsr', free((value) => `at most ${visible(value)} luma samples a second`)],
    ['max-fps', free((value) => `at most ${Number(value) / 100} frames a second`)],
  ]),
};
