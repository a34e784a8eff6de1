/** META-DTLS-IN-STUN (libwebrtc, not registered). */
import { opaque } from '../attribute-kinds.ts';

export const metaDtlsInStun = opaque({
  id: 'META-DTLS-IN-STUN',
  type: 0xc070,
  rfc: 'libwebrtc, not registered',
  meaning: 'A DTLS handshake packet that travels inside a connectivity check, to save a round trip.',
  example: Uint8Array.of(1, 2, 3),
  holdsPacket: true,
});
