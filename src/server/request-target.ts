/** What a request is for and by which name (RFC 9112, section 3.2), read once before anybody looks at it. */
import type { IncomingMessage } from 'node:http';

/**
 * Brings the target into its origin form: in `http://host/path` the host counts for more than the header (section
 * 3.2.2). False: the request has no target or more than one `Host`, and is to be answered with 400.
 */
export function readTarget(request: IncomingMessage): boolean {
  const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) return false;
  const absolute = /^https?:\/\/([^/?#]*)((?:[/?#].*)?)$/is.exec(request.url ?? '/');
  if (!absolute) return true;
  const [, authority = '', rest = ''] = absolute;
  if (authority === '' || authority.includes('@')) return false;
  request.headers.host = authority;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return true;
}
