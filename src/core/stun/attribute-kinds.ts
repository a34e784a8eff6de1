/**
 * The shapes that attribute values have. A kind turns the facts of an attribute into its definition; an attribute with a
 * shape of its own writes `decode`, `encode` and `fields` itself (see attributes/message.ts).
 */
import { fail, ok, type Result } from '../base/result.ts';
import type { AttributeDef, AttributeFacts } from './attribute.ts';
import { decodeText, encodeText, fromHex, hexNumber, readUint, toHex } from '../base/bytes.ts';
import { field, type Field } from './field.ts';

/** A Problem for a value of the wrong length. */
export function wrongLength(id: string, found: number, expected: string): Result<never> {
  return fail({ message: `${id} has the wrong length`, found: `${found} bytes`, expected });
}

/** No value: being there is the message. */
export function flag(facts: Omit<AttributeFacts<true>, 'example'>): AttributeDef<true> {
  return {
    ...facts,
    example: true,
    decode: (value) => (value.length === 0 ? ok(true) : wrongLength(facts.id, value.length, 'no value')),
    encode: () => new Uint8Array(0),
    fields: () => [],
  };
}

/** UTF-8 text of at most `maxBytes` bytes. */
export function text(facts: AttributeFacts<string> & { readonly maxBytes: number }): AttributeDef<string> {
  const { maxBytes, ...rest } = facts;
  return {
    ...rest,
    decode: (value) => decodeLimitedText(facts.id, value, maxBytes),
    encode: encodeText,
    fields: (value) => [field([0, value.length], facts.id, decodeText(value) ?? '', facts.meaning)],
  };
}

export function decodeLimitedText(id: string, value: Uint8Array, maxBytes: number): Result<string> {
  if (value.length > maxBytes) return wrongLength(id, value.length, `at most ${maxBytes} bytes`);
  const decoded = decodeText(value);
  return decoded === undefined ? fail({ message: `${id} is not UTF-8` }) : ok(decoded);
}

/** Bytes that the codec does not look into. */
export function opaque(
  facts: AttributeFacts<Uint8Array> & { readonly length?: number },
): AttributeDef<Uint8Array> {
  const { length, ...rest } = facts;
  return {
    ...rest,
    decode: (value) =>
      length === undefined || value.length === length
        ? ok(value)
        : wrongLength(facts.id, value.length, `${length} bytes`),
    encode: (value) => value,
    fields: (value) => [field([0, value.length], facts.id, shortHex(value), facts.meaning)],
  };
}

/** Up to sixteen bytes as digits, then how many more there are. */
export function shortHex(bytes: Uint8Array): string {
  const shown = toHex(bytes.subarray(0, 16));
  return bytes.length > 16 ? `${shown}… (${bytes.length} bytes)` : shown;
}

interface Numeric extends AttributeFacts<number> {
  /** How many bytes the number takes. */
  readonly bytes: 1 | 2 | 4;
  /** Bytes after the number that are reserved: sent as zero, ignored. */
  readonly reserved?: number;
  /** The number for people, for example `600 seconds`. */
  readonly show?: (value: number) => string;
  /** What this very value means; default: what the attribute means. */
  readonly explain?: (value: number) => string;
}

/** An unsigned number, and perhaps reserved bytes after it. */
export function number(facts: Numeric): AttributeDef<number> {
  const { bytes, reserved = 0, show = String, explain, ...rest } = facts;
  const length = bytes + reserved;
  return {
    ...rest,
    decode: (value) =>
      value.length === length
        ? ok(readUint(value.subarray(0, bytes)))
        : wrongLength(facts.id, value.length, `${length} bytes`),
    encode: (value) => encodeNumber(value, bytes, length),
    fields: (value) => {
      const decoded = readUint(value.subarray(0, bytes));
      const main = field([0, bytes], facts.id, show(decoded), explain?.(decoded) ?? facts.meaning);
      return reserved === 0 ? [main] : [main, reservedField(value, bytes, length)];
    },
  };
}

export function reservedField(value: Uint8Array, start: number, end: number): Field {
  return field([start, end], 'Reserved', toHex(value.subarray(start, end)), 'Sent as zero and ignored.');
}

function encodeNumber(value: number, bytes: number, length: number): Uint8Array {
  const encoded = new Uint8Array(length);
  for (let i = 0; i < bytes; i++) encoded[i] = Math.floor(value / 2 ** (8 * (bytes - 1 - i)));
  return encoded;
}

/** A number of 64 bits, as sixteen hexadecimal digits: JavaScript numbers can not hold it. */
export function hex64(facts: AttributeFacts<string>): AttributeDef<string> {
  return {
    ...facts,
    decode: (value) =>
      value.length === 8 ? ok(toHex(value)) : wrongLength(facts.id, value.length, '8 bytes'),
    encode: (value) => fromHex(value),
    fields: (value) => [field([0, 8], facts.id, `0x${toHex(value)}`, facts.meaning)],
  };
}

/** A list of 16-bit numbers. */
export function uint16List(
  facts: AttributeFacts<readonly number[]> & { readonly show?: (value: number) => string },
): AttributeDef<readonly number[]> {
  const { show = (value: number) => hexNumber(value), ...rest } = facts;
  const read = (value: Uint8Array) =>
    Array.from({ length: value.length / 2 }, (_, i) => readUint(value.subarray(i * 2, i * 2 + 2)));
  return {
    ...rest,
    decode: (value) =>
      value.length % 2 === 0
        ? ok(read(value))
        : wrongLength(facts.id, value.length, 'an even number of bytes'),
    encode: (value) => Uint8Array.from(value.flatMap((each) => [each >> 8, each & 0xff])),
    fields: (value) => read(value).map((each, i) => field([i * 2, i * 2 + 2], 'Entry', show(each))),
  };
}
