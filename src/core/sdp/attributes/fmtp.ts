/** a=fmtp: settings of a codec. RFC 8866 section 6.15; the parameters are those of each payload format. */
import { integerIn, isToken, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite, type Cite } from '../../base/cite.ts';
import { isRtp, splitFirst } from '../values.ts';
import { findCodec, findParameter } from './codecs/index.ts';
import { codecInWords, payloadInWords } from './codecs/summary.ts';
import { attribute } from './doc.ts';

export const fmtp = attribute({
  name: 'fmtp',
  rfc: cite('RFC 8866', '6.15'),
  example: 'a=fmtp:111 minptime=10;useinbandfec=1',
  explain: (reader) => {
    const { value } = reader;
    const [formatText] = splitFirst(value.text);
    const format = { text: formatText, start: value.start, end: value.start + formatText.length };
    const codec = readFormat(reader, format);
    const rest = skipSpaces(reader, format.end, value.end);
    if (rest.text === '') reader.error('the parameters are missing');
    else readParameters(reader, rest, codec);
    if (codec === undefined) return `Settings for the format ${visible(format.text)}.`;
    const own = reader.context.settings?.get(format.text) === rest.text;
    return `Settings for ${own ? payloadInWords(reader.context, format.text, codec) : codecInWords(codec, rest.text)}.`;
  },
});

/** Returns the codec of the payload type, for example `H264/90000`. */
function readFormat(reader: Reader, word: Word): string | undefined {
  const codec = reader.context.codecs?.get(word.text);
  const known = codec === undefined ? '' : `: ${visible(codec)}`;
  reader.token(word, 'format', `for payload type ${visible(word.text)}${known}`);
  const rtp = reader.context.proto === undefined || isRtp(reader.context.proto);
  if (!isToken(word.text))
    reader.error(`the format "${visible(word.text)}" has characters that are not allowed in it`, word);
  else if (rtp && /^[0-9]+$/.test(word.text) && integerIn(word.text, 0, 127) === undefined)
    reader.error(`the payload type ${word.text} is not a number from 0 to 127`, word);
  return codec;
}

function skipSpaces(reader: Reader, from: number, end: number): Word {
  let start = from;
  while (start < end && reader.line.raw[start] === ' ') start += 1;
  return { text: reader.line.raw.slice(start, end), start, end };
}

function readParameters(reader: Reader, rest: Word, codec: string | undefined): void {
  const name = codec?.split('/', 1)[0]?.toLowerCase();
  reader.source = sourceOf(name);
  if (name === 'red' || (name === undefined && /^[0-9]+(?:\/[0-9]+)+$/.test(rest.text)))
    readRed(reader, rest);
  else if (name === 'telephone-event' || (name === undefined && /^[0-9]+(?:[-,][0-9]+)+$/.test(rest.text)))
    readEvents(reader, rest);
  else for (const part of reader.split(rest, ';')) readParameter(reader, trimmed(part), name);
}

/** The payload format whose parameters these are. */
function sourceOf(codec: string | undefined): Cite | undefined {
  if (codec === 'red') return cite('RFC 2198', '5');
  if (codec === 'telephone-event') return cite('RFC 4733', '2.4.1');
  return codec === undefined ? undefined : findCodec(codec)?.rfc;
}

/** RFC 2198 section 5: `111/111` lists the payload types of the primary and of each older copy. */
function readRed(reader: Reader, rest: Word): void {
  if (rest.text.includes('=')) {
    for (const part of reader.split(rest, ';')) readParameter(reader, trimmed(part), undefined);
    return;
  }
  reader.split(rest, '/').forEach((word, index) => {
    const payload = integerIn(word.text, 0, 127);
    const role = index === 0 ? 'the newest frame' : 'an older frame, sent once more';
    reader.token(
      word,
      'payload type',
      payload === undefined
        ? `"${visible(word.text)}" is not a payload type`
        : `${role}: payload type ${payload}`,
    );
    if (payload === undefined)
      reader.error(`the payload type "${visible(word.text)}" is not a number from 0 to 127`, word);
  });
}

