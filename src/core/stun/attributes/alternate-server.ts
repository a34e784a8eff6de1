/** ALTERNATE-SERVER (RFC 8489 §14.15). */
import { address } from '../address-kinds.ts';

export const alternateServer = address({
  id: 'ALTERNATE-SERVER',
  type: 0x8023,
  rfc: 'RFC 8489 §14.15',
  meaning: 'The server to ask instead.',
  example: { address: '192.0.2.1', port: 32853 },
});
