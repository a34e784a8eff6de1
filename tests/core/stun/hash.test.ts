/** The small hashes against Node's. */
import { createHash, createHmac } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../../src/core/stun/bytes.ts';
import { crc32 } from '../../../src/core/base/crc32.ts';
import { hmacSha1, hmacSha256 } from '../../../src/core/stun/hash/hmac.ts';
import { md5 } from '../../../src/core/stun/hash/md5.ts';
import { sha1 } from '../../../src/core/stun/hash/sha1.ts';
import { sha256 } from '../../../src/core/stun/hash/sha256.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

test.each([
  ['md5', md5],
  ['sha1', sha1],
  ['sha256', sha256],
])('%s', (name, hash) => {
  fc.assert(
    fc.property(bytes, (data) => toHex(hash(data)) === createHash(name).update(data).digest('hex')),
    { numRuns: 500 },
  );
});

test.each([
  ['sha1', hmacSha1],
  ['sha256', hmacSha256],
])('HMAC with %s', (name, hmac) => {
  fc.assert(
    fc.property(
      bytes,
      bytes,
      (key, data) => toHex(hmac(key, data)) === createHmac(name, key).update(data).digest('hex'),
    ),
  );
});

test('CRC-32 gives the published check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  if (zlibCrc32) fc.assert(fc.property(bytes, (data) => crc32(data) === zlibCrc32(data)));
});
