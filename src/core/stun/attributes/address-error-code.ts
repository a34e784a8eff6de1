/** ADDRESS-ERROR-CODE (RFC 8656 §18.12): an ERROR-CODE whose first byte is an address family. */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { field } from '../field.ts';
import { type ErrorCode, errorCode } from './error-code.ts';
import { showAddressFamily } from './requested-address-family.ts';

export interface AddressErrorCode extends ErrorCode {
  /** 1: IPv4, 2: IPv6. */
  readonly family: number;
}

const noId = new Uint8Array(12);

export const addressErrorCode: AttributeDef<AddressErrorCode> = {
  id: 'ADDRESS-ERROR-CODE',
  type: 0x8001,
  rfc: 'RFC 8656 §18.12',
  meaning: 'Why one of two relayed addresses could not be had; the other one was.',
  example: { family: 2, code: 440, reason: 'Address Family not Supported' },
  decode: (value) => {
    const error = errorCode.decode(value, noId);
    return error.ok ? ok({ family: value[0]!, ...error.value }) : error;
  },
  encode: ({ family, ...error }) => {
    const bytes = errorCode.encode(error, noId);
    bytes[0] = family;
    return bytes;
  },
  fields: (value) => [
    field([0, 1], 'Family', showAddressFamily(value[0]!)),
    field([1, 2], 'Reserved', String(value[1])),
    ...errorCode.fields(value, noId).slice(1),
  ],
};
