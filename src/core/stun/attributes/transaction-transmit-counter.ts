/** TRANSACTION_TRANSMIT_COUNTER (RFC 7982 §3.1). */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { reservedField, wrongLength } from '../attribute-kinds.ts';
import { field } from '../field.ts';

export interface TransmitCounter {
  readonly request: number;
  readonly response: number;
}

export const transactionTransmitCounter: AttributeDef<TransmitCounter> = {
  id: 'TRANSACTION-TRANSMIT-COUNTER',
  type: 0x8025,
  rfc: 'RFC 7982 §3.1',
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
