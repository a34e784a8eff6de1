/** H.265: RFC 7798 section 7.1. */
import { cite } from '../../../base/cite.ts';
import { enoughFor, type LevelLimits } from './level.ts';
import { free, whole, type CodecDoc } from './parameter.ts';

/** general_profile_idc of section A.3 of H.265. */
const PROFILES = [
  'none',
  'Main',
  'Main 10',
  'Main Still Picture',
  'format range extensions',
  'high throughput',
  'Multiview Main',
  'Scalable Main',
  '3D Main',
  'screen content coding',
  'scalable format range extensions',
  'high throughput screen content coding',
];

const MODES: ReadonlyMap<string, string> = new Map([
  ['SRST', 'one stream on one transport (SRST)'],
  ['MRST', 'several streams on one transport (MRST)'],
  ['MRMT', 'several streams on several transports (MRMT)'],
]);

export const h265: CodecDoc = {
  id: 'h265',
  names: ['h265', 'hevc'],
  rfc: cite('RFC 7798', '7.1'),
  example: '49 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST',
  parameters: new Map([
    ['profile-space', whole(0, 3, (value) => `profile space ${value}`)],
    [
      'profile-id',
      whole(0, 31, (value) => `profile ${value}: ${PROFILES[Number(value)] ?? 'of a later edition'}`),
    ],
    ['tier-flag', whole(0, 1, (value) => (value === '0' ? 'main tier' : 'high tier'))],
    ['level-id', whole(0, 255, (value) => levelInWords(Number(value)))],
    ['max-recv-level-id', whole(0, 255, (value) => `received up to ${levelInWords(Number(value))}`)],
    ['interop-constraints', free((value) => `48 flags that restrict the profile, in hexadecimal: ${value}`)],
    [
      'profile-compatibility-indicator',
      free((value) => `the profiles that it also conforms to, as 32 flags in hexadecimal: ${value}`),
    ],
    ['tx-mode', free((value) => MODES.get(value) ?? `transmission mode ${value}`)],
    ['max-lsr', whole(0, Infinity, (value) => `at most ${value} luma samples a second`)],
    ['max-lps', whole(0, Infinity, (value) => `at most ${value} luma samples in a picture`)],
    ['max-br', whole(0, Infinity, (value) => `at most ${value} kbit/s`)],
    [
      'max-fps',
      whole(0, Infinity, (value) => `at most ${Number(value) / 100} frames a second (${value} hundredths)`),
    ],
    ['sprop-vps', free(() => 'video parameter sets in base64')],
    ['sprop-sps', free(() => 'sequence parameter sets in base64')],
    ['sprop-pps', free(() => 'picture parameter sets in base64')],
    ['sprop-max-don-diff', whole(0, 32767, (value) => `NAL units are at most ${value} out of order`)],
  ]),
};

/** `Main profile, level 3.1`; what is not written is inferred: RFC 7798 section 7.1. */
export function h265Summary(parameters: ReadonlyMap<string, string>): string {
  const profile = PROFILES[Number(parameters.get('profile-id') ?? '1')] ?? 'unknown';
  const high = parameters.get('tier-flag') === '1' ? ', high tier' : '';
  return `${profile} profile, ${levelInWords(Number(parameters.get('level-id') ?? '93')).split(',', 1)[0]}${high}`;
}

const limits = (picture: number, second: number): LevelLimits => ({ picture, second });

/** MaxLumaPs and MaxLumaSr of section A.4 of H.265, by general_level_idc, which is 30 times the level. */
const LEVELS: ReadonlyMap<number, LevelLimits> = new Map([
  [30, limits(36864, 552960)],
  [60, limits(122880, 3686400)],
  [63, limits(245760, 7372800)],
  [90, limits(552960, 16588800)],
  [93, limits(983040, 33177600)],
  [120, limits(2228224, 66846720)],
  [123, limits(2228224, 133693440)],
  [150, limits(8912896, 267386880)],
  [153, limits(8912896, 534773760)],
  [156, limits(8912896, 1069547520)],
  [180, limits(35651584, 1069547520)],
  [183, limits(35651584, 2139095040)],
  [186, limits(35651584, 4278190080)],
]);

function levelInWords(id: number): string {
  if (id === 255) return 'level 8.5: any size';
  const level = LEVELS.get(id);
  return level === undefined
    ? `level-id ${id}, which is not a level`
    : `level ${(id / 30).toFixed(1)}, ${enoughFor(level, 1)}`;
}
