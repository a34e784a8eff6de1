/** ICE servers out of a pasted RTCConfiguration, as JSON or as it stands in somebody's JavaScript. Nothing is run. */
import { type Result, fail, ok } from '../base/result.ts';
import { checkServerUrl, type IceServer, serverKind } from './server-url.ts';

const EXPECTED = '{ "iceServers": [{ "urls": "turn:host:port", "username": "…", "credential": "…" }] }';

export function readServerJson(text: string): Result<readonly IceServer[]> {
  const found = text.trim().slice(0, 80);
  const value = parseLoosely(text);
  if (value === undefined)
    return fail({
      message: 'This looks like a configuration, and can not be read.',
      found,
      expected: EXPECTED,
    });
  const list = listIn(value);
  if (!list) return fail({ message: 'There are no ICE servers in it.', found, expected: EXPECTED });
  const servers: IceServer[] = [];
  for (const [index, entry] of list.entries()) {
    const read = readEntry(entry, `server ${index + 1}`);
    if (!read.ok) return read;
    servers.push(read.value);
  }
  return ok(servers);
}

/** JSON; or, with keys quoted, single quotes doubled, comments and trailing commas gone, what JavaScript writes. */
function parseLoosely(text: string): unknown {
  const body = text.slice(text.search(/[{[]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1);
  for (const candidate of [body, asJson(body)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next way of reading it, or none.
    }
  }
  return undefined;
}

function asJson(text: string): string {
  const tokens = [...tokensOf(text)];
  return tokens.map((token, place) => jsonOf(token, tokens[place + 1])).join(' ');
}

function jsonOf(token: string, next: string | undefined): string {
  if (token === ',') return next === '}' || next === ']' ? '' : token;
  if (/^['`]/.test(token)) return JSON.stringify(token.slice(1, -1).replace(/\\(.)/g, '$1'));
  return next === ':' && /^[A-Za-z_$]/.test(token) ? JSON.stringify(token) : token;
}

/** A blank, a comment to the end of its line, a word or number, or one mark. */
const TOKEN = /\s+|\/\/[^\n]*|[\w$.+-]+|[^]/y;

/** Strings, words and marks, without blanks and comments: a URL holds `//` and `:` too. */
function* tokensOf(text: string): Generator<string, void> {
  for (let at = 0; at < text.length;) {
    const end = text.startsWith('/*', at) ? commentEnd(text, at) : stringEnd(text, at);
    if (end !== undefined) {
      if (text[at] !== '/') yield text.slice(at, end);
      at = end;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)![0];
    if (token.trim() !== '' && !token.startsWith('//')) yield token;
    at += token.length;
  }
}

/** One that never ends takes the rest. */
function commentEnd(text: string, start: number): number {
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 2;
}

function stringEnd(text: string, start: number): number | undefined {
  const quote = text[start];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const inside = value['iceServers'] ?? value['ice_servers'];
  if (inside !== undefined) return Array.isArray(inside) ? inside : [inside];
  return 'urls' in value || 'url' in value ? [value] : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function readEntry(entry: unknown, where: string): Result<IceServer> {
  const found = (JSON.stringify(entry) ?? '').replace(/("credential":)"[^"]*"/, '$1"…"').slice(0, 120);
  if (!isObject(entry))
    return fail({ message: 'This is not an ICE server.', where, found, expected: EXPECTED });
  const urls = [entry['urls'] ?? entry['url'] ?? []].flat().map(String);
  if (urls.length === 0) return fail({ message: 'It has no URL.', where, found, expected: EXPECTED });
  for (const url of urls) {
    const checked = checkServerUrl(url, where, url);
    if (!checked.ok) return checked;
  }
  const { username, credential } = entry;
  if (typeof username === 'string' && typeof credential === 'string')
    return ok({ urls, username, credential });
  if (urls.every((url) => serverKind(url) === 'STUN')) return ok({ urls });
  return fail({
    message: 'A TURN server needs a user name and a password.',
    where,
    found,
    expected: '"username": "…", "credential": "…"',
  });
}
