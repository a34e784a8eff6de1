/** USERNAME (RFC 8489 §14.3). */
import { text } from '../attribute-kinds.ts';

export const username = text({
  id: 'USERNAME',
  type: 0x0006,
  rfc: 'RFC 8489 §14.3',
  meaning:
    'Who asks. In a connectivity check: the ufrag of the one asked, a colon, the ufrag of the one who asks.',
  example: 'evtj:h6vY',
  maxBytes: 513,
});
