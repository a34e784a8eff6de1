/** MESSAGE-INTEGRITY (RFC 8489 §14.5). */
import { opaque } from '../attribute-kinds.ts';

export const messageIntegrity = opaque({
  id: 'MESSAGE-INTEGRITY',
  type: 0x0008,
  rfc: 'RFC 8489 §14.5',
  meaning: 'HMAC-SHA1 over all that stands before it: proof of the password, and that nothing was changed.',
  example: new Uint8Array(20),
  length: 20,
});
