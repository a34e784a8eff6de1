/** USERHASH (RFC 8489 §14.4). */
import { opaque } from '../attribute-kinds.ts';

export const userhash = opaque({
  id: 'USERHASH',
  type: 0x001e,
  rfc: 'RFC 8489 §14.4',
  meaning: 'A SHA-256 of user name and realm, so that the name is not sent in clear.',
  example: new Uint8Array(32),
  length: 32,
});
