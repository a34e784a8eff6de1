/** AV1: "RTP Payload Format For AV1", section 7.2. */
import { cite } from '../../../base/cite.ts';
import { enoughFor, type LevelLimits } from './level.ts';
import { whole, type CodecDoc } from './parameter.ts';

const PROFILES = ['Main', 'High', 'Professional'];

export const av1: CodecDoc = {
  id: 'av1',
  names: ['av1', 'av1x'],
  rfc: cite('AV1 RTP', '7.2'),
  example: '45 level-idx=5;profile=0;tier=0',
  parameters: new Map([
    ['profile', whole(0, 2, (value) => `profile ${value}: ${PROFILES[Number(value)] ?? 'unknown'}`)],
    ['level-idx', whole(0, 31, (value) => `level index ${value}: ${levelInWords(Number(value))}`)],
    ['tier', whole(0, 1, (value) => (value === '0' ? 'main tier' : 'high tier'))],
  ]),
};

const level = (picture: number, second: number): LevelLimits => ({ picture, second });

/** MaxPicSize and MaxDisplayRate of the levels in section A.3 of the AV1 specification, by index; the others have no limits yet. */
const LEVELS: ReadonlyMap<number, LevelLimits> = new Map([
  [0, level(147456, 4423680)],
  [1, level(278784, 8363520)],
  [4, level(665856, 19975680)],
  [5, level(1065024, 31950720)],
  [8, level(2359296, 70778880)],
  [9, level(2359296, 141557760)],
  [12, level(8912896, 267386880)],
  [13, level(8912896, 534773760)],
  [14, level(8912896, 1069547520)],
  [15, level(8912896, 1069547520)],
  [16, level(35651584, 1069547520)],
  [17, level(35651584, 2139095040)],
  [18, level(35651584, 4278190080)],
  [19, level(35651584, 4278190080)],
]);

/** Index 5 is level 3.1: the levels count 2.0, 2.1, 2.2, 2.3, 3.0, … to 7.3. */
/** `level 3.1` */
export const av1Level = (index: number): string => levelInWords(index).split(',', 1)[0]!;

function levelInWords(index: number): string {
  if (index === 31) return 'any size (maximum parameters)';
  if (index > 23) return 'reserved, no level yet';
  const limits = LEVELS.get(index);
  const name = `level ${2 + Math.floor(index / 4)}.${index % 4}`;
  return limits === undefined ? `${name}, not defined yet` : `${name}, ${enoughFor(limits, 1)}`;
}
