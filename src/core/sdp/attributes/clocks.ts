/** Which clock timestamps come from: RFC 7273, with the forms of SMPTE ST 2110-10. */
import { integerIn, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import type { Reader, Word } from '../reader.ts';
import { splitFirst } from '../values.ts';
import { attribute, type AttributeDoc } from './doc.ts';

const EUI64 = /^[0-9A-Fa-f]{2}(?:[-:][0-9A-Fa-f]{2}){7}$/;
const MAC = /^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}$/;

const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['IEEE1588-2002', 'PTP version 1 (IEEE 1588-2002)'],
  ['IEEE1588-2008', 'PTP version 2 (IEEE 1588-2008)'],
  ['IEEE1588-2019', 'PTP version 2.1 (IEEE 1588-2019)'],
  ['IEEE802.1AS-2011', 'the PTP profile of audio and video bridges (IEEE 802.1AS-2011)'],
  ['IEEE802.1AS-2020', 'the PTP profile of audio and video bridges (IEEE 802.1AS-2020)'],
]);

interface Clock {
  readonly words: string;
  /** Reads what follows `=`; a clock without this has nothing there. */
  readonly read?: (reader: Reader, identity: Word) => void;
}

const CLOCKS: ReadonlyMap<string, Clock> = new Map<string, Clock>([
  ['ntp', { words: 'an NTP server', read: readNtp }],
  ['ptp', { words: 'a PTP clock (IEEE 1588)', read: readPtp }],
  ['gps', { words: 'GPS' }],
  ['gal', { words: 'Galileo' }],
  ['glonass', { words: 'GLONASS' }],
  ['local', { words: 'a clock of the sender alone' }],
  ['private', { words: 'a clock that is not public' }],
  ['localmac', { words: 'a clock of the sender alone, told by its network card', read: readMac }],
]);

const tsRefclk = attribute({
  name: 'ts-refclk',
  level: 'both',
  rfc: cite('RFC 7273', '4'),
  example: 'a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37',
  explain: (reader) => {
    const { text, start, end } = reader.value;
    const length = /^[^=:]*/.exec(text)![0].length;
    const kind = { text: text.slice(0, length), start, end: start + length };
    const clock = CLOCKS.get(kind.text);
    reader.token(kind, 'clock', clock?.words ?? `the clock ${visible(kind.text)}`);
    if (clock === undefined) reader.warn(`"${visible(kind.text)}" is not a registered clock`, kind);
    const identity = { text: text.slice(length + 1), start: kind.end + 1, end };
    if (clock?.read !== undefined) readIdentity(reader, { kind, identity, read: clock.read });
    else if (identity.text !== '') readRest(reader, kind, identity);
    return `The clock that timestamps refer to: ${clock?.words ?? visible(kind.text)}.`;
  },
});

function readIdentity(
  reader: Reader,
  { kind, identity, read }: { kind: Word; identity: Word; read: (reader: Reader, word: Word) => void },
): void {
  if (identity.text === '') reader.error(`which ${kind.text} clock is missing`, kind);
  else read(reader, identity);
}

/** `private:traceable` */
function readRest(reader: Reader, kind: Word, rest: Word): void {
  const traceable = kind.text === 'private' && rest.text === 'traceable';
  reader.token(rest, 'clock identity', traceable ? 'it is traceable to UTC' : `"${visible(rest.text)}"`);
  if (!traceable && kind.text in { gps: 0, gal: 0, glonass: 0, local: 0, private: 0 })
    reader.error(`nothing is expected after ${kind.text}, but "${visible(rest.text)}" follows`, rest);
}

function readNtp(reader: Reader, word: Word): void {
  reader.token(
    word,
    'NTP server',
    word.text === '/traceable/' ? 'any server that is traceable to UTC' : `the server ${visible(word.text)}`,
  );
}

