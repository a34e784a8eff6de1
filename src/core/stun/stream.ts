/**
 * STUN and ChannelData over TCP (RFC 8489 §6.2.2, RFC 8656 §12.5): both say how long they are, and ChannelData is padded
 * to a multiple of four there.
 */
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { concatBytes, copyBytes, hexNumber, readUint16 } from '../base/bytes.ts';
import { channelNumbers, isChannelNumber } from './channel-data.ts';
import { headerLength, magicCookie } from './header.ts';
import { paddingAfter } from './message.ts';

/**
 * Cuts a stream into frames. It never holds more than one unfinished frame (at most 65,555 bytes, in a buffer of at most
 * twice that), and refuses a stream at the first bytes that open neither message, since nothing after them can be found
 * again.
 */
export class StreamFramer {
  #held: Uint8Array = new Uint8Array(0);
  #length = 0;
  readonly #lastChannel: number;

  constructor(lastChannel: number = channelNumbers.last) {
    this.#lastChannel = lastChannel;
  }

  /** The frames that `chunk` completes, padding left out; after a Problem the stream is to be closed. */
  push(chunk: Uint8Array): Result<Uint8Array[], Problem> {
    if (this.#length === 0) return this.#cut(chunk);
    this.#append(chunk);
    const bytes = this.#held.subarray(0, this.#length);
    const first = nextFrame(bytes, this.#lastChannel);
    if (!first.ok || first.value === undefined) return first.ok ? ok([]) : first;
    return this.#cut(bytes);
  }

  /** How many bytes wait for the rest of their frame. */
  get waiting(): number {
    return this.#length;
  }

  /** Frames are views of `bytes`; what is left over is copied. */
  #cut(bytes: Uint8Array): Result<Uint8Array[], Problem> {
    const frames: Uint8Array[] = [];
    let at = 0;
    for (;;) {
      const frame = nextFrame(bytes.subarray(at), this.#lastChannel);
      if (!frame.ok) return frame;
      if (frame.value === undefined) break;
      frames.push(bytes.subarray(at, at + frame.value.length));
      at += frame.value.length + frame.value.padding;
    }
    this.#held = copyBytes(bytes, at);
    this.#length = this.#held.length;
    return ok(frames);
  }

  /** Doubles the buffer when it is full, so that a stream that comes byte by byte is not copied each time. */
  #append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#held.length) {
      const larger = new Uint8Array(Math.max(length, this.#held.length * 2));
      larger.set(this.#held.subarray(0, this.#length));
      this.#held = larger;
    }
    this.#held.set(chunk, this.#length);
    this.#length = length;
  }
}

/** The extent of the frame that opens `bytes`; undefined while it is not complete. */
function nextFrame(
  bytes: Uint8Array,
  lastChannel: number,
): Result<{ length: number; padding: number } | undefined> {
  if (bytes.length < 4) return ok(undefined);
  const [first, stated] = [readUint16(bytes, 0), readUint16(bytes, 2)];
  const channel = isChannelNumber(first, lastChannel);
  if (!channel && !mayBeStun(bytes)) {
    return fail({ message: 'neither STUN nor ChannelData opens with these bytes', found: hexNumber(first) });
  }
  const length = stated + (channel ? 4 : headerLength);
  const padding = channel ? paddingAfter(stated) : 0;
  return ok(bytes.length < length + padding ? undefined : { length, padding });
}

/** As far as the bytes go: two zero bits, a length in steps of four, and the cookie. */
function mayBeStun(bytes: Uint8Array): boolean {
  const cookie = bytes.subarray(4, 8);
  return bytes[0]! < 0x40 && bytes[3]! % 4 === 0 && cookie.every((byte, i) => byte === magicCookie[i]);
}

/** A STUN message or ChannelData as it goes over a stream. */
export function frameForStream(bytes: Uint8Array): Uint8Array {
  const padding = paddingAfter(bytes.length);
  return padding === 0 ? bytes : concatBytes([bytes, new Uint8Array(padding)]);
}
