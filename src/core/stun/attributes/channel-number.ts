/** CHANNEL-NUMBER (RFC 8656 §18.1). */
import { number } from '../attribute-kinds.ts';
import { hexNumber } from '../bytes.ts';

export const channelNumber = number({
  id: 'CHANNEL-NUMBER',
  type: 0x000c,
  rfc: 'RFC 8656 §18.1',
  meaning: 'The number that stands for the peer from now on, 0x4000 to 0x4FFF.',
  example: 0x4000,
  bytes: 2,
  reserved: 2,
  show: hexNumber,
});
