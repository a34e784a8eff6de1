/** H.264: RFC 6184 sections 8.1 and 8.2. */
import { visible } from '../../grammar.ts';
import { cite } from '../../rfc-sections.ts';
import { free, hex, whole, bit, type CodecDoc } from './parameter.ts';

const MODES = [
  'one NAL unit in each packet',
  'NAL units may be joined and split, in order',
  'NAL units may be interleaved',
];

export const h264: CodecDoc = {
  id: 'h264',
  names: ['h264', 'h264-svc'],
  rfc: cite('RFC 6184', '8.1'),
  example: '126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1',
  parameters: new Map([
    ['profile-level-id', hex(6, (value) => describeProfileLevelId(value))],
    ['packetization-mode', whole(0, 2, (value) => `mode ${value}: ${MODES[Number(value)] ?? 'unknown'}`)],
    ['level-asymmetry-allowed', bit('both sides use one level', 'each side may use its own level')],
    ['max-mbps', whole(0, Infinity, (value) => `at most ${value} macroblocks a second`)],
    ['max-smbps', whole(0, Infinity, (value) => `at most ${value} static macroblocks a second`)],
    ['max-fs', whole(0, Infinity, (value) => `at most ${value} macroblocks in a picture`)],
    ['max-cpb', whole(0, Infinity, (value) => `a coded picture buffer of ${value} units`)],
    ['max-dpb', whole(0, Infinity, (value) => `a decoded picture buffer of ${value} units`)],
    ['max-br', whole(0, Infinity, (value) => `at most ${value} units of bit rate`)],
    ['max-fps', whole(0, Infinity, (value) => `at most ${value} hundredths of a frame a second`)],
    ['sprop-parameter-sets', free((value) => `${value.split(',').length} parameter sets in base64`)],
    [
      'sps-pps-idr-in-keyframe',
      bit('parameter sets are sent apart', 'parameter sets come with each key frame'),
    ],
    ['sar-understood', whole(0, 255, (value) => `sample aspect ratios up to ${value} are understood`)],
    ['sar-supported', whole(0, 255, (value) => `sample aspect ratios up to ${value} are supported`)],
    ['sar', free((value) => `sample aspect ratio ${visible(value)}`)],
  ]),
};

/** Profiles by profile_idc and the constraint flags in profile-iop: `[idc, mask, value, name]`. RFC 6184 section 8.1, table 5;
 * Constrained High is a later one of H.264 itself. */
const PROFILES: readonly (readonly [number, number, number, string])[] = [
  [0x42, 0x4f, 0x40, 'Constrained Baseline'],
  [0x4d, 0x8f, 0x80, 'Constrained Baseline'],
  [0x58, 0xcf, 0xc0, 'Constrained Baseline'],
  [0x42, 0x4f, 0x00, 'Baseline'],
  [0x58, 0xcf, 0x80, 'Baseline'],
  [0x4d, 0xaf, 0x00, 'Main'],
  [0x58, 0xcf, 0x00, 'Extended'],
  [0x64, 0xff, 0x00, 'High'],
  [0x64, 0xff, 0x0c, 'Constrained High'],
  [0x6e, 0xff, 0x00, 'High 10'],
  [0x7a, 0xff, 0x00, 'High 4:2:2'],
  [0xf4, 0xff, 0x00, 'High 4:4:4 Predictive'],
  [0x6e, 0xff, 0x10, 'High 10 Intra'],
  [0x7a, 0xff, 0x10, 'High 4:2:2 Intra'],
  [0xf4, 0xff, 0x10, 'High 4:4:4 Intra'],
  [0x2c, 0xff, 0x10, 'CAVLC 4:4:4 Intra'],
];

/** `42e01f` → `Constrained Baseline profile, level 3.1` */
export function describeProfileLevelId(value: string): string {
  if (!/^[0-9A-Fa-f]{6}$/.test(value)) return `"${visible(value)}" is not a profile and level`;
  const idc = parseInt(value.slice(0, 2), 16);
  const iop = parseInt(value.slice(2, 4), 16);
  const level = parseInt(value.slice(4, 6), 16);
  const profile =
    PROFILES.find(([id, mask, bits]) => id === idc && (iop & mask) === bits)?.[3] ??
    `profile ${idc} with constraints 0x${value.slice(2, 4)}`;
  return `${profile} profile, level ${h264Level(level, iop)}`;
}

/** Level 1b is level 11 with constraint_set3_flag, or 9. */
const h264Level = (level: number, iop: number): string =>
  level === 9 || (level === 11 && (iop & 0x10) !== 0) ? '1b' : `${Math.floor(level / 10)}.${level % 10}`;

/** The profile part of a profile-level-id, by which two sides compare: `Constrained Baseline`. */
export const h264Profile = (value: string): string =>
  describeProfileLevelId(value).split(' profile,', 1)[0] ?? '';
