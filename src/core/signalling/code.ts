/**
 * A signalling code, which a person carries: an offer or an answer with all its candidates, as one word of letters and digits.
 *
 *     1o0c3rTz…5K2Q   version 1, offer; then in base 62: length, when it was written, (of an answer) what it answers,
 *                     the description; the last four characters are a checksum of all before them
 *
 * Non-trickle ICE: the description holds its candidates, so one letter in each direction is all (RFC 9429, section 3.5.1).
 */
import { fail, ok, type Result } from '../base/result.ts';
import { crc32 } from '../base/crc32.ts';
import { decode62, digits62, encode62, encodedLength } from './base62.ts';
import { packSdp, unpackSdp } from './pack-sdp.ts';

export interface CodeContent {
  readonly kind: 'offer' | 'answer';
  readonly sdp: string;
  /** Milliseconds since 1970, to the second, by the writer's clock; null where it is not known. */
  readonly writtenAt: number | null;
  /** `descriptionId` of the offer that it answers; null for an offer. */
  readonly answers: number | null;
}

export type Damage =
  | { readonly is: 'newer'; readonly version: string }
  | { readonly is: 'truncated'; readonly missing: number | null }
  | { readonly is: 'altered'; readonly how: 'lower case' | 'unknown' };

/** Tells one offer from all others. */
export const descriptionId = (sdp: string): number => crc32(new TextEncoder().encode(sdp));

const VERSION = '1';
const KIND = { offer: 'o', answer: 'a' } as const;
const CHECK = 4;
/** Length, and seconds since 1970. */
const HEAD = 6;
const FIRST_BLOCK = 11;

export function writeCode({ kind, sdp, writtenAt, answers }: CodeContent): string {
  const body = packSdp(sdp);
  const head = new DataView(new ArrayBuffer(kind === 'answer' ? HEAD + 4 : HEAD));
  head.setUint16(0, head.byteLength + body.length);
  head.setUint32(2, Math.floor((writtenAt ?? 0) / 1000));
  if (kind === 'answer') head.setUint32(HEAD, answers ?? 0);
  const bytes = new Uint8Array([...new Uint8Array(head.buffer), ...body]);
  const text = `${VERSION}${KIND[kind]}${encode62(bytes)}`;
  return text + checkOf(text);
}

const checkOf = (text: string): string =>
  digits62(BigInt(crc32(new TextEncoder().encode(text))) % 62n ** BigInt(CHECK), CHECK);

/** `word` begins with the code; what follows it is left out. */
export function readCode(word: string): Result<CodeContent, Damage> {
  if (word[0] !== VERSION) return fail({ is: 'newer', version: word[0] ?? '' });
  const length = lengthOf(word);
  if (length === null) return fail(harm(word));
  if (word.length < length) return fail({ is: 'truncated', missing: length - word.length });
  const text = word.slice(0, length - CHECK);
  const bytes = decode62(text.slice(2));
  if (!bytes || checkOf(text) !== word.slice(text.length, length)) return fail(harm(word));
  return read(word[1] === KIND.offer ? 'offer' : 'answer', bytes, word);
}

function read(kind: 'offer' | 'answer', bytes: Uint8Array, word: string): Result<CodeContent, Damage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const body = kind === 'answer' ? HEAD + 4 : HEAD;
  try {
    const seconds = view.getUint32(2);
    return ok({
      kind,
      sdp: unpackSdp(bytes.subarray(body)),
      writtenAt: seconds === 0 ? null : seconds * 1000,
      answers: kind === 'answer' ? view.getUint32(HEAD) : null,
    });
  } catch {
    return fail(harm(word));
  }
}

/** Characters of the whole code, as its first block says; null when there is no such block. */
function lengthOf(word: string): number | null {
  const first = decode62(word.slice(2, 2 + FIRST_BLOCK));
  if (!first || first.length < 2) return null;
  const bytes = first[0]! * 256 + first[1]!;
  return 2 + encodedLength(bytes) + CHECK;
}

const harm = (word: string): Damage =>
  word.length < 2 + FIRST_BLOCK
    ? { is: 'truncated', missing: null }
    : { is: 'altered', how: /[A-Z]/.test(word) ? 'unknown' : 'lower case' };
