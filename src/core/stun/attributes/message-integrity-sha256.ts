/** MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.6). */
import { opaque } from '../attribute-kinds.ts';

export const messageIntegritySha256 = opaque({
  id: 'MESSAGE-INTEGRITY-SHA256',
  type: 0x001c,
  rfc: 'RFC 8489 §14.6',
  meaning: 'HMAC-SHA256 over all that stands before it; may be cut to 16 bytes or more.',
  example: new Uint8Array(32),
});
