/** UNKNOWN-ATTRIBUTES (RFC 8489 §14.13). */
import { isComprehensionRequired } from '../attribute.ts';
import { uint16List } from '../attribute-kinds.ts';
import { hexNumber } from '../bytes.ts';

export const unknownAttributes = uint16List({
  id: 'UNKNOWN-ATTRIBUTES',
  type: 0x000a,
  rfc: 'RFC 8489 §14.13',
  meaning: 'The attributes of the request that the server had to understand and did not.',
  example: [0x001a],
  show: (type) => `${hexNumber(type)}${isComprehensionRequired(type) ? '' : ' (optional)'}`,
});
