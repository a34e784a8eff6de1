import { createHash } from 'node:crypto';

/** The first 128 bits of SHA-256, in base64url: a name that does not give away what it names. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest().subarray(0, 16).toString('base64url');
