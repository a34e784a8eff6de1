/** A room's name is its only key: 128 random bits in base64url (RFC 4648, section 5), 22 characters. */
export function newRoomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export const isRoomId = (text: unknown): text is string =>
  typeof text === 'string' && /^[A-Za-z0-9_-]{22}$/.test(text);
