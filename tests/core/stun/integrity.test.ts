/** Keys and digests as Node makes them, so that what a package does with bytes is held against another one. */
import { createHash, createHmac } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/base/crc32.ts';
import { toHex } from '../../../src/core/base/bytes.ts';
import { appendIntegrity, longTermKey, userHash } from '../../../src/core/stun/integrity.ts';
import { encodeMessage } from '../../../src/core/stun/message.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
/** Printable ASCII: what opaqueString leaves as it is. */
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 200 });

test.each(['md5', 'sha256'] as const)('the key of a long-term credential with %s', (algorithm) => {
  fc.assert(
    fc.property(ascii, ascii, ascii, (name, realm, password) => {
      const digest = createHash(algorithm).update(`${name}:${realm}:${password}`).digest('hex');
      return toHex(longTermKey(name, realm, password, algorithm)) === digest;
    }),
  );
});

test('USERHASH', () => {
  fc.assert(
    fc.property(ascii, ascii, (name, realm) => {
      const digest = createHash('sha256').update(`${name}:${realm}`).digest('hex');
      return toHex(userHash(name, realm)) === digest;
    }),
  );
});

test.each(['sha1', 'sha256'] as const)('an integrity with %s, with keys of every length', (algorithm) => {
  const empty = encodeMessage({
    class: 'request',
    method: 1,
    transactionId: new Uint8Array(12),
    attributes: [],
  });
  fc.assert(
    fc.property(bytes, (key) => {
      const message = appendIntegrity(empty, { algorithm, key });
      const covered = message.subarray(0, empty.length);
      const digest = createHmac(algorithm, key).update(covered).digest('hex');
      return toHex(message.subarray(empty.length + 4)) === digest;
    }),
  );
});

test('CRC-32 gives the published check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  if (zlibCrc32) fc.assert(fc.property(bytes, (data) => crc32(data) === zlibCrc32(data)));
});
