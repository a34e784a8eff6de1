/** The published test vectors: RFC 5769 §2.1–2.4, and RFC 8489 appendix B.1 as its erratum 6268 corrects it. */
import { describe, expect, test } from 'vitest';
import { attr, type AttributeValue } from '../../../src/core/stun/attribute.ts';
import { xorMappedAddress } from '../../../src/core/stun/attributes/addresses.ts';
import {
  nonce,
  passwordAlgorithm,
  realm,
  userhash,
  username,
} from '../../../src/core/stun/attributes/credentials.ts';
import { iceControlled, priority } from '../../../src/core/stun/attributes/ice.ts';
import { software } from '../../../src/core/stun/attributes/message.ts';
import { fromHex, toHex } from '../../../src/core/base/bytes.ts';
import {
  checkFingerprint,
  checkIntegrity,
  type Integrity,
  longTermKey,
  shortTermKey,
  userHash,
} from '../../../src/core/stun/integrity.ts';
import { decodeMessage, encodeMessage, get, type StunMessage } from '../../../src/core/stun/message.ts';

const hex = (text: string) => fromHex(text.replace(/\s/g, ''));

const request = hex(`00010058 2112a442 b7e7a701bc34d686fa87dfae
  80220010 5354554e207465737420636c69656e74  00240004 6e0001ff  80290008 932ff9b151263b36
  00060009 6576746a3a6836765920 2020  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2  80280004 e57a3bcf`);
const ipv4Response = hex(`0101003c 2112a442 b7e7a701bc34d686fa87dfae  8022000b 7465737420766563746f7220
  00200008 0001a147e112a643  00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7  80280004 c07d4c96`);
const ipv6Response = hex(`01010048 2112a442 b7e7a701bc34d686fa87dfae  8022000b 7465737420766563746f7220
  00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9  00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
  80280004 c8fb0b4c`);
const longTermRequest = hex(`00010060 2112a442 78ad3433c6ad72c029da412e
  00060012 e3839ee38388e383aae38383e382afe382b9 0000
  0015001c 662f2f3439396b393534643 64f4c33346f4c394653547679363473 41
  0014000b 6578616d706c652e6f726700  00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`);
const sha256Request = hex(`00010090 2112a442 78ad3433c6ad72c029da412e
  001e0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704
  00150029 6f624d61744a6f7332414141 43662f2f3439396b3935346436 4f4c33346f4c39465354767936347341 000000
  0014000b 6578616d706c652e6f726700  001d0004 00020000
  001c0020 b5c7bf005b6c52a21c51c5e892f8192413629 6cb927c43149309278cc6518e65`);

const shortTerm: Integrity = { algorithm: 'sha1', key: shortTermKey('VOkJxbRl1RmTxUk/WvJxBt') };
const matrix = '\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9';

function decoded(bytes: Uint8Array): StunMessage {
  const message = decodeMessage(bytes);
  if (!message.ok) throw new Error(message.error.message);
  return message.value;
}

/** Padding of the vectors is not zero: compare what we write with theirs after zeroing it. */
function expectSameButPadding(ours: Uint8Array, theirs: Uint8Array, padding: readonly number[]): void {
  const zeroed = theirs.slice();
  for (const at of padding) zeroed[at] = 0;
  expect(toHex(ours.subarray(0, ours.length - 32))).toBe(toHex(zeroed.subarray(0, theirs.length - 32)));
}

describe('RFC 5769', () => {
  test('§2.1 sample request', () => {
    const message = decoded(request);
    expect([message.class, message.method]).toEqual(['request', 1]);
    expect(get(message, software)).toBe('STUN test client');
    expect(get(message, priority)).toBe(0x6e0001ff);
    expect(get(message, iceControlled)).toBe('932ff9b151263b36');
    expect(get(message, username)).toBe('evtj:h6vY');
    expect(checkIntegrity(message, shortTerm)).toBe('good');
    expect(checkFingerprint(message)).toBe('good');
    expectSameButPadding(
      again(message, [
        attr(software, 'STUN test client'),
        attr(priority, 0x6e0001ff),
        attr(iceControlled, '932ff9b151263b36'),
        attr(username, 'evtj:h6vY'),
      ]),
      request,
      [73, 74, 75],
    );
  });

  test.each([
    ['§2.2 sample IPv4 response', ipv4Response, '192.0.2.1'],
    ['§2.3 sample IPv6 response', ipv6Response, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('%s', (_name, bytes, address) => {
    const message = decoded(bytes);
    expect([message.class, message.method]).toEqual(['success', 1]);
    expect(get(message, software)).toBe('test vector');
    expect(get(message, xorMappedAddress)).toEqual({ address, port: 32853 });
    expect(checkIntegrity(message, shortTerm)).toBe('good');
    expect(checkFingerprint(message)).toBe('good');
    const attributes = [attr(software, 'test vector'), attr(xorMappedAddress, { address, port: 32853 })];
    expectSameButPadding(again(message, attributes), bytes, [35]);
  });

  test('§2.4 sample request with long-term authentication', () => {
    const message = decoded(longTermRequest);
    const integrity: Integrity = { algorithm: 'sha1', key: longTermKey(matrix, 'example.org', 'TheMatrIX') };
    expect(checkIntegrity(message, integrity)).toBe('good');
    expect(checkIntegrity(message, { ...integrity, key: shortTermKey('TheMatrIX') })).toBe('bad');
    const { transactionId } = message;
    const attributes = [
      attr(username, matrix),
      attr(nonce, 'f//499k954d6OL34oL9FSTvy64sA'),
      attr(realm, 'example.org'),
    ];
    const written = bindingRequest(transactionId, attributes, integrity);
    expect(toHex(written)).toBe(toHex(longTermRequest));
  });
});

test('RFC 8489 appendix B.1: USERHASH and MESSAGE-INTEGRITY-SHA256', () => {
  const message = decoded(sha256Request);
  const integrity: Integrity = {
    algorithm: 'sha256',
    key: longTermKey(matrix, 'example.org', 'TheMatrIX', 'sha256'),
  };
  expect(checkIntegrity(message, integrity)).toBe('good');
  const { transactionId } = message;
  const attributes = [
    attr(userhash, userHash(matrix, 'example.org')),
    attr(nonce, 'obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA'),
    attr(realm, 'example.org'),
    attr(passwordAlgorithm, { number: 2, parameters: new Uint8Array(0) }),
  ];
  const written = bindingRequest(transactionId, attributes, integrity);
  expect(toHex(written)).toBe(toHex(sha256Request));
});

const bindingRequest = (
  transactionId: Uint8Array,
  attributes: readonly AttributeValue[],
  integrity: Integrity,
): Uint8Array =>
  encodeMessage({ class: 'request', method: 1, transactionId, attributes, integrity: [integrity] });

function again(message: StunMessage, attributes: readonly AttributeValue[]): Uint8Array {
  const { class: stunClass, method, transactionId } = message;
  const bytes = encodeMessage({
    class: stunClass,
    method,
    transactionId,
    attributes,
    integrity: [shortTerm],
    fingerprint: true,
  });
  const own = decoded(bytes);
  expect([checkIntegrity(own, shortTerm), checkFingerprint(own)]).toEqual(['good', 'good']);
  return bytes;
}
