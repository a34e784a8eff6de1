/** OTHER-ADDRESS (RFC 5780 §7.4). */
import { address } from '../address-kinds.ts';

export const otherAddress = address({
  id: 'OTHER-ADDRESS',
  type: 0x802c,
  rfc: 'RFC 5780 §7.4',
  meaning: 'The other address and port of the server, for tests of NAT behaviour.',
  example: { address: '192.0.2.1', port: 32853 },
});
