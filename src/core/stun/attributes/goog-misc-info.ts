/** GOOG-MISC-INFO (libwebrtc, not registered). */
import { uint16List } from '../attribute-kinds.ts';

export const googMiscInfo = uint16List({
  id: 'GOOG-MISC-INFO',
  type: 0xc059,
  rfc: 'libwebrtc, not registered',
  meaning: 'What extras Chromium supports, for example short pings.',
  example: [1],
});
