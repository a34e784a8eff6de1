/** META-DTLS-IN-STUN-ACK (libwebrtc, not registered). */
import { opaque } from '../attribute-kinds.ts';

export const metaDtlsInStunAck = opaque({
  id: 'META-DTLS-IN-STUN-ACK',
  type: 0xc071,
  rfc: 'libwebrtc, not registered',
  meaning: 'Which DTLS packets arrived inside earlier checks.',
  example: new Uint8Array(4),
});
