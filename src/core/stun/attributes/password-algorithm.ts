/** PASSWORD-ALGORITHM (RFC 8489 §14.12): the one that the client chose. */
import type { AttributeDef } from '../attribute.ts';
import {
  decodePasswordAlgorithm,
  encodePasswordAlgorithm,
  type PasswordAlgorithm,
  passwordAlgorithmFields,
} from './password-algorithms.ts';

export const passwordAlgorithm: AttributeDef<PasswordAlgorithm> = {
  id: 'PASSWORD-ALGORITHM',
  type: 0x001d,
  rfc: 'RFC 8489 §14.12',
  meaning: 'Which digest of the password the client used.',
  example: { number: 2, parameters: new Uint8Array(0) },
  decode: decodePasswordAlgorithm,
  encode: encodePasswordAlgorithm,
  fields: passwordAlgorithmFields,
};
