/** SOFTWARE (RFC 8489 §14.14). */
import { text } from '../attribute-kinds.ts';

export const software = text({
  id: 'SOFTWARE',
  type: 0x8022,
  rfc: 'RFC 8489 §14.14',
  meaning: 'What program sent this, for people.',
  example: 'test vector',
  maxBytes: 763,
});
