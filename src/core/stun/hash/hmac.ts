/** HMAC (RFC 2104) over any hash with blocks of 64 bytes. */
import { concatBytes } from '../bytes.ts';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';

export type Hash = (bytes: Uint8Array) => Uint8Array;
/** A keyed digest. The server passes Node's own, which is faster; the functions below need no platform at all. */
export type Hmac = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;

const blockLength = 64;

export function hmac(hash: Hash, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength);
  block.set(key.length > blockLength ? hash(key) : key);
  const inner = hash(concatBytes([block.map((byte) => byte ^ 0x36), bytes]));
  return hash(concatBytes([block.map((byte) => byte ^ 0x5c), inner]));
}

export const hmacSha1: Hmac = (key, bytes) => hmac(sha1, key, bytes);
export const hmacSha256: Hmac = (key, bytes) => hmac(sha256, key, bytes);
