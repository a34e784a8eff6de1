/** ERROR-CODE (RFC 8489 §14.8): hundreds and rest in a byte each, then a reason phrase for people. */
import { fail, ok, type Result } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { decodeLimitedText, reservedField, wrongLength } from '../attribute-kinds.ts';
import { concatBytes, decodeText, encodeText } from '../bytes.ts';
import { errorCodeDoc } from '../error-codes.ts';
import { field } from '../field.ts';

export interface ErrorCode {
  /** 300 to 699. */
  readonly code: number;
  readonly reason: string;
}

const maxReasonBytes = 763;

export const errorCode: AttributeDef<ErrorCode> = {
  id: 'ERROR-CODE',
  type: 0x0009,
  rfc: 'RFC 8489 §14.8',
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
