/** GOOG-NETWORK-INFO (libwebrtc, not registered): a network's id and its cost, 16 bits each. */
import { ok } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { wrongLength } from '../attribute-kinds.ts';
import { concatBytes, readUint16, uint16 } from '../bytes.ts';
import { field } from '../field.ts';

export interface NetworkInfo {
  readonly networkId: number;
  /** 0 (cheap, Ethernet) to 999 (expensive). */
  readonly networkCost: number;
}

export const googNetworkInfo: AttributeDef<NetworkInfo> = {
  id: 'GOOG-NETWORK-INFO',
  type: 0xc057,
  rfc: 'libwebrtc, not registered',
  meaning: 'Which of its networks the sender used, and how expensive that one is.',
  example: { networkId: 1, networkCost: 50 },
  decode: (value) =>
    value.length === 4
      ? ok({ networkId: readUint16(value, 0), networkCost: readUint16(value, 2) })
      : wrongLength('GOOG-NETWORK-INFO', value.length, '4 bytes'),
  encode: ({ networkId, networkCost }) => concatBytes([uint16(networkId), uint16(networkCost)]),
  fields: (value) => [
    field([0, 2], 'Network Id', String(readUint16(value, 0))),
    field([2, 4], 'Network Cost', String(readUint16(value, 2)), 'From 0, cheap, to 999, expensive.'),
  ],
};
