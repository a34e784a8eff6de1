/** An ICE server, and its URL: RFC 7064 (stun), RFC 7065 (turn). */
import { type AddressFamily, familyOf } from '../base/address.ts';
import { type Result, fail, ok } from '../base/result.ts';

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface ServerUrl {
  readonly scheme: 'stun' | 'stuns' | 'turn' | 'turns';
  /** A name or an address, IPv6 without its brackets. */
  readonly host: string;
  readonly port: number;
  /** As it stands behind `?`; null when nothing does. */
  readonly transport: 'udp' | 'tcp' | null;
  /** What carries the messages to the server. TURN over DTLS (`turns` over UDP) is spoken by no browser: it is TLS there. */
  readonly way: Way;
  /** Of an address; null for a name. */
  readonly family: AddressFamily | null;
}

export type Way = 'UDP' | 'TCP' | 'TLS';

const FORM =
  /^(stuns?|turns?):(?:\[([0-9a-fA-F:.]+)\]|([^\s/:?@[\]]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;
const DEFAULT_PORTS = { stun: 3478, stuns: 5349, turn: 3478, turns: 5349 } as const;

/** Undefined for anything else. */
export function parseServerUrl(url: string): ServerUrl | undefined {
  const match = FORM.exec(url);
  if (!match) return undefined;
  const scheme = match[1]!.toLowerCase() as ServerUrl['scheme'];
  const [, , six, other, port, wanted] = match;
  const host = six ?? other!;
  const transport = (wanted?.toLowerCase() as 'udp' | 'tcp' | undefined) ?? null;
  const number = port === undefined ? DEFAULT_PORTS[scheme] : Number(port);
  if (number > 65_535) return undefined;
  return { scheme, host, port: number, transport, way: wayOf(scheme, transport), family: familyOf(host) };
}

function wayOf(scheme: ServerUrl['scheme'], transport: ServerUrl['transport']): Way {
  if (scheme.endsWith('s')) return 'TLS';
  return transport === 'tcp' ? 'TCP' : 'UDP';
}

/** What a URL is of, also one that no browser would take; null for neither. */
export function serverKind(url: string | null | undefined): 'STUN' | 'TURN' | null {
  const [, scheme] = /^(stun|turn)s?:/i.exec(url ?? '') ?? [];
  return scheme === undefined ? null : (scheme.toUpperCase() as 'STUN' | 'TURN');
}

/** What browsers take as a URL. `where` and `found` are for the one who wrote it. */
export function checkServerUrl(url: string, where: string, found: string): Result<ServerUrl> {
  const read = parseServerUrl(url);
  const expected = 'stun:host:port or turn:host:port?transport=udp';
  if (!read) return fail({ message: 'This is not the URL of an ICE server.', where, found, expected });
  if (read.scheme.startsWith('turn') || !read.transport) return ok(read);
  return fail({
    message: 'A STUN URL takes no transport.',
    where,
    found,
    expected: `${read.scheme}:host:port`,
  });
}
