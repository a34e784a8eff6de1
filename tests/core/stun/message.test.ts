/** Messages: round trips, what is refused, what is ignored. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attr } from '../../../src/core/stun/attribute.ts';
import { lifetime } from '../../../src/core/stun/attributes/allocation.ts';
import { username } from '../../../src/core/stun/attributes/credentials.ts';
import { useCandidate } from '../../../src/core/stun/attributes/ice.ts';
import { software } from '../../../src/core/stun/attributes/message.ts';
import { concatBytes } from '../../../src/core/base/bytes.ts';
import { checkFingerprint, checkIntegrity, shortTermKey } from '../../../src/core/stun/integrity.ts';
import { classOf, messageType, methodOf } from '../../../src/core/stun/header.ts';
import {
  decodeMessage,
  encodeMessage,
  get,
  getAll,
  unknownRequired,
} from '../../../src/core/stun/message.ts';
import { anyMessage } from './arbitrary.ts';

const transactionId = Uint8Array.from({ length: 12 }, (_, i) => i);
const base = { class: 'request', method: 1, transactionId } as const;

test('method and class interleave both ways', () => {
  for (let type = 0; type < 0x4000; type++) expect(messageType(methodOf(type), classOf(type))).toBe(type);
  expect(messageType(1, 'success')).toBe(0x0101);
  expect(messageType(3, 'error')).toBe(0x0113);
});

test('every message reads back as it was written', () => {
  const key = shortTermKey('secret');
  fc.assert(
    fc.property(anyMessage(), fc.boolean(), fc.boolean(), (input, signed, fingerprint) => {
      const integrity = signed
        ? [{ algorithm: 'sha1', key } as const, { algorithm: 'sha256', key } as const]
        : [];
      const message = decodeMessage(encodeMessage({ ...input, integrity, fingerprint }));
      if (!message.ok) throw new Error(message.error.message);
      expect(message.value).toMatchObject({ class: input.class, method: input.method });
      for (const { def, value } of input.attributes) expect(get(message.value, def)).toEqual(value);
      expect(checkFingerprint(message.value)).toBe(fingerprint ? 'good' : 'missing');
      for (const each of integrity) expect(checkIntegrity(message.value, each)).toBe('good');
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test('a changed bit never passes integrity and fingerprint', () => {
  const key = shortTermKey('secret');
  fc.assert(
    fc.property(anyMessage(), fc.nat(), (input, n) => {
      const bytes = encodeMessage({ ...input, integrity: [{ algorithm: 'sha1', key }], fingerprint: true });
      const bit = n % (bytes.length * 8);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      const message = decodeMessage(bytes);
      if (!message.ok) return;
      expect(checkFingerprint(message.value)).not.toBe('good');
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test('arbitrary bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void decodeMessage(bytes)),
    { numRuns: 5000 },
  );
});

describe('refused', () => {
  const good = encodeMessage({ ...base, attributes: [attr(lifetime, 600)] });
  const changed = (change: (bytes: Uint8Array) => void) => {
    const bytes = good.slice();
    change(bytes);
    return bytes;
  };
  test.each([
    ['nothing', new Uint8Array(0)],
    ['a header cut off', good.subarray(0, 19)],
    ['a wrong cookie', changed((bytes) => (bytes[4] = 0))],
    ['a set top bit', changed((bytes) => (bytes[0] = 0x40))],
    ['a length that is no multiple of four', changed((bytes) => (bytes[3] = 7))],
    ['a length beyond the datagram', changed((bytes) => (bytes[3] = 12))],
    ['bytes after the message', concatBytes([good, new Uint8Array(4)])],
    ['an attribute beyond the message', changed((bytes) => (bytes[23] = 5))],
  ])('%s', (_name, bytes) => expect(decodeMessage(bytes).ok).toBe(false));
});

test('attributes after the integrity are ignored, but the stronger integrity and the fingerprint', () => {
  const signed = encodeMessage({
    ...base,
    attributes: [attr(username, 'a:b')],
    integrity: [{ algorithm: 'sha1', key: shortTermKey('x') }],
  });
  const bytes = concatBytes([
    signed,
    encodeMessage({ ...base, attributes: [attr(useCandidate, true)] }).subarray(20),
  ]);
  bytes[3] = bytes.length - 20;
  const message = decodeMessage(bytes);
  if (!message.ok) throw new Error('decodes');
  expect(get(message.value, username)).toBe('a:b');
  expect(get(message.value, useCandidate)).toBeUndefined();
});

test('the first of two attributes counts', () => {
  const bytes = encodeMessage({ ...base, attributes: [attr(software, 'one'), attr(software, 'two')] });
  const message = decodeMessage(bytes);
  if (!message.ok) throw new Error('decodes');
  expect(get(message.value, software)).toBe('one');
  expect(getAll(message.value, software)).toEqual(['one', 'two']);
});

test('unknown attributes that must be understood are listed once', () => {
  const unknown = { ...software, type: 0x7ffe };
  const optional = { ...software, type: 0xfffe };
  const attributes = [attr(unknown, 'x'), attr(unknown, 'y'), attr(optional, 'z'), attr(username, 'a')];
  const message = decodeMessage(encodeMessage({ ...base, attributes }));
  if (!message.ok) throw new Error('decodes');
  expect(unknownRequired(message.value, new Set([username.type]))).toEqual([0x7ffe]);
});
