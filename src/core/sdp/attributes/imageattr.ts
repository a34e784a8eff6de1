/** a=imageattr: picture sizes. RFC 6236 section 3.1. */
import { integerIn, visible } from '../grammar.ts';
import { PAYLOAD_TYPE, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

export const imageattr = attribute({
  name: 'imageattr',
  rfc: cite('RFC 6236', '3.1'),
  example: 'a=imageattr:97 send [x=[320:16:640],y=[240:16:480],par=[1.2-1.3],q=0.6] [x=176,y=144] recv *',
  explain: (reader) => {
    const [payload, ...words] = pieces(reader.value);
    if (payload?.text === '*') reader.token(payload, 'payload type', 'all payload types');
    else reader.integer(payload, 'payload type', PAYLOAD_TYPE, (n) => `for payload type ${n}`);
    readDirections(reader, words);
    return 'Picture sizes that this side can send or receive.';
  },
});

/** Splits at spaces outside brackets, in one pass. */
function pieces(value: Word): readonly Word[] {
  const found: Word[] = [];
  let depth = 0;
  let start = -1;
  for (let i = 0; i <= value.text.length; i += 1) {
    const char = value.text[i] ?? ' ';
    const space = char === ' ' && depth === 0;
    if (!space && start < 0) start = i;
    if ((space || i === value.text.length) && start >= 0) {
      found.push({ text: value.text.slice(start, i), start: value.start + start, end: value.start + i });
      start = -1;
    }
    if (char === '[') depth += 1;
    if (char === ']' && depth > 0) depth -= 1;
  }
  return found;
}

function readDirections(reader: Reader, words: readonly Word[]): void {
  const seen = new Set<string>();
  let sets = 0;
  if (words.length === 0) reader.error('"send" or "recv" is missing');
  for (const word of words) {
    if (word.text === 'send' || word.text === 'recv') {
      if (seen.has(word.text)) reader.error(`"${word.text}" comes twice`, word);
      if (seen.size > 0 && sets === 0) reader.error('no size is given before this', word);
      seen.add(word.text);
      sets = 0;
      reader.token(
        word,
        'direction',
        word.text === 'send' ? 'sizes this side can send' : 'sizes this side can receive',
      );
    } else {
      if (seen.size === 0)
        reader.error(`"send" or "recv" is expected, not "${visible(word.text.slice(0, 40))}"`, word);
      sets += 1;
      readSet(reader, word);
    }
  }
  if (words.length > 0 && sets === 0) reader.error('no size is given at the end');
}

function readSet(reader: Reader, word: Word): void {
  if (word.text === '*') {
    reader.token(word, 'set', 'any size');
    return;
  }
  if (!word.text.startsWith('[') || !word.text.endsWith(']')) {
    reader.token(word, 'set', `"${visible(word.text.slice(0, 80))}" is not a size in brackets`);
    reader.error(`"${visible(word.text.slice(0, 40))}" is not a size in brackets`, word);
    return;
  }
  const inside = { text: word.text.slice(1, -1), start: word.start + 1, end: word.end - 1 };
  const values = outerCommas(inside);
  const names = values.map((value) => value.text.split('=', 1)[0]);
  if (names[0] !== 'x' || names[1] !== 'y')
    reader.error('the size does not begin with x and y', word, 'A size is written [x=…,y=…].');
  for (const value of values) readValue(reader, value);
}

/** Splits at commas outside brackets, in one pass. */
function outerCommas(word: Word): readonly Word[] {
  const found: Word[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= word.text.length; i += 1) {
    const char = word.text[i];
    if (char === '[') depth += 1;
    if (char === ']' && depth > 0) depth -= 1;
    if (i < word.text.length && (char !== ',' || depth > 0)) continue;
    found.push({ text: word.text.slice(start, i), start: word.start + start, end: word.start + i });
    start = i + 1;
  }
  return found;
}

const WORDS: ReadonlyMap<string, (value: string) => string> = new Map([
  ['x', (value) => `${rangeInWords(value)} pixels wide`],
  ['y', (value) => `${rangeInWords(value)} pixels high`],
  ['sar', (value) => `pixels as wide as high times ${value}`],
  ['par', (value) => `the picture as wide as high times ${value}`],
  ['q', (value) => `preference ${value} between 0 and 1`],
]);

/** `[320:16:640]` → `320 to 640, in steps of 16,`; `[176,352]` → `176 or 352` */
function rangeInWords(value: string): string {
  if (!value.startsWith('[')) return value;
  const inside = value.slice(1, -1);
  if (inside.includes(',')) return inside.replaceAll(',', ' or ');
  const [from = '', step = '', to] = inside.split(':');
  return to === undefined ? `${from} to ${step}` : `${from} to ${to}, in steps of ${step},`;
}

function readValue(reader: Reader, word: Word): void {
  const [name, ...rest] = word.text.split('=');
  const value = rest.join('=');
  const nameEnd = word.start + name!.length;
  const words = WORDS.get(name!)?.(visible(value)) ?? `${visible(name!)} is ${visible(value)}`;
  reader.token({ text: name!, start: word.start, end: nameEnd }, 'key', words);
  if (rest.length === 0 || value === '') {
    reader.error(`"${visible(word.text.slice(0, 40))}" has no value`, word);
    return;
  }
  reader.token({ text: value, start: nameEnd + 1, end: word.end }, 'size', words);
  if (!validValue(name!, value))
    reader.error(`"${visible(word.text.slice(0, 60))}" is not a valid setting`, word);
}

function validValue(name: string, value: string): boolean {
  if (name === 'x' || name === 'y') return isSizeRange(value);
  if (name === 'sar') return isAspectRange(value, '-') || isAspectRange(value, ',') || isAspect(value);
  if (name === 'par') return isAspectRange(value, '-');
  return name === 'q' ? /^(?:0(?:\.[0-9]+)?|1(?:\.0+)?)$/.test(value) : true;
}

/** `320`, `[320:16:640]`, `[320:640]` or `[320,640]` */
function isSizeRange(value: string): boolean {
  if (isSize(value)) return true;
  if (!value.startsWith('[') || !value.endsWith(']')) return false;
  const inside = value.slice(1, -1);
  const separator = inside.includes(':') ? ':' : ',';
  const numbers = inside.split(separator);
  return numbers.length >= 2 && (separator === ',' || numbers.length <= 3) && numbers.every(isSize);
}

const isSize = (text: string): boolean => integerIn(text, 1, 999999) !== undefined;
const isAspect = (text: string): boolean => /^[0-9]+(?:\.[0-9]+)?$/.test(text);

/** `[1.2-1.3]` ascending, or `[1.1,1.3]` */
function isAspectRange(value: string, separator: string): boolean {
  if (!value.startsWith('[') || !value.endsWith(']')) return false;
  const numbers = value.slice(1, -1).split(separator);
  const ascending = numbers.every(
    (number, index) => index === 0 || Number(numbers[index - 1]) < Number(number),
  );
  return (
    numbers.length >= 2 && (separator === ',' || numbers.length === 2) && numbers.every(isAspect) && ascending
  );
}
