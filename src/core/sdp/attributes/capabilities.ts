/** Capability negotiation: what could be used besides what the lines say. RFC 5939, RFC 6871; before them RFC 3407. */
import { visible } from '../grammar.ts';
import { cite, type Cite } from '../../base/cite.ts';
import type { Reader, Word } from '../reader.ts';
import { attribute, type AttributeDoc } from './doc.ts';
import { protocolInWords } from './media-line.ts';
import { count, part, readPart, wordsOf, type Part } from './parts.ts';

const MOST = 2147483647;
const LEVEL = 'both' as const;

const TAGS: ReadonlyMap<string, string> = new Map([
  ['cap-v0', 'capability negotiation itself (RFC 5939)'],
  ['med-v0', 'media capabilities (RFC 6871)'],
  ['bcap-v0', 'bandwidth capabilities (RFC 7006)'],
  ['ccap-v0', 'connection data capabilities (RFC 7195)'],
  ['icap-v0', 'title capabilities (RFC 7006)'],
]);

/** Names each piece between separators. */
const pieces =
  (separator: string, one: Part) =>
  (reader: Reader): void => {
    for (const word of reader.split(reader.value, separator)) readPart(reader, trimmed(word), one);
  };

function trimmed(word: Word): Word {
  const start = word.start + word.text.length - word.text.trimStart().length;
  const text = word.text.trim();
  return { text, start, end: start + text.length };
}

const tags = (name: 'csup' | 'creq', sentence: string): AttributeDoc =>
  attribute({
    name,
    level: LEVEL,
    rfc: cite('RFC 5939', '3.3'),
    example: `a=${name}:cap-v0`,
    explain: (reader) => {
      pieces(
        ',',
        part('extension', (text) => TAGS.get(text) ?? `the extension ${visible(text)}`),
      )(reader);
      return sentence;
    },
  });

const csup = tags('csup', 'What this side supports of capability negotiation.');
const creq = tags(
  'creq',
  'What the other side must support of capability negotiation; else it leaves all capabilities out.',
);

const NUMBER = count('number', (value) => `capability number ${value}`, MOST);

/** `1 key-mgmt:mikey AQAF…`: an attribute that could be used, with a number that configurations name. */
const acap = attribute({
  name: 'acap',
  level: LEVEL,
  rfc: cite('RFC 5939', '3.4'),
  example: 'a=acap:1 key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO',
  explain: (reader) => {
    const [number, first] = reader.words();
    readPart(
      reader,
      number,
      count('number', (value) => `attribute capability ${value}`, MOST),
    );
    if (first === undefined) reader.warn('the attribute is missing');
    else readNested(reader, reader.restFrom(first));
    return `An attribute that could be used, a=${visible(first?.text.split(':', 1)[0] ?? '?')}: it holds only in a configuration (a=pcfg) that names number ${visible(number?.text ?? '?')}.`;
  },
});

function readNested(reader: Reader, rest: Word): void {
  const colon = rest.text.indexOf(':');
  const end = colon < 0 ? rest.text.length : colon;
  const name = rest.text.slice(0, end);
  reader.token(
    { text: name, start: rest.start, end: rest.start + end },
    'attribute',
    `the line a=${visible(name)}`,
  );
  if (colon < 0) return;
  const value = { text: rest.text.slice(end + 1), start: rest.start + end + 1, end: rest.end };
  if (value.text !== '') reader.token(value, 'attribute value', `what would stand after a=${visible(name)}:`);
}

/** `1 RTP/SAVPF RTP/SAVP`: the second has the next number. */
const tcap = attribute({
  name: 'tcap',
  level: LEVEL,
  rfc: cite('RFC 5939', '3.4'),
  example: 'a=tcap:1 RTP/SAVP RTP/AVP',
  explain: (reader) => {
    const [number, ...protocols] = reader.words();
    readPart(
      reader,
      number,
      count('number', (value) => `the first of them is transport capability ${value}`, MOST),
    );
    const first = Number(number?.text ?? '1');
    protocols.forEach((word, index) =>
      reader.token(word, 'protocol', `transport capability ${first + index}: ${protocolInWords(word.text)}`),
    );
    if (protocols.length === 0) reader.warn('the protocols are missing');
    return 'Transport protocols that could stand in m= instead; a configuration (a=pcfg) names them by number.';
  },
});

