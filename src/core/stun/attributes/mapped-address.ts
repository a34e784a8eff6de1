/** MAPPED-ADDRESS (RFC 8489 §14.1). */
import { address } from '../address-kinds.ts';

export const mappedAddress = address({
  id: 'MAPPED-ADDRESS',
  type: 0x0001,
  rfc: 'RFC 8489 §14.1',
  meaning: 'Where the request came from, as the server saw it; in clear, so some NATs rewrite it.',
  example: { address: '192.0.2.1', port: 32853 },
});
