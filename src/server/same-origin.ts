/**
 * Who may read what only the page should read. A foreign page can reach a server on this machine in two ways: by a
 * cross-origin request, which `Origin` and `Sec-Fetch-Site` give away, and by a name of its own that resolves to this
 * machine (DNS rebinding), which `Host` gives away. An address literal can not be rebound.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** The name in a `Host` header without brackets and port: `[::1]:4173` → `::1`; undefined when it is malformed. */
export function hostName(host: string | undefined): string | undefined {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@\s]+))(?::\d{1,5})?$/i.exec(host ?? '');
  return (parts?.[1] ?? parts?.[2])?.toLowerCase();
}

/**
 * Whether `Host` names this server: an address, `localhost`, the name it was told to listen on, or that of one of the
 * `origins` by which its page is reached through a proxy.
 */
export function isOwnHost(
  host: string | undefined,
  boundHost: string,
  origins: readonly string[] = [],
): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  if (isIP(name) !== 0 || name === 'localhost' || name === boundHost.toLowerCase()) return true;
  return origins.some((origin) => new URL(origin).host === host?.toLowerCase());
}

/**
 * Whether a browser calls the address a trustworthy one (W3C Secure Contexts, section 3.1): loopback, or https, which
 * here only a proxy speaks, for one of `origins`.
 */
export function isTrustworthy(host: string | undefined, origins: readonly string[] = []): boolean {
  const name = hostName(host) ?? '';
  if (/^(?:127(?:\.\d{1,3}){3}|::1|localhost|.+\.localhost)$/.test(name)) return true;
  return origins.includes(`https://${host?.toLowerCase()}`);
}

/** Whether the request comes from this server's own page, or from no page at all. */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  boundHost: string,
  origins: readonly string[] = [],
): boolean {
  if (!isOwnHost(headers.host, boundHost, origins)) return false;
  if (
    headers.origin !== undefined &&
    headers.origin !== `http://${headers.host}` &&
    !origins.includes(headers.origin)
  )
    return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
