/** Long-term credentials on the server's side (RFC 8489 §9.2.4). */
import { attr } from '../../core/stun/attribute.ts';
import {
  messageIntegrity,
  messageIntegritySha256,
  nonce,
  realm,
  username,
} from '../../core/stun/attributes/credentials.ts';
import { checkIntegrity, type Integrity } from '../../core/stun/integrity.ts';
import { get, has, type StunMessage } from '../../core/stun/message.ts';
import type { Accounts } from './accounts.ts';
import type { Client } from './client.ts';
import type { Nonces } from './nonces.ts';
import { refuse, type Reply } from './reply.ts';

export interface User {
  readonly username: string;
  /** Signs the answers. */
  readonly integrity: Integrity;
}

export type Authentication = { readonly user: User } | { readonly refusal: Reply };

export class Authenticator {
  readonly #accounts: Accounts;
  readonly #nonces: Nonces;
  readonly #now: () => number;

  constructor(accounts: Accounts, nonces: Nonces, now: () => number) {
    this.#accounts = accounts;
    this.#nonces = nonces;
    this.#now = now;
  }

  check(message: StunMessage, client: Client): Authentication {
    const algorithm = has(message, messageIntegritySha256) ? 'sha256' : 'sha1';
    if (algorithm === 'sha1' && !has(message, messageIntegrity))
      return { refusal: this.#challenge(401, client) };
    const [name, ourRealm, token] = [get(message, username), get(message, realm), get(message, nonce)];
    if (name === undefined || ourRealm === undefined || token === undefined) return { refusal: refuse(400) };
    if (!this.#nonces.isValid(token, client.key, this.#now()))
      return { refusal: this.#challenge(438, client) };
    const integrity = this.#accounts.integrityOf(name, algorithm);
    const known = integrity && ourRealm === this.#accounts.realm;
    if (!known || checkIntegrity(message, integrity) !== 'good')
      return { refusal: this.#challenge(401, client) };
    return { user: { username: name, integrity } };
  }

  /** A refusal that says what to sign the next request with. */
  #challenge(code: 401 | 438, client: Client): Reply {
    const token = this.#nonces.issue(client.key, this.#now());
    return refuse(code, attr(realm, this.#accounts.realm), attr(nonce, token));
  }
}
