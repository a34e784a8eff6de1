/**
 * Takes out of a description what could identify somebody, and keeps its structure; lint and negotiation say the same as
 * before. What stays are words of the format, short numbers and marks: of any line, and of the lines that are not
 * understood only the marks. All else is replaced by pseudonyms. Left alone besides: ports, SSRCs, payload types, and
 * addresses that are nobody's (0.0.0.0, 127.0.0.1, ::, ::1).
 */
import { findDoc } from './attributes/index.ts';
import { addressKind, isDigits } from './grammar.ts';
import { readCandidateLines, readLines, type SdpLine } from './lines.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { isFormatWord } from './redact-words.ts';

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
  const pseudonyms = new Pseudonyms(texts);
  return (text, options = {}) => {
    const lines = options.candidates === true ? readCandidateLines(text) : readLines(text);
    return lines.map((line) => redactLine(line, pseudonyms) + line.eol).join('');
  };
}

/** Blanks and marks before a line, as quoting and logs put them there. */
const MARKS = /^[^A-Za-z0-9\u0080-\uffff]+/;

function redactLine(line: SdpLine, pseudonyms: Pseudonyms): string {
  if (line.type !== '') return rewriteLine(line, pseudonyms);
  const marks = MARKS.exec(line.raw)?.[0] ?? '';
  const [inner] = readLines(line.raw.slice(marks.length));
  if (inner === undefined) return line.raw;
  return marks + (inner.type === '' ? unread(inner.raw, pseudonyms) : rewriteLine(inner, pseudonyms));
}

/** What can be nothing but the name of an attribute that is not known. */
const NAME = /^[a-z][a-z-]{0,30}:$/;

function rewriteLine(line: SdpLine, pseudonyms: Pseudonyms): string {
  const { type, raw, value, valueStart } = line;
  const special = type === 'a' ? ATTRIBUTES.get(line.name) : LINES.get(type);
  if (special !== undefined) return raw.slice(0, valueStart) + special(value, pseudonyms);
  if (findDoc(line) !== undefined) return raw.slice(0, valueStart) + words(value, pseudonyms);
  const start = raw.startsWith(`${type}=`) ? 2 : 0;
  const name = raw.slice(start, valueStart);
  const shown = NAME.test(name) ? name : words(name, pseudonyms);
  return raw.slice(0, start) + shown + unread(value, pseudonyms);
}

type Rewrite = (value: string, pseudonyms: Pseudonyms) => string;

/** Between these stand what is looked at one by one. */
const PIECE = /[^\s;=,/()[\]"'<>|]+/g;
const ADDRESS_INSIDE = /(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])/g;

/** Words of the format stay, all else is replaced. */
const words: Rewrite = (value, pseudonyms) =>
  value.replace(PIECE, (word) => (isKept(word) ? word : unreadWord(word, pseudonyms)));

/** Nothing but marks stays. */
const unread: Rewrite = (value, pseudonyms) => value.replace(PIECE, (word) => unreadWord(word, pseudonyms));

function unreadWord(word: string, pseudonyms: Pseudonyms): string {
  const kind = addressKind(word);
  if (kind !== undefined && kind !== 'name') return pseudonyms.address(word);
  const [address] = word.match(ADDRESS_INSIDE) ?? [];
  if (address === undefined || addressKind(address) !== 'IPv4') return pseudonyms.secret(word);
  const at = word.indexOf(address);
  const after = word.slice(at + address.length);
  return `${around(word.slice(0, at), pseudonyms)}${pseudonyms.address(address)}${around(after, pseudonyms)}`;
}

/** What stands before and after an address, such as `:5000`. */
const around = (text: string, pseudonyms: Pseudonyms): string =>
  isKept(text) || /^[^A-Za-z0-9\u0080-\uffff]*$/.test(text) ? text : pseudonyms.secret(text);

const SHORT = 3;

/** Too short to say who somebody is, or made of words of the format and numbers; never an address or a list of hex pairs. */
function isKept(word: string): boolean {
  if (word.length <= SHORT) return true;
  const kind = addressKind(word);
  if (kind === 'IPv4' || kind === 'IPv6' || kind === 'mDNS') return false;
  const parts = word.match(/[A-Za-z0-9\u0080-\uffff]+/g) ?? [];
  const numbers = parts.filter(isDigits);
  return numbers.length <= 2 && numbers.every((part) => part.length <= 10) && parts.every(isNumberOrFormat);
}

const isNumberOrFormat = (part: string): boolean => isDigits(part) || isFormatWord(part);

// Values

const secret: Rewrite = (value, pseudonyms) => pseudonyms.secret(value);
const address: Rewrite = (value, pseudonyms) => pseudonyms.address(value);

const everyWord =
  (rewrite: Rewrite): Rewrite =>
  (value, pseudonyms) =>
    value.replace(/\S+/g, (word) => rewrite(word, pseudonyms));

const orKept =
  (rewrite: Rewrite): Rewrite =>
  (word, pseudonyms) =>
    isKept(word) ? word : rewrite(word, pseudonyms);

/** The first word is a word of the format. */
const afterFirst =
  (rewrite: Rewrite): Rewrite =>
  (value, pseudonyms) => {
    let place = 0;
    return everyWord((word) =>
      place++ === 0 ? orKept(secret)(word, pseudonyms) : rewrite(word, pseudonyms),
    )(value, pseudonyms);
  };

const numbered =
  (first: string, next: (number: number) => string): Rewrite =>
  (value, pseudonyms) =>
    value.trim() === '' || value.trim() === '-'
      ? value
      : pseudonyms.numbered(value, (number) => (number === 1 ? first : next(number)));

