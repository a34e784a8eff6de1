/** DATA (RFC 8656 §18.4). */
import { opaque } from '../attribute-kinds.ts';

export const data = opaque({
  id: 'DATA',
  type: 0x0013,
  rfc: 'RFC 8656 §18.4',
  meaning: 'What is carried between client and peer.',
  example: Uint8Array.of(1, 2, 3),
  holdsPacket: true,
});
