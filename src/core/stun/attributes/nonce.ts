/** NONCE (RFC 8489 §14.10). */
import { text } from '../attribute-kinds.ts';

export const nonce = text({
  id: 'NONCE',
  type: 0x0015,
  rfc: 'RFC 8489 §14.10',
  meaning: 'A token from the server, to be sent back: it makes a recorded request useless later.',
  example: 'f//499k954d6OL34oL9FSTvy64sA',
  maxBytes: 763,
});