const userName = numbered('user', (number) => `user-${number}`);
const server = numbered('stun:server.invalid', (number) => `stun:server-${number}.invalid`);

const CANDIDATE_VALUES: ReadonlyMap<string, Rewrite> = new Map([
  ['raddr', address],
  ['ufrag', secret],
  ['url', server],
]);
const ADDRESS_AT = 4;

const candidate: Rewrite = (value, pseudonyms) => {
  let place = -1;
  let before = '';
  return everyWord((word) => {
    place += 1;
    const rewrite = place === 0 ? secret : place === ADDRESS_AT ? address : CANDIDATE_VALUES.get(before);
    before = word;
    return (rewrite ?? words)(word, pseudonyms);
  })(value, pseudonyms);
};

const SOURCE_SECRET = /^(\d+ +(?:cname|msid|mslabel|label|name):)(.*)$/s;

const ssrc: Rewrite = (value, pseudonyms) => {
  const match = SOURCE_SECRET.exec(value);
  return match === null ? words(value, pseudonyms) : match[1]! + everyWord(secret)(match[2]!, pseudonyms);
};

const INLINE = 'inline:';

const key: Rewrite = (word, pseudonyms) => {
  if (!word.startsWith(INLINE)) return words(word, pseudonyms);
  const [secretPart = '', ...rest] = word.slice(INLINE.length).split('|');
  return INLINE + [secret(secretPart, pseudonyms), ...rest.map((part) => words(part, pseudonyms))].join('|');
};

const crypto = everyWord((word, pseudonyms) =>
  word
    .split(';')
    .map((part) => key(part, pseudonyms))
    .join(';'),
);

const FMTP_VALUE = /^[A-Za-z0-9.,_+-]{1,16}$/;

/** Known parameters of codecs keep their short values: profiles and levels are what negotiation is about. */
const fmtp: Rewrite = (value, pseudonyms) =>
  value.replace(/[^;\s]+/g, (piece) => {
    const equals = piece.indexOf('=');
    const known = equals > 0 && isKept(piece.slice(0, equals)) && FMTP_VALUE.test(piece.slice(equals + 1));
    return known ? piece : words(piece, pseudonyms);
  });

/** `o=` has six words; where it has not, nobody knows which is which. */
const origin: Rewrite = (value, pseudonyms) => {
  const all = value.split(' ');
  const [user = '', id = '', version = '', net, family, host = ''] = all;
  if (all.length !== 6 || net !== 'IN' || !isDigits(version)) return unread(value, pseudonyms);
  return [
    userName(user, pseudonyms),
    secret(id, pseudonyms),
    version === id ? secret(id, pseudonyms) : version,
    net,
    words(family!, pseudonyms),
    address(host, pseudonyms),
  ].join(' ');
};

const addresses = everyWord(orKept(address));
const connection = everyWord(
  orKept((word, pseudonyms) => {
    const [host = '', ...rest] = word.split('/');
    return [address(host, pseudonyms), ...rest.map((part) => words(part, pseudonyms))].join('/');
  }),
);

const CLOCK =
  /^(?:ptp=IEEE[0-9A-Z.]+-[0-9]{4}:(?:traceable|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7})(?::[0-9]{1,3})?|gps|gal|glonass|local|private(?::traceable)?|localmac=[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}|ntp=\/traceable\/)$/;
const MEDIA_CLOCK =
  /^(?:sender|direct=[0-9]+|rate=[0-9/]+|IEEE1722=[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}| )+$/;
const HARDWARE = /[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5,7}/g;

/** The names of clocks are made of the addresses of their hardware; which protocol they follow says nothing of anybody. */
const NTP = /^(ntp=)([^/:\s]+)(:[0-9]+)?$/;

const clock =
  (form: RegExp): Rewrite =>
  (value, pseudonyms) => {
    const [, kind, host, port = ''] = NTP.exec(value) ?? [];
    if (kind !== undefined && host !== undefined) return kind + address(host, pseudonyms) + port;
    return form.test(value.trim())
      ? value.replace(HARDWARE, (hardware) => secret(hardware, pseudonyms))
      : unread(value, pseudonyms);
  };

const ATTRIBUTES: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['candidate', candidate],
  ['x-candidate-ipv6', candidate],
  ['remote-candidates', addresses],
  ['rtcp', addresses],
  ['source-filter', addresses],
  ['ice-ufrag', secret],
  ['ice-pwd', secret],
  ['fingerprint', afterFirst(secret)],
  ['tls-id', secret],
  ['identity', everyWord(secret)],
  ['dtls-message', afterFirst(secret)],
  ['zrtp-hash', afterFirst(secret)],
  ['key-mgmt', afterFirst(secret)],
  ['ts-refclk', clock(CLOCK)],
  ['mediaclk', clock(MEDIA_CLOCK)],
  ['fpaeskey', secret],
  ['rsaaeskey', secret],
  ['aesiv', secret],
  ['crypto', crypto],
  ['ssrc', ssrc],
  ['msid', everyWord(secret)],
  ['msid-semantic', afterFirst(secret)],
  ['fmtp', fmtp],
]);

const LINES: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['o', origin],
  ['c', connection],
  ['s', numbered('session', (number) => `session-${number}`)],
  ['i', numbered('information', (number) => `information ${number}`)],
  ['u', numbered('https://session.invalid/', (number) => `https://session.invalid/${number}`)],
  ['e', numbered('user@session.invalid', (number) => `user-${number}@session.invalid`)],
  ['p', numbered('+1 555 0100', (number) => `+1 555 ${String(number).padStart(4, '01')}`)],
  ['k', () => 'prompt'],
]);