const KINDS: ReadonlyMap<string, string> = new Map([
  ['a', 'attribute capability'],
  ['t', 'transport capability'],
  ['m', 'media capability'],
  ['b', 'bandwidth capability'],
  ['c', 'connection data capability'],
  ['i', 'title capability'],
]);

/** `a=-m:1,[2]|3` → attribute capabilities 1 and, if possible, 2; or 3; without the attributes of the section. */
function listInWords(key: string, list: string): string {
  const kind = KINDS.get(key);
  if (key === 'mt') return `as m=${visible(list)}`;
  if (key === 'pt')
    return `with the payload types ${visible(list.replaceAll(',', ', '))} (capability:number)`;
  if (kind === undefined) return `${visible(key)}: ${visible(list)}`;
  const removed = /^-(ms|m|s)(?::|$)/.exec(list);
  const chosen = list
    .slice(removed?.[0].length ?? 0)
    .split('|')
    .map((one) => one.replaceAll('[', '').replaceAll(']', ' if possible').replaceAll(',', ' and '))
    .filter((one) => one !== '')
    .join(', or ');
  const without =
    removed === null
      ? ''
      : `without the attributes of ${removed[1] === 's' ? 'the session' : removed[1] === 'm' ? 'the section' : 'section and session'}`;
  return [chosen === '' ? '' : `with ${kind} ${visible(chosen)}`, without]
    .filter((one) => one !== '')
    .join(', ');
}

function readConfiguration(reader: Reader, words: readonly Word[]): void {
  for (const word of words) {
    const [key, value] = reader.split(word, '=');
    const says =
      value === undefined
        ? `the setting ${visible(word.text)}`
        : listInWords(key!.text, word.text.slice(key!.text.length + 1));
    reader.token(key!, 'kind', says);
    if (value !== undefined) reader.token({ ...word, start: key!.end + 1 }, 'capabilities', says);
  }
}

const configuration = (
  name: string,
  { rfc, example, first, sentence }: { rfc: Cite; example: string; first: Part; sentence: string },
): AttributeDoc =>
  attribute({
    name,
    level: LEVEL,
    rfc,
    example,
    explain: (reader) => {
      const [number, ...rest] = reader.words();
      readPart(reader, number, first);
      readConfiguration(reader, rest);
      return sentence;
    },
  });

const pcfg = configuration('pcfg', {
  rfc: cite('RFC 5939', '3.5'),
  example: 'a=pcfg:1 t=1 a=1',
  first: count(
    'configuration',
    (value) => `configuration ${value}: of several, lower numbers are preferred`,
    MOST,
  ),
  sentence:
    'A way in which this section could be used instead; the answer picks one with a=acfg, or takes the lines as they are.',
});
const acfg = configuration('acfg', {
  rfc: cite('RFC 5939', '3.5'),
  example: 'a=acfg:1 t=1 a=1',
  first: count('configuration', (value) => `configuration ${value} of the offer`, MOST),
  sentence: 'The configuration of the offer that this answer has picked.',
});

const MEDIA = cite('RFC 6871', '3.3');

const lcfg = configuration('lcfg', {
  rfc: MEDIA,
  example: 'a=lcfg:1 mt=video t=1 m=1',
  first: count('configuration', (value) => `configuration ${value}`, MOST),
  sentence: 'A section that could be added later; it is not offered now.',
});

/** `1,3-4`: which of the capabilities. */
const numbers = part(
  'numbers',
  (text) => `media capability ${visible(text.replaceAll(',', ', ').replaceAll('-', ' to '))}`,
);

