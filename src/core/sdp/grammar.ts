/**
 * The lexical classes of RFC 8866 section 9 and RFC 8839 section 5, as predicates over strings.
 * Every expression is linear: no nested repetition.
 */
import { parseAddress } from '../base/address.ts';

const TOKEN = /^[\x21\x23-\x27\x2a\x2b\x2d\x2e\x30-\x39\x41-\x5a\x5e-\x7e]+$/;
const ICE_CHARS = /^[A-Za-z0-9+/]+$/;
const DIGITS = /^[0-9]+$/;
const HEX = /^[0-9A-Fa-f]+$/;
const ALPHANUMERIC = /^[A-Za-z0-9]+$/;
const FQDN = /^[A-Za-z0-9._-]{4,}$/;
const DOTTED_NUMBERS = /^[0-9]+(?:\.[0-9]+)*$/;

export const isToken = (text: string): boolean => TOKEN.test(text);
export const isIceChars = (text: string): boolean => ICE_CHARS.test(text);
export const isDigits = (text: string): boolean => DIGITS.test(text);
export const isHex = (text: string): boolean => HEX.test(text);
export const isAlphanumeric = (text: string): boolean => ALPHANUMERIC.test(text);

/** The value of a run of digits when it lies in the range; undefined otherwise. Leading zeros are allowed. */
export function integerIn(text: string, min: number, max: number): number | undefined {
  if (!isDigits(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

export type AddressKind = 'IPv4' | 'IPv6' | 'mDNS' | 'name' | 'obfuscated';

/** What kind of address a text is; undefined when it is none. A zone (`%eth0`) is taken off before. */
export function addressKind(text: string): AddressKind | undefined {
  if (isIPv4(text)) return 'IPv4';
  if (text.includes(':') && isIPv6(text.split('%', 1)[0] ?? '')) return 'IPv6';
  if (MDNS.test(text)) return 'mDNS';
  if (isMasked(text)) return 'obfuscated';
  if (text.includes(':')) return undefined;
  if (DOTTED_NUMBERS.test(text)) return undefined;
  if (!FQDN.test(text) || text.startsWith('.') || text.includes('..')) return undefined;
  return text.toLowerCase().endsWith('.local') ? 'mDNS' : 'name';
}

/** As browsers make them: a UUID before `.local`. */
const MDNS = /^[0-9a-f]{8}-[0-9a-f-]{27}\.local$/;

const MASK_WORDS = /redacted|masked|anonymi[sz]ed|censored|obfuscated|scrubbed/i;
/** `[IP]`, `<ip address>`, `(redacted)`, `{{host}}`, `${IP}` */
const BRACKETS =
  /^(?:\[[A-Za-z0-9 _.-]{2,}\]|<[A-Za-z0-9 _.-]{2,}>|\([A-Za-z0-9 _.-]{2,}\)|\$?\{+[A-Za-z0-9 _.-]{2,}\}+)$/;
/** `xxx`, `***`, `…` */
const MASK = /^(?:[xX]{2,}|\*{2,}|#{2,}|\.{3,}|[•…]+)$/;
const MASKED_GROUP = /^(?:[xX]{1,4}|\*{1,4}|#{1,4})$/;
const GROUP = /^[0-9A-Fa-f]{0,4}$/;
/** Characters; a longer value is no mask. */
const LONGEST_MASK = 200;

/** Whether somebody has put a mask in the place of a value before they showed the text. */
export const isMasked = (text: string): boolean =>
  text.length <= LONGEST_MASK &&
  !text.endsWith('.invalid') &&
  (MASK.test(text) ||
    BRACKETS.test(text) ||
    MASK_WORDS.test(text) ||
    hasMaskedGroup(text.split(text.includes(':') ? ':' : '.')));

/** `192.0.2.x`, `xxx.xxx.xxx.xxx`, `10.*.*.*`, `2001:db8:x:x:x:x:x:x`, `AB:XX:XX` */
const hasMaskedGroup = (groups: readonly string[]): boolean =>
  groups.length >= 3 &&
  groups.some((group) => MASKED_GROUP.test(group)) &&
  groups.every((group) => MASKED_GROUP.test(group) || GROUP.test(group));

const FOUR_NUMBERS = /^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/;

export const isIPv4 = (text: string): boolean =>
  FOUR_NUMBERS.test(text) && text.split('.').every((part) => Number(part) <= 255);

/** RFC 4291 section 2.2, also with an IPv4 address at the end. */
export const isIPv6 = (text: string): boolean =>
  text.includes(':') && text.length <= 45 && parseAddress(text) !== undefined;

/** 224.0.0.0 to 239.255.255.255, or ff00::/8. */
export const isMulticast = (text: string): boolean =>
  text.includes(':') ? /^ff/i.test(text) : integerIn(text.split('.', 1)[0] ?? '', 224, 239) !== undefined;

/** What is said about an address: its kind and its scope (RFC 6890, RFC 4193, RFC 8828). */
export function describeAddress(text: string): string {
  const kind = addressKind(text);
  if (kind === undefined) return `"${visible(text)}" is not an address`;
  if (kind === 'mDNS')
    return `${text}: a name that hides a local address (mDNS), only resolvable on the same network`;
  if (kind === 'obfuscated') return `${visible(text)}: an address that was blanked out`;
  if (kind === 'name')
    return text.endsWith('.invalid') ? `${text}: a placeholder, no address` : `the host name ${text}`;
  return `${text}: ${kind}${scope(text)}`;
}

function scope(address: string): string {
  if (isMulticast(address)) return ', multicast';
  return (address.includes(':') ? scope6(address.toLowerCase()) : scope4(address)) ?? ', public';
}

const LOOPBACK = ', loopback: this machine only';
const UNSPECIFIED = ', unspecified: no address is given here';
const PRIVATE = ', private (RFC 1918): not reachable from the internet';
const LINK_LOCAL = ', link-local: this network segment only';
const DOCUMENTATION = ', reserved for documentation';

function scope4(address: string): string | undefined {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number);
  if (address === '0.0.0.0') return UNSPECIFIED;
  if (a === 0 || a >= 240) return ', reserved: nothing can be sent there';
  if (a === 127) return LOOPBACK;
  if (a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31)) return PRIVATE;
  if (a === 100 && b >= 64 && b <= 127) return ', shared by a carrier-grade NAT (RFC 6598)';
  if (a === 169 && b === 254) return LINK_LOCAL;
  if (a === 198 && (b === 18 || b === 19)) return ', for benchmarks only (RFC 2544)';
  const block = (a * 256 + b) * 256 + c;
  return DOCUMENTATION_BLOCKS.has(block) ? DOCUMENTATION : undefined;
}

/** 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737). */
const DOCUMENTATION_BLOCKS = new Set([0xc00002, 0xc63364, 0xcb0071]);

function scope6(address: string): string | undefined {
  if (address === '::') return UNSPECIFIED;
  if (address === '::1') return LOOPBACK;
  if (/^fe[89ab]/.test(address)) return LINK_LOCAL;
  if (/^f[cd]/.test(address)) return ', unique local (RFC 4193): not reachable from the internet';
  if (address.startsWith('2001:db8:')) return DOCUMENTATION;
  return address.startsWith('::ffff:') ? ', an IPv4 address written as IPv6' : undefined;
}

const INVISIBLE =
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g;

const PLAIN = /^[\x20-\x7e]*$/;

/** Whether a text consists of visible ASCII characters and spaces, as almost every line does. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** A text with its control and invisible characters written as escapes, so that all of it can be seen. */
export const visible = (text: string): string =>
  isPlain(text)
    ? text
    : text.replace(INVISIBLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
