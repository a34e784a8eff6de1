/**
 * STUN messages (RFC 8489 §5, §14): bytes → header and attributes, and back. Decoding checks the structure only; the
 * value of an attribute is decoded when somebody asks for it (`get`), or several at once (`firstMalformed`).
 */
import { invariant } from '../base/assert.ts';
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { type AttributeDef, type AttributeValue, isComprehensionRequired } from './attribute.ts';
import { attributeByType } from './attributes/index.ts';
import { concatBytes, readUint16, uint16 } from '../base/bytes.ts';
import {
  classOf,
  encodeHeader,
  headerLength,
  looksLikeStun,
  messageType,
  methodOf,
  statedLength,
  type StunClass,
} from './header.ts';
import { appendFingerprint, appendIntegrity, type Integrity } from './integrity.ts';

export interface StunMessage {
  readonly class: StunClass;
  /** For example 0x001, Binding (see methods.ts). */
  readonly method: number;
  /** Twelve bytes. */
  readonly transactionId: Uint8Array;
  /** In the order of the message, also those that a receiver ignores. */
  readonly attributes: readonly RawAttribute[];
  /** The whole message. */
  readonly bytes: Uint8Array;
}

export interface RawAttribute {
  readonly type: number;
  /** Where its type field begins, counted from the start of the message. */
  readonly start: number;
  readonly value: Uint8Array;
  /** It stands after the integrity that would protect it, so a receiver must not look at it (RFC 8489 §14.5, §14.6). */
  readonly ignored: boolean;
}

const integrityTypes = { sha1: 0x0008, sha256: 0x001c, fingerprint: 0x8028 };

/** Reads one message that fills the bytes exactly. */
export function decodeMessage(bytes: Uint8Array): Result<StunMessage> {
  const problem = headerProblem(bytes);
  if (problem) return fail(problem);
  const attributes = splitAttributes(bytes);
  if (!attributes.ok) return attributes;
  const type = readUint16(bytes, 0);
  return ok({
    class: classOf(type),
    method: methodOf(type),
    transactionId: bytes.subarray(8, headerLength),
    attributes: attributes.value,
    bytes,
  });
}

function headerProblem(bytes: Uint8Array): Problem | undefined {
  if (bytes.length < headerLength) {
    return { message: 'the header is cut off', found: `${bytes.length} bytes`, expected: '20 bytes' };
  }
  if (!looksLikeStun(bytes))
    return { message: 'not a STUN message: two zero bits or the magic cookie are missing' };
  const stated = statedLength(bytes);
  if (stated % 4 !== 0) {
    return { message: 'the length is not a multiple of four', where: 'byte 2', found: String(stated) };
  }
  if (stated === bytes.length - headerLength) return undefined;
  const found = `${bytes.length - headerLength} bytes after the header`;
  return { message: 'the length does not fit the datagram', where: 'byte 2', found, expected: `${stated}` };
}

function splitAttributes(bytes: Uint8Array): Result<RawAttribute[]> {
  const attributes: RawAttribute[] = [];
  const seen = new Set<number>();
  let start = headerLength;
  while (start < bytes.length) {
    const [type, length] = [readUint16(bytes, start), readUint16(bytes, start + 2)];
    const end = start + 4 + length;
    if (end > bytes.length) {
      const found = `${bytes.length - start - 4} bytes`;
      return fail({
        message: 'an attribute is cut off',
        where: `byte ${start}`,
        found,
        expected: `${length} bytes`,
      });
    }
    attributes.push({ type, start, value: bytes.subarray(start + 4, end), ignored: isIgnored(type, seen) });
    seen.add(type);
    start = end + paddingAfter(length);
  }
  return ok(attributes);
}

/** What may still count after an integrity attribute: the stronger integrity, and the fingerprint. */
function isIgnored(type: number, seen: ReadonlySet<number>): boolean {
  if (seen.has(integrityTypes.fingerprint)) return true;
  if (seen.has(integrityTypes.sha256)) return type !== integrityTypes.fingerprint;
  if (seen.has(integrityTypes.sha1))
    return type !== integrityTypes.fingerprint && type !== integrityTypes.sha256;
  return false;
}

/** The zero to three bytes that fill a value up to a multiple of four (RFC 8489 §14). */
export function paddingAfter(length: number): number {
  return (4 - (length % 4)) % 4;
}

/** The value of an attribute: of the first one of its type (RFC 8489 §14); undefined when missing or malformed. */
export function get<T>(message: StunMessage, def: AttributeDef<T>): T | undefined {
  const found = message.attributes.find((each) => each.type === def.type && !each.ignored);
  if (found === undefined) return undefined;
  const decoded = def.decode(found.value, message.transactionId);
  return decoded.ok ? decoded.value : undefined;
}

/** The values of every attribute of this type; malformed ones are left out. */
export function getAll<T>(message: StunMessage, def: AttributeDef<T>): T[] {
  return message.attributes
    .filter((each) => each.type === def.type && !each.ignored)
    .map((each) => def.decode(each.value, message.transactionId))
    .flatMap((decoded) => (decoded.ok ? [decoded.value] : []));
}

export function has(message: StunMessage, def: AttributeDef<unknown>): boolean {
  return message.attributes.some((each) => each.type === def.type && !each.ignored);
}

/** The first attribute of these types whose value its definition refuses, and why. */
export function firstMalformed(message: StunMessage, types: ReadonlySet<number>): Problem | undefined {
  for (const { type, value, start, ignored } of message.attributes) {
    if (ignored || !types.has(type)) continue;
    const decoded = attributeByType(type)?.decode(value, message.transactionId);
    if (decoded && !decoded.ok) return { ...decoded.error, where: `byte ${start}` };
  }
  return undefined;
}

/** The attributes that a receiver must understand and that are not among `understood`: what a 420 lists. */
export function unknownRequired(message: StunMessage, understood: ReadonlySet<number>): number[] {
  const types = message.attributes
    .filter((each) => !each.ignored && isComprehensionRequired(each.type) && !understood.has(each.type))
    .map((each) => each.type);
  return [...new Set(types)];
}

export interface EncodeInput {
  readonly class: StunClass;
  readonly method: number;
  readonly transactionId: Uint8Array;
  readonly attributes: readonly AttributeValue[];
  /** Protects what stands before it; both may be given, the older one first. */
  readonly integrity?: readonly Integrity[];
  readonly fingerprint?: boolean;
}

/** Writes a message; padding is zero. */
export function encodeMessage(input: EncodeInput): Uint8Array<ArrayBuffer> {
  invariant(input.transactionId.length === 12, 'a transaction id has twelve bytes');
  const body = concatBytes(input.attributes.map((each) => encodeAttribute(each, input.transactionId)));
  const header = encodeHeader(messageType(input.method, input.class), body.length, input.transactionId);
  let bytes = concatBytes([header, body]);
  for (const integrity of input.integrity ?? []) bytes = appendIntegrity(bytes, integrity);
  return input.fingerprint === true ? appendFingerprint(bytes) : bytes;
}

function encodeAttribute({ def, value }: AttributeValue, transactionId: Uint8Array): Uint8Array {
  const encoded = def.encode(value, transactionId);
  return concatBytes([
    uint16(def.type),
    uint16(encoded.length),
    encoded,
    new Uint8Array(paddingAfter(encoded.length)),
  ]);
}
