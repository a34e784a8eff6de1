/**
 * What stands for a value that could identify somebody: of the same length, character classes, address family and scope.
 * The same value always gets the same pseudonym, two values never the same, and no pseudonym is a value of the texts.
 */
import { addressKind, isDigits, isIPv4, isMulticast, visible } from './grammar.ts';

/** Makes the n-th candidate, from 1, for the pseudonym of a value. */
type Make = (value: string, number: number) => string;

export class Pseudonyms {
  readonly #taken: ReadonlySet<string>;
  readonly #known = new Map<string, string>();
  readonly #given = new Set<string>();
  /** How many candidates of each space were made: none is tried twice, so the work is linear in values and words. */
  readonly #counts = new Map<string, number>();

  /** `texts`: all that will be redacted. */
  constructor(texts: readonly string[]) {
    const taken = new Set<string>();
    for (const word of texts.flatMap((text) => text.split(WORD_ENDS))) {
      taken.add(word);
      const colon = word.indexOf(':');
      if (colon >= 0) taken.add(word.slice(colon + 1));
    }
    this.#taken = taken;
  }

  /** Letters and digits are changed; hexadecimal stays hexadecimal, a number a number. `-` and `*` say nothing of anybody. */
  secret(value: string): string {
    if (value === '-' || value === '*' || value === '') return value;
    return this.#of(value, 'text', isDigits(value) ? digits : scramble);
  }

  /** An address or a name in the place of one; what is neither is a secret. */
  address(text: string): string {
    if (NOBODYS.has(text)) return text;
    const percent = text.indexOf('%');
    const bare = percent < 0 ? text : text.slice(0, percent);
    const zone = percent < 0 ? '' : '%zone';
    switch (addressKind(bare)) {
      case undefined:
        return this.secret(text);
      case 'obfuscated':
        // A mask may leave a part in clear, or be the name of somebody in brackets.
        return isKeptMask(bare) ? bare + zone : this.secret(text);
      case 'IPv4':
        return this.#ipv4(bare) + zone;
      case 'IPv6':
        return this.#ipv6(bare) + zone;
      case 'mDNS':
        return this.#of(bare, 'mDNS', mdns);
      case 'name':
        return this.numbered(bare, (number) => `host-${number}.invalid`);
    }
  }

  /** One of a row of names, `session`, `session-2`, … */
  numbered(value: string, name: (number: number) => string): string {
    return this.#of(value, name(0), (_value, number) => name(number));
  }

  #ipv4(value: string): string {
    const { prefix, bits } = network4(value);
    const room = 2 ** bits - 1;
    return this.#of(value, prefix, (_value, number) => dotted(number < room ? prefix : RESERVED, number));
  }

  #ipv6(value: string): string {
    const prefix = network6(value.toLowerCase());
    return prefix === '::ffff:'
      ? this.#of(value, 'mapped', (_value, number) => `::ffff:${dotted('198.18.0.0', number)}`)
      : this.#of(value, prefix, (_value, number) => prefix + groups(number));
  }

  #of(value: string, space: string, make: Make): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    let number = this.#counts.get(space) ?? 0;
    let pseudonym = '';
    for (let tries = 0; pseudonym === '' || !this.#free(pseudonym, value); tries += 1) {
      number += 1;
      pseudonym = make(value, number);
      // Short values have few others of their length: theirs get longer.
      if (tries >= TRIES && space === 'text') pseudonym += number.toString();
    }
    this.#counts.set(space, number);
    this.#known.set(value, pseudonym);
    this.#given.add(pseudonym);
    return pseudonym;
  }

  #free(pseudonym: string, value: string): boolean {
    return pseudonym !== value && !this.#taken.has(pseudonym) && !this.#given.has(pseudonym);
  }
}

const isKeptMask = (text: string): boolean => /^[^A-WYZa-wyz0-9]*$/.test(text);

const TRIES = 4;
const WORD_ENDS = /[^A-Za-z0-9+/.:_{}-]+/;

const NOBODYS = new Set(['0.0.0.0', '127.0.0.1', '255.255.255.255', '::', '::1', 'redacted-ip.invalid']);

interface Network4 {
  readonly prefix: string;
  /** How many of the 32 bits are for hosts. */
  readonly bits: number;
}

/** Used when all addresses of a network are: nothing can be sent there (RFC 1112, section 4). */
const RESERVED = '240.0.0.0';

/** The network that a pseudonym is taken from says what the address was: private, link-local, multicast, public. */
function network4(value: string): Network4 {
  const [a = 0, b = 0] = value.split('.').map(Number);
  if (isMulticast(value)) return { prefix: '233.252.0.0', bits: 16 };
  if (a === 10) return { prefix: '10.0.0.0', bits: 24 };
  if (a === 127) return { prefix: '127.1.0.0', bits: 16 };
  if (a === 192 && b === 168) return { prefix: '192.168.0.0', bits: 16 };
  if (a === 172 && b >= 16 && b <= 31) return { prefix: '172.16.0.0', bits: 20 };
  if (a === 169 && b === 254) return { prefix: '169.254.0.0', bits: 16 };
  if (a === 100 && b >= 64 && b <= 127) return { prefix: '100.64.0.0', bits: 22 };
  return { prefix: '198.18.0.0', bits: 17 };
}

function dotted(prefix: string, number: number): string {
  const start = prefix.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + number;
  return [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.');
}

function network6(value: string): string {
  if (isMulticast(value)) return 'ff15::';
  if (/^fe[89ab]/.test(value)) return 'fe80::';
  if (/^f[cd]/.test(value)) return 'fd00::';
  return value.startsWith('::ffff:') && isIPv4(value.slice(7)) ? '::ffff:' : '2001:db8::';
}

/** A number as the last groups of an IPv6 address. */
const groups = (number: number): string =>
  number < 65536
    ? number.toString(16)
    : `${Math.floor(number / 65536).toString(16)}:${(number % 65536).toString(16)}`;

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGIT = '0123456789';
const HEX = /^[0-9A-Fa-f:{}-]+$/;

/** Other letters and digits in place of those of a value; marks of ASCII and invisible characters stay. */
function scramble(value: string, number: number): string {
  const letters = HEX.test(value) ? 6 : 26;
  let state = Math.imul(number + 1, 0x9e3779b1);
  const next = (alphabet: string, size: number): string => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b1;
    return alphabet[(state >>> 8) % size]!;
  };
  return value.replace(/[A-Za-z0-9\u0080-\uffff]/g, (char) => {
    if (char > '\u007f') return visible(char) === char ? 'é' : char;
    if (char >= 'a') return next(LOWER, letters);
    return char >= 'A' ? next(UPPER, letters) : next(DIGIT, 10);
  });
}

/** Chromium's names are UUIDs; of short ones there are few. */
const mdns: Make = (value, number) => {
  const stem = value.slice(0, -'.local'.length);
  return `${scramble(stem, number)}${stem.length < 32 ? number : ''}.local`;
};

/** A number of the same length, no larger than the original length allows: it begins with 1. */
const digits: Make = (value, number) =>
  `1${scramble(value.slice(1), number)}`.slice(0, Math.max(1, value.length));
