/** LIFETIME (RFC 8656 §18.2). */
import { number } from '../attribute-kinds.ts';

export const lifetime = number({
  id: 'LIFETIME',
  type: 0x000d,
  rfc: 'RFC 8656 §18.2',
  meaning: 'How long the server keeps the allocation without a refresh.',
  example: 600,
  bytes: 4,
  show: (seconds) => `${seconds} s`,
});
