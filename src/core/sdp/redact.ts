/**
 * Takes out of a description what could identify somebody, and keeps its structure: the same value always gets the same
 * pseudonym, of the same length, character classes, address family and scope. Lint and negotiation say the same as before.
 * Left alone: ports, SSRCs, payload types, mids, and addresses that are nobody's (0.0.0.0, 127.0.0.1, ::, ::1).
 */
import { addressKind, isDigits, isMulticast } from './grammar.ts';
import { readCandidateLines, readLines, type SdpLine } from './lines.ts';

export interface RedactOptions {
  /** The text is a list of candidates without `a=`. */
  readonly candidates?: boolean;
}

/** Redacts texts that belong together, an offer and its answer for example: they share their pseudonyms. */
export type Redactor = (text: string, options?: RedactOptions) => string;

/** Redacts one text. */
export const redact: Redactor = (text, options) => createRedactor([text])(text, options);

/** `texts`: everything that will be redacted, so that no pseudonym equals a value that stands in one of them. */
export function createRedactor(texts: readonly string[]): Redactor {
  const pseudonyms = new Pseudonyms(new Set(texts.flatMap((text) => text.split(WORD_ENDS))));
  return (text, options = {}) => {
    const lines = options.candidates === true ? readCandidateLines(text) : readLines(text);
    const first = lines.map((line) => redactLine(line, pseudonyms) + line.eol);
    return first.map((line) => sweep(line, pseudonyms)).join('');
  };
}

const WORD_ENDS = /[^A-Za-z0-9+/.:_{}-]+/;

/** The values seen so far and what stands for them. */
class Pseudonyms {
  readonly #taken: ReadonlySet<string>;
  readonly #known = new Map<string, string>();
  readonly #given = new Set<string>();
  #count = 0;

  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  get(value: string): string | undefined {
    return this.#known.get(value);
  }

  /** True for what this object made itself: it is not redacted again. */
  made(value: string): boolean {
    return this.#given.has(value);
  }

