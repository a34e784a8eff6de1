/** Every byte of whatever arrives is accounted for, once and in order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attr } from '../../../src/core/stun/attribute.ts';
import { xorMappedAddress } from '../../../src/core/stun/attributes/addresses.ts';
import { username } from '../../../src/core/stun/attributes/credentials.ts';
import { priority, useCandidate } from '../../../src/core/stun/attributes/ice.ts';
import { errorCode } from '../../../src/core/stun/attributes/message.ts';
import { data } from '../../../src/core/stun/attributes/relaying.ts';
import { concatBytes, fromHex } from '../../../src/core/base/bytes.ts';
import { encodeChannelData } from '../../../src/core/stun/channel-data.ts';
import { describePacket } from '../../../src/core/stun/describe.ts';
import { type Field, leaves } from '../../../src/core/stun/field.ts';
import { encodeMessage } from '../../../src/core/stun/message.ts';
import { methods } from '../../../src/core/stun/methods.ts';
import { anyMessage } from './arbitrary.ts';

const transactionId = new Uint8Array(12).fill(9);
const check = encodeMessage({
  class: 'request',
  method: methods.binding.number,
  transactionId,
  attributes: [attr(username, 'a:b'), attr(priority, 1), attr(useCandidate, true)],
  integrity: [{ algorithm: 'sha1', key: new Uint8Array(4) }],
  fingerprint: true,
});
const clientHello = fromHex('16fefd0000000000000000000f' + '010000030000000000000003' + 'abcdef');

function expectCovered(bytes: Uint8Array): void {
  const { fields } = describePacket(bytes);
  let at = 0;
  for (const leaf of leaves(fields)) {
    expect(leaf.start).toBe(at);
    expect(leaf.end).toBeGreaterThan(leaf.start);
    at = leaf.end;
  }
  expect(at).toBe(bytes.length);
  for (const field of fields) expectNested(field);
}

function expectNested(field: Field): void {
  for (const child of field.children ?? []) {
    expect(child.start).toBeGreaterThanOrEqual(field.start);
    expect(child.end).toBeLessThanOrEqual(field.end);
    expectNested(child);
  }
}

test('messages of every kind are covered', () => {
  fc.assert(
    fc.property(anyMessage(), (input) => expectCovered(encodeMessage({ ...input, fingerprint: true }))),
    { numRuns: 1000, seed: 5 },
  );
});

test('arbitrary bytes are covered, whatever they claim to be', () => {
  const first = fc.constantFrom(0, 1, 20, 22, 23, 0x2f, 0x3c, 64, 79, 128, 191, 255);
  fc.assert(
    fc.property(first, fc.uint8Array({ maxLength: 80 }), (byte, rest) =>
      expectCovered(Uint8Array.of(byte, ...rest)),
    ),
    { numRuns: 5000, seed: 5 },
  );
  expectCovered(new Uint8Array(0));
});

describe('summaries', () => {
  const message = (stunClass: 'success' | 'error', method: number, attribute: Parameters<typeof attr>) =>
    encodeMessage({ class: stunClass, method, transactionId, attributes: [attr(...attribute)] });
  test.each([
    ['Binding request, connectivity check that nominates', check],
    [
      'Binding success 192.0.2.1:5000',
      message('success', 1, [xorMappedAddress, { address: '192.0.2.1', port: 5000 }]),
    ],
    [
      'Allocate error 401 Unauthenticated',
      message('error', 3, [errorCode, { code: 401, reason: 'Unauthenticated' }]),
    ],
    ['ClientHello', clientHello],
    ['ChannelData 0x4001: ClientHello', encodeChannelData({ channel: 0x4001, data: clientHello })],
    ['encrypted ApplicationData', fromHex('17fefd00010000000000010002abcd')],
    ['encrypted Handshake, up to Finished (DTLS 1.3)', fromHex('2e00010003abcdef')],
    ['encrypted ApplicationData (DTLS 1.3)', fromHex('2f00010003abcdef')],
    ['SRTP, payload type 111', fromHex('806f00010000000200000003aabb')],
    ['malformed STUN: the header is cut off', Uint8Array.of(0, 1)],
  ])('%s', (summary, bytes) => {
    expect(describePacket(bytes).summary).toBe(summary);
    expectCovered(bytes);
  });
});

test('packets inside packets are opened, two deep', () => {
  const indication = encodeMessage({
    class: 'indication',
    method: methods.data.number,
    transactionId,
    attributes: [attr(data, check)],
  });
  const wrapped = encodeChannelData({ channel: 0x4000, data: indication });
  const inner = leaves(describePacket(wrapped).fields).find((leaf) => leaf.name === 'USERNAME');
  expect(inner && new TextDecoder().decode(wrapped.subarray(inner.start, inner.end))).toBe('a:b');
});

test('a datagram may hold several DTLS records', () => {
  expect(describePacket(concatBytes([clientHello, clientHello])).summary).toBe('ClientHello, ClientHello');
});
