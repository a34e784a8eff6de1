/** ALTERNATE-DOMAIN (RFC 8489 §14.16). */
import { text } from '../attribute-kinds.ts';

export const alternateDomain = text({
  id: 'ALTERNATE-DOMAIN',
  type: 0x8003,
  rfc: 'RFC 8489 §14.16',
  meaning: 'The name to check the certificate of ALTERNATE-SERVER against.',
  example: 'example.org',
  maxBytes: 255,
});