  /** The pseudonym of a value; `make` is asked with growing numbers until it gives one that is not in use. */
  of(value: string, make: (value: string, number: number) => string): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    let pseudonym = value;
    for (let tries = 0; tries < 1000; tries += 1) {
      this.#count += 1;
      pseudonym = make(value, this.#count);
      if (pseudonym !== value && !this.#taken.has(pseudonym) && !this.#given.has(pseudonym)) break;
    }
    this.#known.set(value, pseudonym);
    this.#given.add(pseudonym);
    return pseudonym;
  }
}

// Values

const NOBODYS = new Set(['0.0.0.0', '127.0.0.1', '255.255.255.255', '::', '::1']);

function address(text: string, pseudonyms: Pseudonyms): string {
  if (NOBODYS.has(text)) return text;
  const [bare = text, zone] = text.split('%');
  const kind = addressKind(bare);
  if (kind === undefined || kind === 'obfuscated') return text;
  const made = pseudonyms.of(bare, MAKERS[kind]);
  return zone === undefined ? made : `${made}%zone`;
}

const MAKERS = {
  IPv4: (value: string, number: number) => ipv4(value, number),
  IPv6: (value: string, number: number) => `${prefix6(value.toLowerCase())}${number.toString(16)}`,
  mDNS: (value: string, number: number) => `${scramble(value.slice(0, -6), number)}.local`,
  name: (value: string, number: number) => (value.endsWith('.invalid') ? value : `host-${number}.invalid`),
};

/** The network that a pseudonym is taken from says what the address was: private, link-local, multicast, public. */
function ipv4(value: string, number: number): string {
  const [a = 0, b = 0] = value.split('.').map(Number);
  const host = `${Math.floor(number / 250) % 256}.${(number % 250) + 1}`;
  if (isMulticast(value)) return `233.252.${host}`;
  if (a === 10) return `10.0.${host}`;
  if (a === 127) return `127.0.${host}`;
  if (a === 192 && b === 168) return `192.168.${host}`;
  if (a === 172 && b >= 16 && b <= 31) return `172.16.${host}`;
  if (a === 169 && b === 254) return `169.254.${host}`;
  if (a === 100 && b >= 64 && b <= 127) return `100.64.${host}`;
  return number < 250 ? `203.0.113.${number + 1}` : `198.18.${host}`;
}

function prefix6(value: string): string {
  if (isMulticast(value)) return 'ff15::';
  if (/^fe[89ab]/.test(value)) return 'fe80::';
  if (/^f[cd]/.test(value)) return 'fd00::';
  return value.startsWith('::ffff:') ? '::ffff:203.0.113.' : '2001:db8::';
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGIT = '0123456789';
const HEX = /^[0-9A-Fa-f:{}-]+$/;

/** Other letters and digits in place of those of a value; everything else stays. Hexadecimal stays hexadecimal. */
function scramble(value: string, number: number): string {
  const letters = HEX.test(value) ? 6 : 26;
  let state = Math.imul(number + 1, 0x9e3779b1);
  const next = (alphabet: string, size: number): string => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b1;
    return alphabet[(state >>> 8) % size]!;
  };
  return value.replace(/[A-Za-z0-9]/g, (char) => {
    if (char >= 'a') return next(LOWER, letters);
    return char >= 'A' ? next(UPPER, letters) : next(DIGIT, 10);
  });
}

/** A number of the same length, no larger than the original length allows: it begins with 1. */
const digits = (value: string, number: number): string =>
  `1${scramble(value.slice(1), number)}`.slice(0, Math.max(1, value.length));

const secret = (value: string, pseudonyms: Pseudonyms): string =>
  value === '-' || value === '*' || value === ''
    ? value
    : pseudonyms.of(value, isDigits(value) ? digits : scramble);

// Lines

type Rewrite = (value: string, pseudonyms: Pseudonyms) => string;

const everyWord =
  (rewrite: Rewrite): Rewrite =>
  (value, pseudonyms) =>
    value.replace(/[^ ]+/g, (word) => rewrite(word, pseudonyms));

const wordAt =
  (...places: readonly (readonly [number, Rewrite])[]): Rewrite =>
  (value, pseudonyms) => {
    const words = value.split(' ');
    for (const [index, rewrite] of places)
      if (words[index] !== undefined) words[index] = rewrite(words[index], pseudonyms);
    return words.join(' ');
  };

const withSuffix: Rewrite = (value, pseudonyms) =>
  value.replace(/^[^/]+/, (text) => address(text, pseudonyms));

const candidate: Rewrite = (value, pseudonyms) => {
  const words = value.split(' ');
  const names = new Map<string, Rewrite>([
    ['raddr', address],
    ['ufrag', secret],
    ['url', () => 'stun:server.invalid'],
  ]);
  return words
    .map((word, index) =>
      index === 0
        ? secret(word, pseudonyms)
        : index === 4
          ? address(word, pseudonyms)
          : (names.get(words[index - 1]!)?.(word, pseudonyms) ?? word),
    )
    .join(' ');
};

const SOURCE_SECRETS = /^([0-9]+ (?:cname|msid|mslabel|label|name):)(.*)$/;

const ssrc: Rewrite = (value, pseudonyms) => {
  const match = SOURCE_SECRETS.exec(value);
  return match === null ? value : match[1]! + everyWord(secret)(match[2]!, pseudonyms);
};

const crypto: Rewrite = (value, pseudonyms) =>
  value.replace(/(inline:)([^| ]+)/g, (_match, name: string, key: string) => name + secret(key, pseudonyms));

const ATTRIBUTES: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['candidate', candidate],
  [
    'remote-candidates',
    everyWord((word, pseudonyms) => (addressKind(word) === undefined ? word : address(word, pseudonyms))),
  ],
  ['rtcp', wordAt([3, address])],
  [
    'source-filter',
    everyWord((word, pseudonyms) =>
      addressKind(word) === undefined || word === 'incl' || word === 'excl'
        ? word
        : address(word, pseudonyms),
    ),
  ],
  ['ice-ufrag', secret],
  ['ice-pwd', secret],
  ['fingerprint', wordAt([1, secret])],
  ['tls-id', secret],
  ['identity', wordAt([0, secret])],
  ['dtls-message', wordAt([1, secret])],
  ['zrtp-hash', wordAt([1, secret])],
  ['key-mgmt', wordAt([1, secret])],
  ['fpaeskey', secret],
  ['rsaaeskey', secret],
  ['aesiv', secret],
  ['crypto', crypto],
  ['ssrc', ssrc],
  ['msid', everyWord(secret)],
  [
    'msid-semantic',
    (value, pseudonyms) =>
      value.replace(
        /^( *[^ ]+ )(.*)$/,
        (_match, semantic: string, ids: string) => semantic + everyWord(secret)(ids, pseudonyms),
      ),
  ],
]);

const LINES: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['o', wordAt([0, (word) => (word === '-' ? word : 'user')], [1, secret], [5, address])],
  ['c', wordAt([2, withSuffix])],
  ['s', (value) => (value.trim() === '' || value.trim() === '-' ? value : 'session')],
  ['i', () => 'information'],
  ['u', () => 'https://session.invalid/'],
  ['e', () => 'user@session.invalid'],
  ['p', () => '+1 555 0100'],
  ['k', () => 'prompt'],
]);

function redactLine(line: SdpLine, pseudonyms: Pseudonyms): string {
  const rewrite = line.type === 'a' ? ATTRIBUTES.get(line.name) : LINES.get(line.type);
  return rewrite === undefined || line.value === ''
    ? line.raw
    : line.raw.slice(0, line.valueStart) + rewrite(line.value, pseudonyms);
}

/** Values that are known by now, and addresses, in lines that are not understood. */
function sweep(line: string, pseudonyms: Pseudonyms): string {
  return line.replace(/[A-Za-z0-9+/.:_{}-]{4,}/g, (word) => {
    if (pseudonyms.made(word)) return word;
    const known = word.length >= 6 ? pseudonyms.get(word) : undefined;
    return (
      known ??
      word.replace(/(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])/g, (text) =>
        pseudonyms.made(text) || addressKind(text) !== 'IPv4' ? text : address(text, pseudonyms),
      )
    );
  });
}
