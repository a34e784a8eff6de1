import type { Configuration, NewEvent, SessionEvent } from './event.ts';

/** A configuration as a log may hold it: servers by URL and user name, never a credential or a certificate's key. */
export function safeConfiguration(
  configuration: Readonly<Record<string, unknown>> | null | undefined,
): Configuration {
  if (!configuration) return {};
  const { certificates: _keys, iceServers, ...rest } = configuration;
  return Array.isArray(iceServers) ? { ...rest, iceServers: iceServers.map(safeServer) } : rest;
}

function safeServer(server: unknown): { readonly urls: readonly string[]; readonly username?: string } {
  const { urls, url, username } = (server ?? {}) as { urls?: unknown; url?: unknown; username?: unknown };
  const list = [urls ?? url ?? []].flat().map(String);
  return typeof username === 'string' ? { urls: list, username } : { urls: list };
}

/** Takes credentials and certificates out of an event, at any depth of it, also where it is not understood. */
export function withoutCredentials<E extends SessionEvent | NewEvent>(event: E): E {
  const configures = event.type === 'create' || event.type === 'setConfiguration';
  const first: unknown = configures ? safeConfiguration(event.value) : event.value;
  const value = withoutSecrets(first, configures || event.type === ':unknown');
  return value === event.value ? event : { ...event, value };
}

/** Names in lower case, as RTCIceServer, RTCConfiguration and libraries on top of them have them. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  ...['credential', 'credentials', 'password', 'passwd', 'passphrase', 'secret', 'authorization'],
  ...['certificate', 'certificates', 'privatekey', 'private_key', 'pem'],
]);
const HIDDEN = '(left out: it names a credential)';

/**
 * A JSON value without what stands under such names; itself, where there is nothing of the kind. `inTexts`: JSON within a
 * text too, and a text that names a credential and is no JSON is left out whole.
 */
function withoutSecrets(value: unknown, inTexts: boolean): unknown {
  if (typeof value === 'string') return inTexts ? safeText(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutSecrets(item, inTexts));
    return items.some((item, place) => item !== value[place]) ? items : value;
  }
  const members = Object.entries(value);
  const safe = members
    .filter(([name, member]) => !isSecret(name, member))
    .map(([name, member]) => [name, withoutSecrets(member, inTexts)] as const);
  const same = safe.length === members.length && safe.every(([, member], at) => member === members[at]![1]);
  return same ? value : Object.fromEntries(safe);
}

/** Null and numbers are no secret: libraries count certificates by such names. */
const isSecret = (name: string, member: unknown): boolean =>
  (typeof member === 'string' || (typeof member === 'object' && member !== null)) &&
  SECRET_NAMES.has(name.toLowerCase());

function safeText(text: string): string {
  if (!/credential|passw|\\u00/i.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object') {
      const safe = withoutSecrets(value, true);
      return safe === value ? text : JSON.stringify(safe);
    }
  } catch {
    // No JSON: then nobody knows where in it the secret stands.
  }
  return /credential|passw/i.test(text) ? HIDDEN : text;
}
