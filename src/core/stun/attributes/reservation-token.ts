/** RESERVATION-TOKEN (RFC 8656 §18.10). */
import { hex64 } from '../attribute-kinds.ts';

export const reservationToken = hex64({
  id: 'RESERVATION-TOKEN',
  type: 0x0022,
  rfc: 'RFC 8656 §18.10',
  meaning: 'Claims the port that an earlier allocation reserved beside its own.',
  example: '0102030405060708',
});
