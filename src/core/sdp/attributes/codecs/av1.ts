/** AV1: "RTP Payload Format For AV1", section 7.2. */
import { cite } from '../../rfc-sections.ts';
import { whole, type CodecDoc } from './parameter.ts';

const PROFILES = ['Main', 'High', 'Professional'];

export const av1: CodecDoc = {
  id: 'av1',
  names: ['av1', 'av1x'],
  rfc: cite('AV1 RTP', '7.2'),
  example: '45 level-idx=5;profile=0;tier=0',
  parameters: new Map([
    ['profile', whole(0, 2, (value) => `profile ${value}: ${PROFILES[Number(value)] ?? 'unknown'}`)],
    ['level-idx', whole(0, 31, (value) => `level index ${value}: level ${levelName(Number(value))}`)],
    ['tier', whole(0, 1, (value) => (value === '0' ? 'main tier' : 'high tier'))],
  ]),
};

/** Index 5 is level 3.1: the levels count 2.0, 2.1, 2.2, 2.3, 3.0, …; 31 means the largest. */
const levelName = (index: number): string =>
  index === 31 ? 'maximum parameters' : `${2 + Math.floor(index / 4)}.${index % 4}`;
