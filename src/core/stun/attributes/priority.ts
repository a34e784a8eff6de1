/** PRIORITY (RFC 8445 §7.1.1). */
import { number } from '../attribute-kinds.ts';

export const priority = number({
  id: 'PRIORITY',
  type: 0x0024,
  rfc: 'RFC 8445 §7.1.1',
  meaning: 'The priority that a peer reflexive candidate found by this check would get.',
  example: 1853824767,
  bytes: 4,
});
