/**
 * Bytes as letters and digits alone, which every chat leaves as they are: `_` and `-` of base64url become italics and
 * dashes in some. Eight bytes make eleven characters (62^11 > 2^64): 1.375 characters a byte.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BLOCK = 8;
/** Characters for 0 to 8 bytes. */
const WIDTHS = [0, 2, 3, 5, 6, 7, 9, 10, 11] as const;
const FULL = WIDTHS[BLOCK];

export const encodedLength = (bytes: number): number =>
  Math.floor(bytes / BLOCK) * FULL + WIDTHS[(bytes % BLOCK) as 0];

/** A number as `width` characters, the highest digit first. */
export function digits62(number: bigint, width: number): string {
  let rest = number;
  let text = '';
  for (let at = 0; at < width; at++) {
    text = DIGITS[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text;
}

export function encode62(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    const number = block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    text += digits62(number, WIDTHS[block.length as 0]);
  }
  return text;
}

/** Null for a text that `encode62` never writes. */
export function decode62(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += FULL) {
    const block = decodeBlock(text.slice(at, at + FULL));
    if (!block) return null;
    bytes.push(...block);
  }
  return Uint8Array.from(bytes);
}

function decodeBlock(text: string): readonly number[] | null {
  const size = (WIDTHS as readonly number[]).indexOf(text.length);
  const values = [...text].map((character) => DIGITS.indexOf(character));
  if (size < 1 || values.includes(-1)) return null;
  let number = values.reduce((sum, value) => sum * 62n + BigInt(value), 0n);
  const bytes = Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    bytes[at] = Number(number & 255n);
    number >>= 8n;
  }
  return number === 0n ? bytes : null;
}
