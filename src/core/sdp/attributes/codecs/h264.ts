/** H.264: RFC 6184 sections 8.1 and 8.2. */
import { visible } from '../../grammar.ts';
import { cite } from '../../../base/cite.ts';
import { enoughFor, type LevelLimits } from './level.ts';
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
    ['profile-level-id', hex(6, profileLevelInWords)],
    ['packetization-mode', whole(0, 2, (value) => `mode ${value}: ${MODES[Number(value)] ?? 'unknown'}`)],
    ['level-asymmetry-allowed', bit('both sides use one level', 'each side may use its own level')],
    ['max-recv-level', hex(4, maxReceiveLevel)],
    ['max-mbps', whole(0, Infinity, (value) => `at most ${value} macroblocks a second`)],
    ['max-smbps', whole(0, Infinity, (value) => `at most ${value} static macroblocks a second`)],
    ['max-fs', whole(0, Infinity, (value) => `at most ${value} macroblocks in a picture`)],
    ['max-cpb', whole(0, Infinity, (value) => `a coded picture buffer of ${value} kbit`)],
    ['max-dpb', whole(0, Infinity, (value) => `a decoded picture buffer of ${value} × 8/3 macroblocks`)],
    ['max-br', whole(0, Infinity, (value) => `at most ${value} kbit/s`)],
    [
      'max-fps',
      whole(0, Infinity, (value) => `at most ${Number(value) / 100} frames a second (${value} hundredths)`),
    ],
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
 * Progressive and Constrained High are later ones, of sections A.2.4.1 and A.2.4.2 of H.264 itself. */
const PROFILES: readonly (readonly [number, number, number, string])[] = [
  [0x42, 0x4f, 0x40, 'Constrained Baseline'],
  [0x4d, 0x8f, 0x80, 'Constrained Baseline'],
  [0x58, 0xcf, 0xc0, 'Constrained Baseline'],
  [0x42, 0x4f, 0x00, 'Baseline'],
  [0x58, 0xcf, 0x80, 'Baseline'],
  [0x4d, 0xaf, 0x00, 'Main'],
  [0x58, 0xcf, 0x00, 'Extended'],
  [0x64, 0xff, 0x00, 'High'],
  [0x64, 0xff, 0x08, 'Progressive High'],
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
  const bytes = bytesOf(value);
  if (bytes === undefined) return `"${visible(value)}" is not a profile and level`;
  const { idc, iop, level } = bytes;
  const profile =
    PROFILES.find(([id, mask, bits]) => id === idc && (iop & mask) === bits)?.[3] ??
    `profile ${idc} with constraints 0x${value.slice(2, 4)}`;
  return `${profile} profile, ${levelName(level, is1b(bytes))}`;
}

function profileLevelInWords(value: string): string {
  const bytes = bytesOf(value);
  const limits = bytes && LEVELS.get(is1b(bytes) ? 10 : bytes.level);
  const words = describeProfileLevelId(value);
  return limits === undefined ? words : `${words}, ${enoughFor(limits, 16)}`;
}

/** `e01f`: profile-iop and level_idc. */
function maxReceiveLevel(value: string): string {
  const bytes = bytesOf(`42${value}`);
  if (bytes === undefined) return `"${visible(value)}" is not a level`;
  return `up to ${levelName(bytes.level, is1b(bytes))} is received`;
}

interface ProfileLevel {
  readonly idc: number;
  readonly iop: number;
  readonly level: number;
}

function bytesOf(value: string): ProfileLevel | undefined {
  if (!/^[0-9A-Fa-f]{6}$/.test(value)) return undefined;
  const [idc = 0, iop = 0, level = 0] = [0, 2, 4].map((at) => parseInt(value.slice(at, at + 2), 16));
  return { idc, iop, level };
}

const OLD_PROFILES = new Set([0x42, 0x4d, 0x58]);

/** Level 1b is level_idc 11 with constraint_set3_flag in Baseline, Main and Extended, 9 in the others. */
const is1b = ({ idc, iop, level }: ProfileLevel): boolean =>
  level === 9 || (level === 11 && (iop & 0x10) !== 0 && OLD_PROFILES.has(idc));

function levelName(level: number, is1b: boolean): string {
  if (is1b) return 'level 1b';
  return LEVELS.has(level)
    ? `level ${Math.floor(level / 10)}.${level % 10}`
    : `level_idc ${level}, which is not a level`;
}

const limits = (picture: number, second: number): LevelLimits => ({ picture, second });

/** MaxFS and MaxMBPS of table A-1 of H.264, by level_idc. */
const LEVELS: ReadonlyMap<number, LevelLimits> = new Map([
  [10, limits(99, 1485)],
  [11, limits(396, 3000)],
  [12, limits(396, 6000)],
  [13, limits(396, 11880)],
  [20, limits(396, 11880)],
  [21, limits(792, 19800)],
  [22, limits(1620, 20250)],
  [30, limits(1620, 40500)],
  [31, limits(3600, 108000)],
  [32, limits(5120, 216000)],
  [40, limits(8192, 245760)],
  [41, limits(8192, 245760)],
  [42, limits(8704, 522240)],
  [50, limits(22080, 589824)],
  [51, limits(36864, 983040)],
  [52, limits(36864, 2073600)],
  [60, limits(139264, 4177920)],
  [61, limits(139264, 8355840)],
  [62, limits(139264, 16711680)],
]);

/** The profile part of a profile-level-id, by which two sides compare: `Constrained Baseline`. */
export const h264Profile = (value: string): string =>
  describeProfileLevelId(value).split(' profile,', 1)[0] ?? '';

/** A number that orders levels, 1b between 1.0 and 1.1; undefined when the value has none. `42e01f` → 31 */
export function h264Level(value: string): number | undefined {
  const bytes = bytesOf(value);
  if (bytes === undefined) return undefined;
  return is1b(bytes) ? 10.5 : bytes.level;
}

/** `42e01f` → `3.1` */
export const h264LevelName = (value: string): string =>
  /level (.*)$/.exec(describeProfileLevelId(value))?.[1] ?? value;
