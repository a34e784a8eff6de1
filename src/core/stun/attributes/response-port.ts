/** RESPONSE-PORT (RFC 5780 §7.5). */
import { number } from '../attribute-kinds.ts';

export const responsePort = number({
  id: 'RESPONSE-PORT',
  type: 0x0027,
  rfc: 'RFC 5780 §7.5',
  meaning: 'The port that the answer shall go to, to learn how long a mapping lives.',
  example: 3479,
  bytes: 2,
  reserved: 2,
});
