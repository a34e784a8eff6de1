/** Who may allocate: long-term credentials (RFC 8489 §9.2), made at random when the server starts or when asked for. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Integrity } from '../../core/stun/integrity.ts';
import { opaqueString } from '../../core/stun/integrity.ts';

export interface Account {
  readonly username: string;
  readonly credential: string;
}

export class Accounts {
  readonly realm: string;
  readonly #keys = new Map<string, Uint8Array>();

  constructor(realm: string) {
    this.realm = realm;
  }

  /** A new account with a random name and 144 random bits as its password. */
  create(): Account {
    const account = {
      username: `icescope-${randomBytes(4).toString('hex')}`,
      credential: randomBytes(18).toString('base64url'),
    };
    this.add(account);
    return account;
  }

  add({ username, credential }: Account): void {
    const text = [username, this.realm, credential].map(opaqueString).join(':');
    this.#keys.set(username, createHash('md5').update(text).digest());
  }

  remove(username: string): void {
    this.#keys.delete(username);
  }

  /** What to check and sign this user's messages with; undefined for a stranger. */
  integrityOf(username: string, algorithm: Integrity['algorithm']): Integrity | undefined {
    const key = this.#keys.get(username);
    return (
      key && { algorithm, key, hmac: (secret, bytes) => createHmac(algorithm, secret).update(bytes).digest() }
    );
  }
}
