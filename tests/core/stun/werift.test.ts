/** Another implementation's opinion on 10,000 random messages, in both directions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Message, parseMessage } from 'werift-ice/lib/ice-server/src/stun/message.js';
import type { TransportAddress } from '../../../src/core/base/address.ts';
import type { AttributeValue } from '../../../src/core/stun/attribute.ts';
import { fromHex, toHex } from '../../../src/core/base/bytes.ts';
import { messageType } from '../../../src/core/stun/header.ts';
import { decodeMessage, encodeMessage, get } from '../../../src/core/stun/message.ts';
import { anyMessage } from './arbitrary.ts';

/** How werift writes our value; what is not named here it takes as it is. */
const conversions: Readonly<Record<string, (value: never) => unknown>> = {
  'MAPPED-ADDRESS': toPair,
  'XOR-MAPPED-ADDRESS': toPair,
  'XOR-PEER-ADDRESS': toPair,
  'XOR-RELAYED-ADDRESS': toPair,
  'ALTERNATE-SERVER': toPair,
  'RESPONSE-ORIGIN': toPair,
  'OTHER-ADDRESS': toPair,
  'ERROR-CODE': ({ code, reason }: { code: number; reason: string }) => [code, reason],
  'REQUESTED-TRANSPORT': upperByte,
  'REQUESTED-ADDRESS-FAMILY': upperByte,
  'ICE-CONTROLLED': (hex: string) => BigInt(`0x${hex}`),
  'ICE-CONTROLLING': (hex: string) => BigInt(`0x${hex}`),
  'RESERVATION-TOKEN': (hex: string) => Buffer.from(fromHex(hex)),
  NONCE: (text: string) => Buffer.from(text),
  USERHASH: (bytes: Uint8Array) => Buffer.from(bytes),
  DATA: (bytes: Uint8Array) => Buffer.from(bytes),
  'UNKNOWN-ATTRIBUTES': (list: readonly number[]) => [...list],
  'USE-CANDIDATE': () => null,
};
const asTheyAre = [
  'USERNAME',
  'CHANNEL-NUMBER',
  'LIFETIME',
  'REALM',
  'PRIORITY',
  'SOFTWARE',
  'ALTERNATE-DOMAIN',
];
const shared = new Set([...Object.keys(conversions), ...asTheyAre]);

function toPair({ address, port }: TransportAddress): [string, number] {
  return [address, port];
}

function upperByte(value: number): number {
  return value * 2 ** 24;
}

function theirs({ def, value }: AttributeValue): [never, unknown] {
  return [def.id as never, conversions[def.id]?.(value as never) ?? (conversions[def.id] ? null : value)];
}

test('both write the same bytes, and each reads what the other wrote', () => {
  const key = Buffer.from('secret');
  fc.assert(
    fc.property(anyMessage(shared), (input) => {
      const type = messageType(input.method, input.class);
      const their = new Message(type & 0x3eef, type & 0x0110, Buffer.from(input.transactionId));
      for (const each of input.attributes) their.setAttribute(...theirs(each));
      their.addMessageIntegrity(key).addFingerprint();
      const ours = encodeMessage({ ...input, integrity: [{ algorithm: 'sha1', key }], fingerprint: true });
      expect(toHex(ours)).toBe(their.bytes.toString('hex'));

      const read = decodeMessage(new Uint8Array(their.bytes));
      if (!read.ok) throw new Error(read.error.message);
      for (const { def, value } of input.attributes) expect(get(read.value, def)).toEqual(value);
      const readByThem = parseMessage(Buffer.from(ours), key);
      for (const each of input.attributes) {
        const [id, value] = theirs(each);
        expect(readByThem?.getAttributeValue(id)).toEqual(value);
      }
    }),
    { numRuns: 10_000, seed: 5 },
  );
});
