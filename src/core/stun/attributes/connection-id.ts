/** CONNECTION-ID (RFC 6062 §6.2). */
import { number } from '../attribute-kinds.ts';

export const connectionId = number({
  id: 'CONNECTION-ID',
  type: 0x002a,
  rfc: 'RFC 6062 §6.2',
  meaning: 'Names one TCP connection between relay and peer.',
  example: 7,
  bytes: 4,
});
