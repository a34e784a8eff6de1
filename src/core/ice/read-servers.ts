/** ICE servers as people write and paste them. */
import { type Result, fail, ok } from '../base/result.ts';
import { readServerJson } from './read-server-json.ts';
import { checkServerUrl, type IceServer, serverKind } from './server-url.ts';

/**
 * Reads one URL a line (RFC 7064 for stun, RFC 7065 for turn), a TURN server's user name and password after it, parted by
 * spaces; or a whole RTCConfiguration, its list of ICE servers, or one of them, as JSON or as JavaScript writes it. Empty
 * lines are fine.
 */
export function readServers(text: string): Result<readonly IceServer[]> {
  if (/^[^\n]*[{[]/.test(text.trim()) && serverKind(text.trim()) === null) return readServerJson(text);
  const servers: IceServer[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readServer(line.trim(), index + 1);
    if (!read.ok) return read;
    servers.push(read.value);
  }
  return ok(servers);
}

function readServer(line: string, number: number): Result<IceServer> {
  const [url = '', username, credential, ...rest] = line.split(/\s+/);
  const read = checkServerUrl(url, `line ${number}`, line);
  if (!read.ok) return read;
  const { scheme } = read.value;
  if (serverKind(url) === 'STUN') return ok({ urls: [url] });
  if (!username || !credential || rest.length > 0) {
    return fail({
      message: 'A TURN server needs a user name and a password after its URL.',
      where: `line ${number}`,
      found: line,
      expected: `${scheme}:host:port user password`,
    });
  }
  return ok({ urls: [url], username, credential });
}

/** One URL a line, as `readServers` reads it. */
export function writeServers(servers: readonly IceServer[]): string {
  return servers
    .flatMap(({ urls, username, credential }) => urls.map((url) => [url, username, credential]))
    .map((words) => words.filter(Boolean).join(' '))
    .join('\n');
}
