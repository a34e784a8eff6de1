/** RESPONSE-ORIGIN (RFC 5780 §7.3). */
import { address } from '../address-kinds.ts';

export const responseOrigin = address({
  id: 'RESPONSE-ORIGIN',
  type: 0x802b,
  rfc: 'RFC 5780 §7.3',
  meaning: 'The address the answer was sent from.',
  example: { address: '192.0.2.1', port: 32853 },
});