/** `IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37`: version, grandmaster, domain; or `IEEE1588-2008:traceable`. */
function readPtp(reader: Reader, word: Word): void {
  const [version, clock, ...domain] = reader.split(word, ':');
  if (clock === undefined && !VERSIONS.has(version!.text)) {
    reader.token(version!, 'clock identity', `"${visible(version!.text)}"`);
    reader.error(
      'the PTP version is missing',
      version,
      'It comes before the clock, as in ptp=IEEE1588-2008:traceable.',
    );
    return;
  }
  reader.token(
    version!,
    'PTP version',
    VERSIONS.get(version!.text) ?? `the version ${visible(version!.text)}`,
  );
  if (!VERSIONS.has(version!.text))
    reader.error(`"${visible(version!.text)}" is not a PTP version`, version, 'It is like IEEE1588-2008.');
  if (clock === undefined) reader.error('the grandmaster clock is missing', version);
  else readGrandmaster(reader, clock);
  const [number] = domain;
  if (number !== undefined)
    readDomain(reader, { ...number, text: domain.map(({ text }) => text).join(':'), end: word.end });
}

function readGrandmaster(reader: Reader, word: Word): void {
  const traceable = word.text === 'traceable';
  reader.token(
    word,
    'clock identity',
    traceable ? 'any clock that is traceable to UTC' : `the grandmaster clock ${visible(word.text)}`,
  );
  if (!traceable && !EUI64.test(word.text))
    reader.error(
      `the clock "${visible(word.text)}" is not eight bytes`,
      word,
      'A grandmaster is named by eight bytes of two hexadecimal digits, with "-" between them.',
    );
}

/** A number from 0 to 127, or a name as in version 1. */
function readDomain(reader: Reader, word: Word): void {
  const digits = word.text.replace(/^domain-nmbr=/, '');
  const number = integerIn(digits, 0, 127);
  reader.token(
    word,
    'PTP domain',
    number === undefined ? `the domain ${visible(word.text)}` : `PTP domain ${number}`,
  );
  if (number === undefined && /^[0-9]+$/.test(digits))
    reader.error(`the PTP domain ${digits} is not a number from 0 to 127`, word);
}

function readMac(reader: Reader, word: Word): void {
  reader.token(word, 'network card', `the network card ${visible(word.text)}`);
  if (!MAC.test(word.text))
    reader.error(
      `"${visible(word.text)}" is not the address of a network card`,
      word,
      'It has six bytes, with "-" between them.',
    );
}

const mediaclk = attribute({
  name: 'mediaclk',
  level: 'both',
  rfc: cite('RFC 7273', '5'),
  example: 'a=mediaclk:direct=963214424 rate=48000',
  explain: (reader) => {
    for (const word of reader.words()) readMediaClock(reader, word);
    return /(?:^| )sender/.test(reader.value.text)
      ? 'RTP timestamps come from a clock of the sender that follows nothing else.'
      : 'How RTP timestamps follow from the reference clock.';
  },
});

function readMediaClock(reader: Reader, word: Word): void {
  const [key, value] = splitFirst(word.text, '=');
  const says =
    key === 'direct'
      ? value === ''
        ? 'they follow the reference clock directly'
        : `they follow the reference clock directly: ${visible(value)} at its beginning`
      : key === 'sender'
        ? 'a clock of the sender, not tied to the reference clock'
        : key === 'rate'
          ? `the clock runs at ${visible(value)} Hz (a nominal rate may be a fraction)`
          : key === 'IEEE1722'
            ? `the clock of the AVB stream ${visible(value)}`
            : key.startsWith('id')
              ? `the clock is named ${visible(value)}`
              : `the clock ${visible(word.text)}`;
  const at = { text: key, start: word.start, end: word.start + key.length };
  reader.token(at, 'media clock', says);
  if (value !== '') reader.token({ text: value, start: at.end + 1, end: word.end }, 'value', says);
}

export const clocks: readonly AttributeDoc[] = [tsRefclk, mediaclk];
