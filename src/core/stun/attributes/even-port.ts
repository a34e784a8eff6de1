/** EVEN-PORT (RFC 8656 §18.7): the first bit asks to reserve the port above as well. */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { wrongLength } from '../attribute-kinds.ts';
import { hexNumber } from '../bytes.ts';
import { field } from '../field.ts';

export interface EvenPort {
  /** Reserve the next port, for RTCP as it once was. */
  readonly reserveNext: boolean;
}

export const evenPort: AttributeDef<EvenPort> = {
  id: 'EVEN-PORT',
  type: 0x0018,
  rfc: 'RFC 8656 §18.7',
  meaning: 'Asks for an even port, and perhaps for the odd one above it.',
  example: { reserveNext: true },
  decode: (value) =>
    value.length === 1
      ? ok({ reserveNext: (value[0]! & 0x80) !== 0 })
      : wrongLength('EVEN-PORT', value.length, '1 byte'),
  encode: ({ reserveNext }) => Uint8Array.of(reserveNext ? 0x80 : 0),
  fields: (value) => [
    field([0, 1], 'R bit', hexNumber(value[0]!, 2), reserveMeaning((value[0]! & 0x80) !== 0)),
  ],
};

function reserveMeaning(reserveNext: boolean): string {
  return reserveNext ? 'Reserve the next port as well.' : 'An even port is enough.';
}
