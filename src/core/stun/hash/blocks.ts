/**
 * The padding that MD5, SHA-1 and SHA-256 share (RFC 1321 §3.1, RFC 6234 §4.1): a one bit, zeros, and the length in
 * bits, so that whole blocks of sixteen 32-bit words come out.
 */
export function padBlocks(bytes: Uint8Array, littleEndian: boolean): Uint32Array {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(padded.length - 8, bits, littleEndian);
  return Uint32Array.from({ length: blocks * 16 }, (_, i) => view.getUint32(i * 4, littleEndian));
}

/** State words as bytes, the most significant first. */
export function bigEndianBytes(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(i * 4, word));
  return bytes;
}
