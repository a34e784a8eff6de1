/** PADDING (RFC 5780 §7.6). */
import { opaque } from '../attribute-kinds.ts';

export const padding = opaque({
  id: 'PADDING',
  type: 0x0026,
  rfc: 'RFC 5780 §7.6',
  meaning: 'Fills the message up, to see whether fragments pass.',
  example: new Uint8Array(4),
});
