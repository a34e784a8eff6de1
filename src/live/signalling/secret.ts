/** A new room, key or stream: 128 random bits in base64url (RFC 4648, section 5), 22 characters. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}
