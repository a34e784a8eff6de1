/** MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.6). */
import { opaque } from '../attribute-kinds.ts';

export const messageIntegritySha256 = opaque({
  id: 'MESSAGE-INTEGRITY-SHA256',
  type: 0x001c,
  rfc: 'RFC 8489 §14.6',
  meaning:
    'HMAC-SHA256 over all that stands before it; 32 bytes, or 16 and more where a usage of STUN allows it.',
  example: new Uint8Array(32),
});
