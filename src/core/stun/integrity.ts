/**
 * MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT (RFC 8489 §14.5–14.7), and the keys they take (§9).
 *
 * Each covers the message up to itself, with a length field that already counts it.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, copyBytes, encodeText, readUint32, sameBytes, uint16, uint32 } from '../base/bytes.ts';
import { headerLength, looksLikeStun } from './header.ts';
import { crc32 } from '../base/crc32.ts';

/** A keyed digest (RFC 2104). */
export type Hmac = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;

export interface Integrity {
  readonly algorithm: 'sha1' | 'sha256';
  /** See `shortTermKey` and `longTermKey`. */
  readonly key: Uint8Array;
  /** Default: one that needs no platform; Node's is faster. */
  readonly hmac?: Hmac;
  /** The usage of STUN allows a MESSAGE-INTEGRITY-SHA256 cut to 16 bytes or more, in steps of four: none of ours does. */
  readonly mayBeCut?: boolean;
}

/** `missing`: there is no such attribute. */
export type Verdict = 'good' | 'bad' | 'missing';

interface Protected {
  readonly bytes: Uint8Array;
  readonly attributes: readonly {
    readonly type: number;
    readonly start: number;
    readonly value: Uint8Array;
  }[];
}

const hmacWith =
  (hash: typeof sha1): Hmac =>
  (key, bytes) =>
    hmac(hash, key, bytes);

const kinds = {
  sha1: { type: 0x0008, hmac: hmacWith(sha1), length: 20 },
  sha256: { type: 0x001c, hmac: hmacWith(sha256), length: 32 },
};
const fingerprintType = 0x8028;
const fingerprintMask = 0x5354554e;

/** Text of a user name, realm or password as a key takes it: spaces unified, then NFC (OpaqueString, RFC 8265 §4.2). */
export function opaqueString(text: string): string {
  return text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** The key of a short-term credential: the password (RFC 8489 §9.1.1). ICE uses this, with `ice-pwd`. */
export function shortTermKey(password: string): Uint8Array {
  return encodeText(opaqueString(password));
}

/** The key of a long-term credential (RFC 8489 §9.2.2). TURN uses this. */
export function longTermKey(
  username: string,
  realm: string,
  password: string,
  hash: 'md5' | 'sha256' = 'md5',
): Uint8Array {
  const joined = encodeText([username, realm, password].map(opaqueString).join(':'));
  return hash === 'md5' ? md5(joined) : sha256(joined);
}

/** USERHASH: who asks, without the name in clear (RFC 8489 §14.4). */
export function userHash(username: string, realm: string): Uint8Array {
  return sha256(encodeText(`${opaqueString(username)}:${opaqueString(realm)}`));
}

/** The message up to byte `end`, its length field set as if an attribute with `valueLength` bytes followed. */
function coveredBytes(bytes: Uint8Array, end: number, valueLength: number): Uint8Array {
  const covered = copyBytes(bytes, 0, end);
  covered.set(uint16(end - headerLength + 4 + valueLength), 2);
  return covered;
}

export function appendIntegrity(
  bytes: Uint8Array,
  { algorithm, key, hmac: given }: Integrity,
): Uint8Array<ArrayBuffer> {
  const kind = kinds[algorithm];
  const covered = coveredBytes(bytes, bytes.length, kind.length);
  const digest = (given ?? kind.hmac)(key, covered);
  return concatBytes([covered, uint16(kind.type), uint16(kind.length), digest]);
}

/** MESSAGE-INTEGRITY-SHA256 has 32 bytes unless the usage allows less (RFC 8489 §14.6). */
export function checkIntegrity(
  message: Protected,
  { algorithm, key, hmac: given, mayBeCut = false }: Integrity,
): Verdict {
  const kind = kinds[algorithm];
  const found = message.attributes.find((each) => each.type === kind.type);
  if (found === undefined) return 'missing';
  const { length } = found.value;
  const shortest = algorithm === 'sha256' && mayBeCut ? 16 : kind.length;
  if (length < shortest || length > kind.length || length % 4 !== 0) return 'bad';
  const digest = (given ?? kind.hmac)(key, coveredBytes(message.bytes, found.start, length));
  return sameBytes(digest.subarray(0, length), found.value) ? 'good' : 'bad';
}

function fingerprintOf(covered: Uint8Array): number {
  return (crc32(covered) ^ fingerprintMask) >>> 0;
}

export function appendFingerprint(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const covered = coveredBytes(bytes, bytes.length, 4);
  return concatBytes([covered, uint16(fingerprintType), uint16(4), uint32(fingerprintOf(covered))]);
}

/** A fingerprint must be the last attribute (RFC 8489 §14.7). */
export function checkFingerprint(message: Protected): Verdict {
  const found = message.attributes.find((each) => each.type === fingerprintType);
  if (found === undefined) return 'missing';
  const last = found.start + 8 === message.bytes.length;
  if (!last || found.value.length !== 4 || !looksLikeStun(message.bytes)) return 'bad';
  const covered = message.bytes.subarray(0, found.start);
  return fingerprintOf(covered) === readUint32(found.value, 0) ? 'good' : 'bad';
}
