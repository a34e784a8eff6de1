/** H.265: RFC 7798 section 7.1. */
import { cite } from '../../rfc-sections.ts';
import { free, whole, type CodecDoc } from './parameter.ts';

export const h265: CodecDoc = {
  id: 'h265',
  names: ['h265', 'hevc'],
  rfc: cite('RFC 7798', '7.1'),
  example: '49 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST',
  parameters: new Map([
    ['profile-space', whole(0, 3, (value) => `profile space ${value}`)],
    [
      'profile-id',
      whole(
        0,
        31,
        (value) => `profile ${value}${value === '1' ? ': Main' : value === '2' ? ': Main 10' : ''}`,
      ),
    ],
    ['tier-flag', whole(0, 1, (value) => (value === '0' ? 'main tier' : 'high tier'))],
    ['level-id', whole(0, 255, (value) => `level ${Number(value) / 30}`)],
    [
      'tx-mode',
      free((value) =>
        value === 'SRST' ? 'one stream on one transport (SRST)' : `transmission mode ${value}`,
      ),
    ],
    ['sprop-vps', free(() => 'video parameter sets in base64')],
    ['sprop-sps', free(() => 'sequence parameter sets in base64')],
    ['sprop-pps', free(() => 'picture parameter sets in base64')],
    ['sprop-max-don-diff', whole(0, 32767, (value) => `NAL units are at most ${value} out of order`)],
  ]),
};
