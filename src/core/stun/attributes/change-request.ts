/** CHANGE-REQUEST (RFC 5780 §7.2): bit 2 asks for another address, bit 1 for another port. */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { wrongLength } from '../attribute-kinds.ts';
import { toHex } from '../bytes.ts';
import { field } from '../field.ts';

export interface ChangeRequest {
  readonly address: boolean;
  readonly port: boolean;
}

export const changeRequest: AttributeDef<ChangeRequest> = {
  id: 'CHANGE-REQUEST',
  type: 0x0003,
  rfc: 'RFC 5780 §7.2',
  meaning: 'Asks for the answer from another address or port of the server, to see what a NAT lets in.',
  example: { address: true, port: false },
  decode: (value) =>
    value.length === 4
      ? ok({ address: (value[3]! & 0b100) !== 0, port: (value[3]! & 0b010) !== 0 })
      : wrongLength('CHANGE-REQUEST', value.length, '4 bytes'),
  encode: ({ address, port }) => Uint8Array.of(0, 0, 0, (address ? 0b100 : 0) | (port ? 0b010 : 0)),
  fields: (value) => [
    field([0, 3], 'Reserved', toHex(value.subarray(0, 3)), 'Sent as zero and ignored.'),
    field([3, 4], 'Flags', `0x${toHex(value.subarray(3, 4))}`, changeMeaning(value[3]!)),
  ],
};

function changeMeaning(flags: number): string {
  const wanted = [flags & 0b100 ? 'address' : '', flags & 0b010 ? 'port' : ''].filter(Boolean);
  return wanted.length === 0
    ? 'Answer from where the request arrived.'
    : `Answer from another ${wanted.join(' and ')}.`;
}
