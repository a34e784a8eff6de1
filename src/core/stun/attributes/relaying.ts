/** What passes between client and peer, and what comes back (RFC 8656 §18, RFC 6062 §6.2). */
import { cite } from '../../base/cite.ts';
import { ok } from '../../base/result.ts';
import { xorAddress } from '../address-kinds.ts';
import { number, opaque, reservedField, wrongLength } from '../attribute-kinds.ts';
import type { AttributeDef } from '../attribute.ts';
import { concatBytes, hexNumber, readUint16, readUint32, uint16, uint32 } from '../../base/bytes.ts';
import { field } from '../field.ts';

export const channelNumber = number({
  id: 'CHANNEL-NUMBER',
  type: 0x000c,
  rfc: cite('RFC 8656', '18.1'),
  meaning: 'The number that stands for the peer from now on, 0x4000 to 0x4FFF.',
  example: 0x4000,
  bytes: 2,
  reserved: 2,
  show: hexNumber,
});

export const xorPeerAddress = xorAddress({
  id: 'XOR-PEER-ADDRESS',
  type: 0x0012,
  rfc: cite('RFC 8656', '18.3'),
  meaning: 'The peer, as the relay sees it.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const data = opaque({
  id: 'DATA',
  type: 0x0013,
  rfc: cite('RFC 8656', '18.4'),
  meaning: 'What is carried between client and peer.',
  example: Uint8Array.of(1, 2, 3),
  holdsPacket: true,
});

export const connectionId = number({
  id: 'CONNECTION-ID',
  type: 0x002a,
  rfc: cite('RFC 6062', '6.2'),
  meaning: 'Names one TCP connection between relay and peer.',
  example: 7,
  bytes: 4,
});

export interface Icmp {
  /** Seven bits, for example 3: destination unreachable. */
  readonly type: number;
  /** Nine bits. */
  readonly code: number;
  readonly data: number;
}

/** An error that came back from the peer's side of the relay. */
export const icmp: AttributeDef<Icmp> = {
  id: 'ICMP',
  type: 0x8004,
  rfc: cite('RFC 8656', '18.13'),
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
