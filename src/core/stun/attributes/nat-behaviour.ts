/** Tests of what a NAT does (RFC 5780 §7, §9.1). */
import { cite } from '../../base/cite.ts';
import { ok } from '../../base/result.ts';
import { address } from '../address-kinds.ts';
import { number, opaque, wrongLength } from '../attribute-kinds.ts';
import type { AttributeDef } from '../attribute.ts';
import { toHex } from '../../base/bytes.ts';
import { field } from '../field.ts';

export interface ChangeRequest {
  readonly address: boolean;
  readonly port: boolean;
}

/** Bit 2 asks for another address, bit 1 for another port. */
export const changeRequest: AttributeDef<ChangeRequest> = {
  id: 'CHANGE-REQUEST',
  type: 0x0003,
  rfc: cite('RFC 5780', '7.2'),
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

export const responseOrigin = address({
  id: 'RESPONSE-ORIGIN',
  type: 0x802b,
  rfc: cite('RFC 5780', '7.3'),
  meaning: 'The address the answer was sent from.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const otherAddress = address({
  id: 'OTHER-ADDRESS',
  type: 0x802c,
  rfc: cite('RFC 5780', '7.4'),
  meaning: 'The other address and port of the server, for tests of NAT behaviour.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const responsePort = number({
  id: 'RESPONSE-PORT',
  type: 0x0027,
  rfc: cite('RFC 5780', '7.5'),
  meaning: 'The port that the answer shall go to, to learn how long a mapping lives.',
  example: 3479,
  bytes: 2,
  reserved: 2,
});

export const padding = opaque({
  id: 'PADDING',
  type: 0x0026,
  rfc: cite('RFC 5780', '7.6'),
  meaning: 'Fills the message up, to see whether fragments pass.',
  example: new Uint8Array(4),
});

export const cacheTimeout = number({
  id: 'CACHE-TIMEOUT',
  type: 0x8027,
  rfc: cite('RFC 5780', '9.1'),
  meaning: 'How long the answer may be kept, says its name: it is registered, and described nowhere.',
  example: 60,
  bytes: 4,
  show: (seconds) => `${seconds} s`,
});
