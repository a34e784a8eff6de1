/** SHA-1 (RFC 3174), for MESSAGE-INTEGRITY (RFC 8489 §14.5). */
import { bigEndianBytes, padBlocks } from './blocks.ts';

export function sha1(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = padBlocks(bytes, false);
  const schedule = new Uint32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    schedule.set(words.subarray(block, block + 16));
    addBlock(state, schedule);
  }
  return bigEndianBytes(state);
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function addBlock(state: Uint32Array, w: Uint32Array): void {
  for (let i = 16; i < 80; i++) w[i] = rotate(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
  let [a, b, c, d, e] = [state[0]!, state[1]!, state[2]!, state[3]!, state[4]!];
  for (let i = 0; i < 80; i++) {
    const sum = (rotate(a, 5) + mix(i, b, c, d) + e + w[i]!) | 0;
    [e, d, c, b, a] = [d, c, rotate(b, 30), a, sum];
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}

/** Function and constant of step `i` (RFC 3174 §5), added up. */
function mix(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}
