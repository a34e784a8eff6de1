/** CACHE-TIMEOUT (RFC 5780 §9.1). */
import { number } from '../attribute-kinds.ts';

export const cacheTimeout = number({
  id: 'CACHE-TIMEOUT',
  type: 0x8027,
  rfc: 'RFC 5780 §9.1',
  meaning: 'How long the answer may be kept, says its name: it is registered, and described nowhere.',
  example: 60,
  bytes: 4,
  show: (seconds) => `${seconds} s`,
});
