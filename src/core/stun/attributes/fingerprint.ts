/** FINGERPRINT (RFC 8489 §14.7). */
import { number } from '../attribute-kinds.ts';
import { hexNumber } from '../bytes.ts';

export const fingerprint = number({
  id: 'FINGERPRINT',
  type: 0x8028,
  rfc: 'RFC 8489 §14.7',
  meaning: 'A CRC-32 of all that stands before it: tells STUN from other packets on the same port.',
  example: 0,
  bytes: 4,
  show: (crc) => hexNumber(crc, 8),
});