const media = (name: string, example: string, rest: Part, sentence: string): AttributeDoc =>
  wordsOf({ name, level: LEVEL, rfc: MEDIA, example, parts: [numbers], rest, sentence });

const rmcap = media(
  'rmcap',
  'a=rmcap:1,2 G729/8000',
  part('codec', (text) => `the codec ${visible(text)}`),
  'A codec that could be used; it gets a payload type in a configuration.',
);
const omcap = media(
  'omcap',
  'a=omcap:1 t38',
  part('format', (text) => `the format ${visible(text)}`),
  'A format without RTP that could be used.',
);
const mfcap = media(
  'mfcap',
  'a=mfcap:1 mode=4',
  part('settings', (text) => `with ${visible(text)}, as in a=fmtp`),
  'Settings of a codec that could be used, as a=fmtp would write them.',
);
const mscap = media(
  'mscap',
  'a=mscap:1 rtcp-fb nack',
  part('attribute', (text) => `${visible(text)}, as in the attribute`),
  'A line about one codec (such as a=rtcp-fb) that would hold for a codec that could be used.',
);
const sescap = wordsOf({
  name: 'sescap',
  level: LEVEL,
  rfc: MEDIA,
  example: 'a=sescap:1 1,2',
  parts: [
    NUMBER,
    part(
      'configurations',
      (text) =>
        `the configurations ${visible(text.replaceAll(',', ' and ').replaceAll('|', ', or '))} together`,
    ),
  ],
  sentence: 'Which configurations of the sections may be used together.',
});

const SIMPLE = cite('RFC 3407', '3');

const sqn = wordsOf({
  name: 'sqn',
  level: LEVEL,
  rfc: SIMPLE,
  example: 'a=sqn:0',
  parts: [count('sequence number', (value) => `set number ${value}; it grows by one with each change`, 255)],
  sentence: 'The number of this set of capabilities, so that a change of it is noticed.',
});

/** `1 audio RTP/AVP 0 18 96`: each format is a capability, numbered on. */
const cdsc = attribute({
  name: 'cdsc',
  level: LEVEL,
  rfc: SIMPLE,
  example: 'a=cdsc:1 audio RTP/AVP 0 18 96',
  explain: (reader) => {
    const [number, kind, protocol, ...formats] = reader.words();
    readPart(
      reader,
      number,
      count('number', (value) => `the first format is capability ${value}`, 255),
    );
    readPart(
      reader,
      kind,
      part('media', (text) => `for ${visible(text)}`),
    );
    readPart(reader, protocol, part('protocol', protocolInWords));
    const first = Number(number?.text ?? '1');
    formats.forEach((word, index) =>
      reader.token(word, 'format', `capability ${first + index}: the format ${visible(word.text)}`),
    );
    return 'What this side could use, without offering it: later offers may.';
  },
});

const parameter = (name: string, example: string, sentence: string): AttributeDoc =>
  attribute({
    name,
    level: LEVEL,
    rfc: SIMPLE,
    example,
    explain: (reader) => {
      const line = reader.value;
      reader.token(line, 'line', `the line ${visible(line.text)}, as it would stand with the capability`);
      return sentence;
    },
  });

const cpar = parameter(
  'cpar',
  'a=cpar:a=fmtp:96 0-16,32-35',
  'A line that belongs to the capabilities before it.',
);
const cparmin = parameter(
  'cparmin',
  'a=cparmin:b=AS:64',
  'The least value of a line of the capabilities before it.',
);
const cparmax = parameter(
  'cparmax',
  'a=cparmax:b=AS:128',
  'The greatest value of a line of the capabilities before it.',
);

export const capabilities: readonly AttributeDoc[] = [
  csup,
  creq,
  acap,
  tcap,
  pcfg,
  acfg,
  lcfg,
  rmcap,
  omcap,
  mfcap,
  mscap,
  sescap,
  sqn,
  cdsc,
  cpar,
  cparmin,
  cparmax,
];
