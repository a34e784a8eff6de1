/**
 * The twenty bytes that open a STUN message (RFC 8489 §5).
 *
 *     |0 0|   message type (14)   |        message length (16)        |
 *     |                       magic cookie (32)                       |
 *     |                     transaction id (96)                       |
 */
import { concatBytes, readUint16, uint16 } from '../base/bytes.ts';

export const headerLength = 20;
export const magicCookie: Uint8Array = Uint8Array.of(0x21, 0x12, 0xa4, 0x42);

export type StunClass = 'request' | 'indication' | 'success' | 'error';

const classes: readonly StunClass[] = ['request', 'indication', 'success', 'error'];

/**
 * The type interleaves method and class: M11–M7 C1 M6–M4 C0 M3–M0 (RFC 8489 §5, figure 3).
 * Example: method 0x001, class success → 0x0101.
 */
export function messageType(method: number, stunClass: StunClass): number {
  const bits = classes.indexOf(stunClass);
  const spread = ((method & 0xf80) << 2) | ((method & 0x070) << 1) | (method & 0x00f);
  return spread | ((bits & 0b10) << 7) | ((bits & 0b01) << 4);
}

export function methodOf(type: number): number {
  return ((type >> 2) & 0xf80) | ((type >> 1) & 0x070) | (type & 0x00f);
}

export function classOf(type: number): StunClass {
  return classes[((type >> 7) & 0b10) | ((type >> 4) & 0b01)]!;
}

export function encodeHeader(type: number, length: number, transactionId: Uint8Array): Uint8Array {
  return concatBytes([uint16(type), uint16(length), magicCookie, transactionId]);
}

/** Whether the bytes can open a STUN message: two zero bits, and the cookie at its place (RFC 8489 §6.3). */
export function looksLikeStun(bytes: Uint8Array): boolean {
  return (
    bytes.length >= headerLength && bytes[0]! < 0x40 && magicCookie.every((byte, i) => bytes[4 + i] === byte)
  );
}

/** The length field: the bytes after the header. */
export function statedLength(bytes: Uint8Array): number {
  return readUint16(bytes, 2);
}
