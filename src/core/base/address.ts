/**
 * IP addresses and transport addresses, as bytes and as text. Text is canonical: dotted decimal for IPv4, RFC 5952 §4
 * for IPv6, so that equal addresses are equal strings.
 */
import { readUint16 } from './bytes.ts';

export type AddressFamily = 'IPv4' | 'IPv6';

/** For example `{ address: '192.0.2.1', port: 32853 }`; the family follows from the text. */
export interface TransportAddress {
  readonly address: string;
  readonly port: number;
}

/** The family of an address, also of one with parts hidden as Chromium hides them (`0.0.0.x`); null for a name. */
export function familyOf(host: string): AddressFamily | null {
  if (host.includes(':')) return 'IPv6';
  return /^\d{1,3}(?:\.(?:\d{1,3}|x)){3}$/.test(host) ? 'IPv4' : null;
}

/** What stands before a port: IPv6 in brackets (RFC 3986 §3.2.2), a name or IPv4 as it is. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** `192.0.2.1:80` or `[2001:db8::1]:80`. */
export const formatTransportAddress = ({ address, port }: TransportAddress): string =>
  `${bracketed(address)}:${port}`;

/** Four or sixteen bytes as text. */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => readUint16(bytes, i * 2).toString(16));
  const zeros = longestZeroRun(groups);
  if (zeros.length < 2) return groups.join(':');
  return `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

/** The first of the longest runs of zero groups: what `::` stands for (RFC 5952 §4.2). */
function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, i) => {
    if (group !== '0') start = i + 1;
    else if (i + 1 - start > best.length) best = { start, length: i + 1 - start };
  });
  return best;
}

/** The bytes of an address literal, without zone or brackets; undefined when the text is none. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** The one spelling of an address (`::FFFF:1.2.3.4` → `::ffff:102:304`); undefined when the text is none. */
export function canonicalAddress(text: string): string | undefined {
  const bytes = parseAddress(text);
  return bytes && formatAddress(bytes);
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const wellFormed =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && +part < 256);
  return wellFormed ? Uint8Array.from(parts, Number) : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => groupBytes(half, i === halves.length - 1));
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : undefined;
  if (!tail || head.length + tail.length > 14) return undefined;
  return Uint8Array.from([...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail]);
}

/** The bytes of `a:b:c`; the last group of an address may be dotted decimal. */
function groupBytes(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    const dotted = last && i === groups.length - 1 ? parseIpv4(group) : undefined;
    if (dotted) bytes.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return undefined;
  }
  return bytes;
}
