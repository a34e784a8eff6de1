import { type Problem, type Result, fail, ok } from '../base/result.ts';

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * Reads a list of ICE servers as people write it: one URL a line (RFC 7064 for stun, RFC 7065 for turn), a TURN server's
 * user name and password after it, parted by spaces. Empty lines are fine.
 */
export function readServers(text: string): Result<readonly IceServer[]> {
  const servers: IceServer[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readServer(line.trim(), index + 1);
    if (!read.ok) return read;
    servers.push(read.value);
  }
  return ok(servers);
}

const URL_FORM =
  /^(stuns?|turns?):(?:\[[0-9a-fA-F:.]+\]|[^\s/:?[\]]+)(?::\d{1,5})?(\?transport=(?:udp|tcp))?$/;

function readServer(line: string, number: number): Result<IceServer> {
  const [url = '', username, credential, ...rest] = line.split(/\s+/);
  const scheme = URL_FORM.exec(url)?.[1];
  const problem = (message: string, expected: string): Problem => ({
    message,
    where: `line ${number}`,
    found: line,
    expected,
  });
  if (!scheme)
    return fail(
      problem('This is not the URL of an ICE server.', 'stun:host:port or turn:host:port?transport=udp'),
    );
  if (scheme.startsWith('stun')) {
    if (url.includes('?')) return fail(problem('A STUN URL takes no transport.', `${scheme}:host:port`));
    return ok({ urls: [url] });
  }
  if (!username || !credential || rest.length > 0) {
    return fail(
      problem(
        'A TURN server needs a user name and a password after its URL.',
        `${scheme}:host:port user password`,
      ),
    );
  }
  return ok({ urls: [url], username, credential });
}
