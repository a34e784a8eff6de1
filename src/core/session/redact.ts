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

/** Takes TURN credentials out of an event; every other event comes back as it was. */
export function withoutCredentials<E extends SessionEvent | NewEvent>(event: E): E {
  if (event.type !== 'create' && event.type !== 'setConfiguration') return event;
  return { ...event, value: safeConfiguration(event.value) };
}
