/** Whom a connection counts for. Addresses are never logged. */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** The client's address; behind a proxy of one's own, what that proxy says: the last entry of `X-Forwarded-For`. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? [request.headers['x-forwarded-for']].flat().at(-1) : undefined;
  return countedAs(forwarded?.split(',').at(-1)?.trim() || request.socket.remoteAddress || 'unknown');
}

/** An IPv6 client has a /64 of its own, so that counts as one; an IPv4-mapped address is the IPv4 address. */
export function countedAs(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? prefixOf(address) : address;
}

/** The first four groups, `::` written out. */
function prefixOf(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, zeros)).fill('0'), ...groups(tail)];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
