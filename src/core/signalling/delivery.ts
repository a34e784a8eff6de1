/**
 * Messages once and in order over a way that may lose, repeat or break: the sender numbers them and keeps each until the
 * receiver has acknowledged it, the receiver takes only the one that it waits for (go-back-N).
 */
import { type Envelope, roomLimits } from './room-messages.ts';

/** How much may wait for the other side, and how many messages may be on their way at once. */
export const outboxLimits = { envelopes: 2000, bytes: 4 * 1024 * 1024, onTheWay: 128 };

export class OutboxFull extends Error {
  override readonly name = 'OutboxFull';
}

/** What one sender has not seen acknowledged yet. */
export class Outbox {
  readonly #kept: { readonly text: string; readonly bytes: number }[] = [];
  #acked = 0;
  #taken = 0;
  #bytes = 0;

  /** Throws `OutboxFull` when the message is too long or too much waits already: nothing is dropped silently. */
  put(text: string): void {
    const bytes = utf8Length(text);
    if (bytes > roomLimits.envelopeBytes)
      throw new OutboxFull(
        `A letter of ${bytes} bytes is too long: a room carries ${roomLimits.envelopeBytes}.`,
      );
    if (this.#kept.length >= outboxLimits.envelopes || this.#bytes + bytes > outboxLimits.bytes)
      throw new OutboxFull(
        `${this.#kept.length} letters wait for the other side, and no more are kept. It has to join, or come back, first.`,
      );
    this.#kept.push({ text, bytes });
    this.#bytes += bytes;
  }

  /** The messages that may go now, `most` at a time, in order; each is given once until `rewind`. */
  take(most = outboxLimits.onTheWay): Envelope[] {
    const from = this.#taken - this.#acked;
    const envelopes = this.#kept
      .slice(from, Math.min(from + most, outboxLimits.onTheWay))
      .map(({ text }, index) => ({ n: this.#taken + 1 + index, base: this.#acked, text }));
    this.#taken += envelopes.length;
    return envelopes;
  }

  /** Everything that is not acknowledged goes again. */
  rewind(): void {
    this.#taken = this.#acked;
  }

  /** Lets go of all up to `n`; false when that says nothing new. A number that was never given counts for nothing. */
  ack(n: number): boolean {
    if (n <= this.#acked || n > this.#acked + this.#kept.length) return false;
    for (const { bytes } of this.#kept.splice(0, n - this.#acked)) this.#bytes -= bytes;
    this.#acked = n;
    this.#taken = Math.max(this.#taken, n);
    return true;
  }

  get waiting(): number {
    return this.#kept.length;
  }

  get onTheWay(): number {
    return this.#taken - this.#acked;
  }
}

/** `gap`: one before it is missing. */
export type Taken = 'new' | 'seen' | 'gap';

const REMEMBERED_STREAMS = 16;

/** What one receiver has taken of the stream it hears; an earlier stream is never heard again. */
export class Inbox {
  #stream: string | null = null;
  #taken = 0;
  readonly #past: string[] = [];

  take(stream: string, { n, base }: Envelope): Taken {
    if (this.#past.includes(stream)) return 'seen';
    if (stream !== this.#stream) this.#begin(stream);
    // Who sat here before took all up to `base`.
    this.#taken = Math.max(this.#taken, base);
    if (n <= this.#taken) return 'seen';
    if (n > this.#taken + 1) return 'gap';
    this.#taken = n;
    return 'new';
  }

  /** What has come so far, to be said to the sender; null before the first message. */
  get taken(): { readonly stream: string; readonly n: number } | null {
    return this.#stream === null ? null : { stream: this.#stream, n: this.#taken };
  }

  #begin(stream: string): void {
    if (this.#stream !== null) this.#past.push(this.#stream);
    if (this.#past.length > REMEMBERED_STREAMS) this.#past.shift();
    this.#stream = stream;
    this.#taken = 0;
  }
}

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
