/** REALM (RFC 8489 §14.9). */
import { text } from '../attribute-kinds.ts';

export const realm = text({
  id: 'REALM',
  type: 0x0014,
  rfc: 'RFC 8489 §14.9',
  meaning:
    'The domain that the credentials belong to. With it in an answer, the server asks for long-term credentials.',
  example: 'example.org',
  maxBytes: 763,
});