/** RFC 4733 section 2.4.1: `0-15,66` lists event codes. */
function readEvents(reader: Reader, rest: Word): void {
  for (const word of reader.split(rest, ',')) {
    const item = trimmed(word);
    const [from, to] = item.text.split('-');
    const low = integerIn(from ?? '', 0, 255);
    const high = to === undefined ? low : integerIn(to, 0, 255);
    const good = low !== undefined && high !== undefined && low <= high;
    reader.token(
      item,
      'events',
      good ? eventsInWords(low, high) : `"${visible(item.text)}" is not a list of events`,
    );
    if (!good)
      reader.error(`"${visible(item.text)}" is not an event or a range of events from 0 to 255`, item);
  }
}

/** Events of RFC 4733 and RFC 4734, and the tones of RFC 2833 that gateways still name. */
const EVENTS: ReadonlyMap<number, string> = new Map([
  ...Array.from({ length: 10 }, (_unused, digit): [number, string] => [digit, `the key ${digit}`]),
  [10, 'the key *'],
  [11, 'the key #'],
  [12, 'the key A'],
  [13, 'the key B'],
  [14, 'the key C'],
  [15, 'the key D'],
  [16, 'flash (the hook pressed shortly)'],
  [32, 'the tone of an answering fax or modem (ANS)'],
  [33, 'that tone with its phase turned (/ANS)'],
  [34, 'the modulated tone of an answering modem (ANSam)'],
  [35, 'that tone with its phase turned (/ANSam)'],
  [36, 'the tone of a calling fax (CNG)'],
  [64, 'off hook'],
  [65, 'on hook'],
  [66, 'the dial tone'],
  [70, 'the ringing tone'],
  [72, 'the busy tone'],
  [73, 'the congestion tone'],
]);

function eventsInWords(low: number, high: number): string {
  if (low === 0 && high === 15) return 'events 0 to 15: the keys 0 to 9, *, #, A to D';
  if (low === 0 && high === 16) return 'events 0 to 16: the keys 0 to 9, *, #, A to D, and flash';
  const name = (event: number): string => EVENTS.get(event) ?? `event ${event}`;
  return low === high
    ? `event ${low}${EVENTS.has(low) ? `: ${name(low)}` : ''}`
    : `events ${low} to ${high}: from ${name(low)} to ${name(high)}`;
}

function readParameter(reader: Reader, part: Word, codec: string | undefined): void {
  if (part.text === '') return;
  const equals = part.text.indexOf('=');
  const nameEnd = equals < 0 ? part.text.length : equals;
  const name = trimmed({ text: part.text.slice(0, nameEnd), start: part.start, end: part.start + nameEnd });
  const parameter = findParameter(codec, name.text.toLowerCase());
  // A payload type that the section has not may be of any codec: its values are not judged.
  const judged = codec !== undefined || reader.context.codecs === undefined ? parameter : undefined;
  if (equals < 0) {
    reader.token(part, 'parameter', parameter?.says('') ?? `the setting ${visible(part.text)}`);
    if (judged?.valid !== undefined)
      reader.error(`${visible(name.text)} has no value`, part, `It takes ${judged.expected ?? 'one'}.`);
    return;
  }
  const value = trimmed({ text: part.text.slice(equals + 1), start: part.start + equals + 1, end: part.end });
  const says = parameter?.says(value.text);
  reader.token(name, 'parameter', says ?? `the setting ${visible(name.text)}`);
  reader.token(value, 'value', says ?? `"${visible(value.text)}"`);
  if (judged?.valid?.(value.text) === false) {
    reader.error(
      `"${visible(value.text)}" is not a value of ${visible(name.text)}`,
      value.text === '' ? part : value,
      judged.expected === undefined ? undefined : `It takes ${judged.expected}.`,
    );
  }
}

function trimmed(word: Word): Word {
  const text = word.text.trim();
  if (text === word.text) return word;
  const start = word.start + word.text.length - word.text.trimStart().length;
  return { text, start, end: start + text.length };
}
