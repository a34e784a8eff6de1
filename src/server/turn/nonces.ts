/**
 * Nonces (RFC 8489 §9.2, §14.10) that need no memory: the time of issue, and a keyed digest over it and the client's
 * transport address. So a nonce dies with time, and is worth nothing to another client. Short, since a 401 goes to
 * whoever claims to have asked.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const digestLength = 8;

export class Nonces {
  readonly #secret = randomBytes(32);
  readonly #lifetime: number;

  /** `lifetime` in milliseconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  /** Sixteen characters; `now` in milliseconds. */
  issue(client: string, now: number): string {
    const time = Buffer.alloc(4);
    time.writeUInt32BE(Math.floor(now / 1000) % 2 ** 32);
    return Buffer.concat([time, this.#digest(time, client)]).toString('base64url');
  }

  isValid(nonce: string, client: string, now: number): boolean {
    const bytes = Buffer.from(nonce, 'base64url');
    if (nonce.length !== 16 || bytes.length !== 4 + digestLength) return false;
    const time = bytes.subarray(0, 4);
    if (!timingSafeEqual(bytes.subarray(4), this.#digest(time, client))) return false;
    const age = now - time.readUInt32BE() * 1000;
    return age >= -1000 && age <= this.#lifetime;
  }

  #digest(time: Buffer, client: string): Buffer {
    return createHmac('sha256', this.#secret).update(time).update(client).digest().subarray(0, digestLength);
  }
}
