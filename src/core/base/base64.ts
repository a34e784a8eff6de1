/** base64 and base64url to bytes: RFC 4648 sections 4 and 5. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_ALPHABET = `${ALPHABET.slice(0, 62)}-_`;
const VALUES: ReadonlyMap<number, number> = new Map(
  [...ALPHABET, '-', '_'].map((char, index) => [char.charCodeAt(0), index < 64 ? index : index - 2]),
);

/** Undefined when the text has other characters or an impossible length. White space and padding are ignored. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[\s=]/g, '');
  if (digits.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const value = VALUES.get(digits.charCodeAt(i));
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at] = (bits >> count) & 0xff;
    at += 1;
  }
  return bytes;
}

/** base64 with padding: RFC 4648 section 4. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encode(bytes, ALPHABET);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** base64url without padding: RFC 4648 section 5. */
export const encodeBase64Url = (bytes: Uint8Array): string => encode(bytes, URL_ALPHABET);

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63];
    const length = Math.min(3, bytes.length - at) + 1;
    for (const digit of digits.slice(0, length)) text += alphabet[digit];
  }
  return text;
}
