/** DONT-FRAGMENT (RFC 8656 §18.9). */
import { flag } from '../attribute-kinds.ts';

export const dontFragment = flag({
  id: 'DONT-FRAGMENT',
  type: 0x001a,
  rfc: 'RFC 8656 §18.9',
  meaning: 'Asks the server to set the DF bit towards the peer.',
});
