/** A user name and a password that end by themselves, made from a secret that a TURN server knows. */

export interface RestCredential {
  readonly username: string;
  readonly credential: string;
}

/**
 * The password is base64 of HMAC-SHA1 of the user name, keyed by the secret: draft-uberti-behave-turn-rest-00, section
 * 2.2, which coturn's `use-auth-secret` follows. `end`: milliseconds since 1970. Works in secure contexts only.
 */
export async function makeRestCredential(secret: string, name: string, end: number): Promise<RestCredential> {
  const seconds = Math.floor(end / 1000);
  const username = name ? `${seconds}:${name}` : String(seconds);
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, bytes.encode(username));
  return { username, credential: btoa(String.fromCharCode(...new Uint8Array(signature))) };
}
