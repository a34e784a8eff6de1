/** GOOG-MESSAGE-INTEGRITY-32 (libwebrtc, not registered). */
import { opaque } from '../attribute-kinds.ts';

export const googMessageIntegrity32 = opaque({
  id: 'GOOG-MESSAGE-INTEGRITY-32',
  type: 0xc060,
  rfc: 'libwebrtc, not registered',
  meaning: 'MESSAGE-INTEGRITY cut to four bytes, for short pings.',
  example: new Uint8Array(4),
  length: 4,
});
