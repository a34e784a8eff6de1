/** GOOG-LAST-ICE-CHECK-RECEIVED (libwebrtc, not registered). */
import { opaque } from '../attribute-kinds.ts';

export const googLastIceCheckReceived = opaque({
  id: 'GOOG-LAST-ICE-CHECK-RECEIVED',
  type: 0xc058,
  rfc: 'libwebrtc, not registered',
  meaning: 'The transaction id of the last connectivity check that arrived.',
  example: new Uint8Array(12),
});
