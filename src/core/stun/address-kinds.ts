/**
 * The two shapes of a transport address (RFC 8489 §14.1, §14.2): plain, and XOR-ed with the magic cookie and the
 * transaction id, so that a NAT that rewrites addresses inside packets does not recognise it.
 */
import { fail, ok, type Result } from '../base/result.ts';
import {
  familyOf,
  formatAddress,
  formatTransportAddress,
  parseAddress,
  type TransportAddress,
} from '../base/address.ts';
import type { AttributeDef, AttributeFacts } from './attribute.ts';
import { wrongLength } from './attribute-kinds.ts';
import { concatBytes, hexNumber, readUint16, toHex, uint16 } from '../base/bytes.ts';
import { field, type Field } from './field.ts';
import { magicCookie } from './header.ts';
import { invariant } from '../base/assert.ts';

const familyCodes = { IPv4: 0x01, IPv6: 0x02 } as const;
const familyNames: Readonly<Record<number, string>> = { 0x01: 'IPv4', 0x02: 'IPv6' };
const noMask = new Uint8Array(16);

/** A transport address as it is. */
export function address(facts: AttributeFacts<TransportAddress>): AttributeDef<TransportAddress> {
  return {
    ...facts,
    show: formatTransportAddress,
    decode: (value) => decodeMasked(facts.id, value, noMask),
    encode: (value) => encodeMasked(value, noMask),
    fields: (value) => maskedFields(value, noMask),
  };
}

/** A transport address XOR-ed with cookie and transaction id. */
export function xorAddress(facts: AttributeFacts<TransportAddress>): AttributeDef<TransportAddress> {
  return {
    ...facts,
    show: formatTransportAddress,
    decode: (value, transactionId) => decodeMasked(facts.id, value, mask(transactionId)),
    encode: (value, transactionId) => encodeMasked(value, mask(transactionId)),
    fields: (value, transactionId) => maskedFields(value, mask(transactionId)),
  };
}

function mask(transactionId: Uint8Array): Uint8Array {
  return concatBytes([magicCookie, transactionId]);
}

function xor(bytes: Uint8Array, with_: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => byte ^ with_[i]!);
}

function decodeMasked(id: string, value: Uint8Array, by: Uint8Array): Result<TransportAddress> {
  if (value.length !== 8 && value.length !== 20) return wrongLength(id, value.length, '8 or 20 bytes');
  const family = value.length === 8 ? familyCodes.IPv4 : familyCodes.IPv6;
  if (value[1] !== family) {
    return fail({
      message: `${id} has a family that does not fit its length`,
      found: hexNumber(value[1]!, 2),
      expected: hexNumber(family, 2),
    });
  }
  return ok({
    address: formatAddress(xor(value.subarray(4), by)),
    port: readUint16(xor(value.subarray(2, 4), by), 0),
  });
}

function encodeMasked({ address: text, port }: TransportAddress, by: Uint8Array): Uint8Array {
  const bytes = parseAddress(text);
  invariant(bytes, `"${text}" is an address literal`);
  return concatBytes([Uint8Array.of(0, familyCodes[familyOf(text)!]), xor(uint16(port), by), xor(bytes, by)]);
}

function maskedFields(value: Uint8Array, by: Uint8Array): Field[] {
  const plain = by === noMask;
  const port = String(readUint16(xor(value.subarray(2, 4), by), 0));
  const text = formatAddress(xor(value.subarray(4), by));
  const cookie = value.length === 8 ? 'the magic cookie' : 'the magic cookie and the transaction id';
  const portMeaning = plain
    ? ''
    : `On the wire 0x${toHex(value.subarray(2, 4))}: XOR-ed with the magic cookie.`;
  const addressMeaning = plain ? '' : `On the wire 0x${toHex(value.subarray(4))}: XOR-ed with ${cookie}.`;
  return [
    field([0, 1], 'Reserved', hexNumber(value[0]!, 2), 'Sent as zero and ignored.'),
    field([1, 2], 'Family', familyNames[value[1]!] ?? hexNumber(value[1]!, 2)),
    field([2, 4], plain ? 'Port' : 'X-Port', port, portMeaning),
    field([4, value.length], plain ? 'Address' : 'X-Address', text, addressMeaning),
  ];
}
