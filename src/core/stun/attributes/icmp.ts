/** ICMP (RFC 8656 §18.13): an error that came back from the peer's side of the relay. */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { reservedField, wrongLength } from '../attribute-kinds.ts';
import { concatBytes, readUint16, readUint32, uint16, uint32 } from '../bytes.ts';
import { field } from '../field.ts';

export interface Icmp {
  /** Seven bits, for example 3: destination unreachable. */
  readonly type: number;
  /** Nine bits. */
  readonly code: number;
  readonly data: number;
}

export const icmp: AttributeDef<Icmp> = {
  id: 'ICMP',
  type: 0x8004,
  rfc: 'RFC 8656 §18.13',
  meaning: 'The relay got an ICMP error for what it sent to the peer.',
  example: { type: 3, code: 3, data: 0 },
  decode: (value) =>
    value.length === 8
      ? ok({ type: value[2]! >> 1, code: readUint16(value, 2) & 0x1ff, data: readUint32(value, 4) })
      : wrongLength('ICMP', value.length, '8 bytes'),
  encode: ({ type, code, data }) => concatBytes([uint16(0), uint16((type << 9) | code), uint32(data)]),
  fields: (value) => [
    reservedField(value, 0, 2),
    field([2, 4], 'ICMP Type and Code', `${value[2]! >> 1}, ${readUint16(value, 2) & 0x1ff}`),
    field([4, 8], 'Error Data', String(readUint32(value, 4))),
  ],
};
