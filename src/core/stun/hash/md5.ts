/**
 * MD5 (RFC 1321). TURN still needs it: the key of a long-term credential is a MD5 digest (RFC 8489 §9.2.2).
 */
import { padBlocks } from './blocks.ts';

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

export function md5(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const words = padBlocks(bytes, true);
  for (let block = 0; block < words.length; block += 16) addBlock(state, words.subarray(block, block + 16));
  const digest = new Uint8Array(16);
  state.forEach((word, i) => new DataView(digest.buffer).setUint32(i * 4, word, true));
  return digest;
}

function addBlock(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  for (let i = 0; i < 64; i++) {
    const [mixed, index] = round(i, b, c, d);
    const sum = (a + mixed + sines[i]! + words[index]!) | 0;
    const shift = shifts[(i >> 4) * 4 + (i & 3)]!;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
}

/** The function of step `i`, and which word of the block it takes (RFC 1321 §3.4). */
function round(i: number, b: number, c: number, d: number): [mixed: number, index: number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16];
  return [c ^ (b | ~d), (7 * i) % 16];
}
