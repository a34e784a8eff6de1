/** What any message or answer may carry: errors, the program, the fingerprint, a counter (RFC 8489 §14, RFC 7982 §3.1). */
import { cite } from '../../base/cite.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import {
  decodeLimitedText,
  number,
  reservedField,
  text,
  uint16List,
  wrongLength,
} from '../attribute-kinds.ts';
import { type AttributeDef, isComprehensionRequired } from '../attribute.ts';
import { concatBytes, decodeText, encodeText, hexNumber } from '../../base/bytes.ts';
import { errorCodeDoc } from '../error-codes.ts';
import { field } from '../field.ts';

export interface ErrorCode {
  /** 300 to 699. */
  readonly code: number;
  readonly reason: string;
}

const maxReasonBytes = 763;

/** Hundreds and rest in a byte each, then a reason phrase for people. */
export const errorCode: AttributeDef<ErrorCode> = {
  id: 'ERROR-CODE',
  type: 0x0009,
  rfc: cite('RFC 8489', '14.8'),
  meaning: 'Why the request was refused.',
  example: { code: 401, reason: 'Unauthenticated' },
  show: ({ code, reason }) => `${code} ${reason}`.trim(),
  decode: decodeErrorCode,
  encode: ({ code, reason }) =>
    concatBytes([Uint8Array.of(0, 0, Math.floor(code / 100), code % 100), encodeText(reason)]),
  fields: (value) => {
    const code = codeOf(value);
    return [
      reservedField(value, 0, 2),
      field(
        [2, 4],
        'Class and Number',
        String(code),
        errorCodeDoc(code)?.meaning ?? 'Not a code that the RFCs list.',
      ),
      field(
        [4, value.length],
        'Reason Phrase',
        decodeText(value.subarray(4)) ?? '',
        'For people; programs read the number.',
      ),
    ];
  },
};

/** The low three bits of the third byte are the hundreds. */
function codeOf(value: Uint8Array): number {
  return (value[2]! & 0b111) * 100 + value[3]!;
}

function decodeErrorCode(value: Uint8Array): Result<ErrorCode> {
  if (value.length < 4) return wrongLength('ERROR-CODE', value.length, '4 bytes or more');
  const code = codeOf(value);
  if (code < 300 || code > 699 || value[3]! > 99) {
    return fail({ message: 'ERROR-CODE is out of range', found: String(code), expected: '300 to 699' });
  }
  const reason = decodeLimitedText('ERROR-CODE', value.subarray(4), maxReasonBytes);
  return reason.ok ? ok({ code, reason: reason.value }) : reason;
}

export const unknownAttributes = uint16List({
  id: 'UNKNOWN-ATTRIBUTES',
  type: 0x000a,
  rfc: cite('RFC 8489', '14.13'),
  meaning: 'The attributes of the request that the server had to understand and did not.',
  example: [0x001a],
  show: (type) => `${hexNumber(type)}${isComprehensionRequired(type) ? '' : ' (optional)'}`,
});

export const software = text({
  id: 'SOFTWARE',
  type: 0x8022,
  rfc: cite('RFC 8489', '14.14'),
  meaning: 'What program sent this, for people.',
  example: 'test vector',
  maxBytes: 763,
});

export const fingerprint = number({
  id: 'FINGERPRINT',
  type: 0x8028,
  rfc: cite('RFC 8489', '14.7'),
  meaning: 'A CRC-32 of all that stands before it: tells STUN from other packets on the same port.',
  example: 0,
  bytes: 4,
  show: (crc) => hexNumber(crc, 8),
});

export interface TransmitCounter {
  readonly request: number;
  readonly response: number;
}

export const transactionTransmitCounter: AttributeDef<TransmitCounter> = {
  id: 'TRANSACTION-TRANSMIT-COUNTER',
  type: 0x8025,
  rfc: cite('RFC 7982', '3.1'),
  meaning: 'How often request and response were sent: shows loss in each direction.',
  example: { request: 2, response: 1 },
  decode: (value) =>
    value.length === 4
      ? ok({ request: value[2]!, response: value[3]! })
      : wrongLength('TRANSACTION-TRANSMIT-COUNTER', value.length, '4 bytes'),
  encode: ({ request, response }) => Uint8Array.of(0, 0, request, response),
  fields: (value) => [
    reservedField(value, 0, 2),
    field([2, 3], 'Req', String(value[2]), 'Sent so many times.'),
    field([3, 4], 'Resp', String(value[3]), 'Answered so many times.'),
  ],
};
