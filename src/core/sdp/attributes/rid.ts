/** a=rid and a=simulcast: several encodings of one source. RFC 8851 section 10, RFC 8853 section 5.1. */
import { visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

const RID = /^[A-Za-z0-9_-]+$/;

const INTEGERS: ReadonlyMap<string, (value: string) => string> = new Map([
  ['max-width', (value) => `at most ${value} pixels wide`],
  ['max-height', (value) => `at most ${value} pixels high`],
  ['max-fps', (value) => `at most ${value} frames a second`],
  ['max-fs', (value) => `at most ${value} pixels in a frame`],
  ['max-br', (value) => `at most ${value} bit/s`],
  ['max-pps', (value) => `at most ${value} pixels a second`],
]);

export const rid = attribute({
  name: 'rid',
  rfc: cite('RFC 8851', '10'),
  example: 'a=rid:hi send pt=96,97;max-width=1280;max-height=720',
  explain: (reader) => {
    const [id, direction, restrictions, ...rest] = reader.words();
    const name = reader.need(id, 'rid', (text) => `the encoding is called "${visible(text)}"`);
    if (id !== undefined && !RID.test(name))
      reader.error(`the rid "${visible(name)}" has characters other than letters, digits, "-" and "_"`, id);
    readDirection(reader, direction);
    if (restrictions !== undefined)
      for (const part of reader.split(restrictions, ';')) readRestriction(reader, part);
    reader.surplus(rest);
    return `One encoding of this media, "${visible(name)}", that this side wants to ${direction?.text === 'recv' ? 'receive' : 'send'}.`;
  },
});

function readDirection(reader: Reader, word: Word | undefined): void {
  const text = reader.need(word, 'direction', (name) =>
    name === 'send'
      ? 'sent by this side'
      : name === 'recv'
        ? 'received by this side'
        : `"${visible(name)}" is not a direction`,
  );
  if (word !== undefined && text !== 'send' && text !== 'recv')
    reader.error(
      `"${visible(text)}" is neither send nor recv`,
      word,
      'One of these says who sends the encoding.',
    );
}

function readRestriction(reader: Reader, part: Word): void {
  if (part.text === '') {
    reader.warn('an empty restriction', part);
    return;
  }
  const [name, value] = reader.split(part, '=');
  reader.token(name!, 'restriction', restrictionInWords(name!.text, value?.text));
  if (value === undefined) {
    if (INTEGERS.has(name!.text) || name!.text === 'pt') reader.error(`${name!.text} needs a value`, part);
    return;
  }
  readRestrictionValue(reader, name!.text, value);
}

function restrictionInWords(name: string, value: string | undefined): string {
  if (value === undefined) return `the restriction ${visible(name)}`;
  const list = visible(value).replaceAll(',', ', ');
  if (name === 'pt') return `with one of the payload types ${list}`;
  if (name === 'depends') return `needs the encoding ${list}`;
  if (name === 'max-bpp') return `at most ${list} bits a pixel`;
  return INTEGERS.get(name)?.(list) ?? `the restriction ${visible(name)}: ${list}`;
}

function readRestrictionValue(reader: Reader, name: string, value: Word): void {
  const number = INTEGERS.get(name);
  if (number !== undefined) {
    reader.integer(value, name, { min: 0, max: 4294967295 }, () => number(value.text));
  } else if (name === 'pt') {
    for (const payload of reader.split(value, ','))
      reader.integer(payload, 'payload type', { min: 0, max: 127 }, (n) => `with payload type ${n}`);
  } else if (name === 'depends') {
    for (const id of reader.split(value, ','))
      reader.token(id, 'rid', `needs the encoding "${visible(id.text)}"`);
  } else if (name === 'max-bpp') {
    reader.token(value, 'max-bpp', `at most ${visible(value.text)} bits a pixel`);
    if (!/^[0-9]+(?:\.[0-9]+)?$/.test(value.text))
      reader.error(`max-bpp "${visible(value.text)}" is not a number`, value);
  } else {
    reader.token(value, 'value', restrictionInWords(name, value.text));
  }
}

export const simulcast = attribute({
  name: 'simulcast',
  single: true,
  rfc: cite('RFC 8853', '5.1'),
  example: 'a=simulcast:send hi;~mid,alt recv x',
  explain: (reader) => {
    const words = reader.words();
    if (/(?:rid|pt|paused)=/.test(reader.value.text)) return readDraft(reader, words);
    const seen = new Set<string>();
    for (let i = 0; i < words.length; i += 2)
      readSimulcast(reader, { direction: words[i]!, list: words[i + 1], seen });
    if (words.length > 4)
      reader.error(
        'there are more than two lists',
        reader.value,
        'One list to send and one to receive are possible.',
      );
    return 'The same picture in several qualities at once (simulcast); each is one encoding named by a rid line.';
  },
});

function readSimulcast(
  reader: Reader,
  s: { direction: Word; list: Word | undefined; seen: Set<string> },
): void {
  const { direction, list, seen } = s;
  readDirection(reader, direction);
  if (seen.has(direction.text)) reader.error(`"${visible(direction.text)}" comes twice`, direction);
  seen.add(direction.text);
  if (list === undefined) reader.error('the list of encodings is missing', direction);
  else readStreams(reader, list);
}

/** `send rid=1,4;2 paused=4` of draft-ietf-mmusic-sdp-simulcast-03 and -04. */
function readDraft(reader: Reader, words: readonly Word[]): string {
  for (const word of words) {
    const direction = word.text === 'send' || word.text === 'recv';
    reader.token(
      word,
      direction ? 'direction' : 'draft notation',
      direction ? `${word.text}:` : `the encodings ${visible(word.text)}, as drafts wrote it`,
    );
  }
  reader.warn(
    'this is how drafts wrote simulcast',
    reader.value,
    'Browsers read the notation of RFC 8853 only.',
  );
  return 'The same picture in several qualities at once (simulcast), in the notation of an old draft.';
}

function readStreams(reader: Reader, list: Word): void {
  for (const stream of reader.split(list, ';')) {
    const alternatives = reader.split(stream, ',');
    alternatives.forEach((alternative, index) =>
      readAlternative(reader, alternative, { index, count: alternatives.length }),
    );
  }
}

interface Choice {
  readonly index: number;
  readonly count: number;
}

/** `;` begins another stream, `,` another form of the same one. */
const choiceInWords = ({ index, count }: Choice): string =>
  count === 1
    ? ''
    : index === 0
      ? `, the preferred of ${count} forms of one stream`
      : ', another form of the same stream';

function readAlternative(reader: Reader, word: Word, choice: Choice): void {
  const paused = word.text.startsWith('~');
  const name = paused ? word.text.slice(1) : word.text;
  reader.token(
    word,
    'rid',
    `the encoding "${visible(name)}"${paused ? ', paused at first' : ''}${choiceInWords(choice)}`,
  );
  if (!RID.test(name))
    reader.error(
      name === ''
        ? 'the name of an encoding is missing'
        : `"${visible(name)}" is not the name of an encoding`,
      word,
    );
}
