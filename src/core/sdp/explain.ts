/** One line in words: what it is for, and every token with its actual value. */
import { findDoc } from './attributes/index.ts';
import { visible } from './grammar.ts';
import { hasColon, type SdpLine } from './lines.ts';
import { Reader, type Defect, type LineContext, type Token } from './reader.ts';
import { cite, type Cite } from '../base/cite.ts';
import type { AttributeDoc } from './attributes/doc.ts';

export interface Explanation {
  readonly explanation: string;
  readonly tokens: readonly Token[];
  /** Whether the attribute or line type is one that the program knows. */
  readonly known: boolean;
  readonly rfc: Cite;
}

/** An explanation together with what the reading found wrong, for the lint. */
export interface Reading extends Explanation {
  readonly doc: AttributeDoc | undefined;
  readonly defects: readonly Defect[];
}

/** Explains one line. Never fails: a line that is not understood says so. */
export function explainLine(line: SdpLine, context: LineContext = {}): Explanation {
  const { explanation, tokens, known, rfc } = readLine(line, context);
  return { explanation, tokens, known, rfc };
}

export function readLine(line: SdpLine, context: LineContext = {}): Reading {
  if (line.raw.trim() === '') return notALine(line, 'An empty line: a description has none.');
  if (line.type === '')
    return notALine(line, 'Not a line of a description: those begin with one letter and "=".');
  const doc = findDoc(line);
  if (line.raw.length > LONGEST) return tooLong(line, doc);
  const reader = new Reader(line, context);
  nameTokens(reader);
  if (doc === undefined) return unknownLine(line, reader);
  const explanation = readKnown(reader, doc);
  const { defects, tokens } = reader;
  const at = tokens.findIndex(({ role }) => role === 'name');
  if (at >= 0) tokens[at] = named(line, tokens[at]!, explanation);
  return { explanation, tokens, known: true, rfc: reader.source ?? doc.rfc, doc, defects };
}

/** Characters. The longest lines of real descriptions have some thousands. */
const LONGEST = 50_000;

/** Its words are not named: there could be a hundred thousand of them, and nobody would read those. */
function tooLong(line: SdpLine, doc: AttributeDoc | undefined): Reading {
  const claim = `the line has ${line.raw.length} characters, so its values were not read one by one`;
  return {
    explanation: `A line of ${line.raw.length} characters: above ${LONGEST} its values are not read one by one.`,
    tokens: [{ start: 0, end: 1, role: 'type', explanation: TYPE_WORDS.get(line.type) ?? 'an attribute' }],
    known: doc !== undefined,
    rfc: doc?.rfc ?? cite('RFC 8866', '5'),
    doc,
    defects: [
      {
        severity: 'warning',
        claim,
        reason: `The limit is ${LONGEST} characters; lines of real descriptions have some thousands.`,
        start: 0,
        end: 1,
      },
    ],
  };
}

function readKnown(reader: Reader, doc: AttributeDoc): string {
  const { line } = reader;
  if (doc.form === 'flag') {
    if (hasColon(line)) flagWithValue(reader);
    return doc.explain(reader);
  }
  if (doc.form === 'value' && !reader.hasValue) {
    reader.error(`${line.type === 'a' ? `a=${line.name}` : `${line.type}=`} has no value`, wholeLine(line));
    return `${doc.id} without the value that it needs.`;
  }
  return doc.explain(reader);
}

function flagWithValue(reader: Reader): void {
  const { value, line } = reader;
  if (value.text !== '')
    reader.token(value, 'surplus', `"${visible(value.text)}": this attribute takes no value`);
  reader.error(
    `a=${line.name} has a value`,
    value.text === '' ? wholeLine(line) : value,
    `It is a flag and takes none; write a=${line.name} alone.`,
  );
}

function nameTokens(reader: Reader): void {
  const { line } = reader;
  if (line.type !== 'a') {
    reader.token(
      { text: line.type, start: 0, end: 1 },
      'type',
      TYPE_WORDS.get(line.type) ?? 'an unknown line type',
    );
    return;
  }
  if (line.raw[1] !== '=') {
    if (line.valueStart > 0)
      reader.token({ text: 'candidate', start: 0, end: line.valueStart - 1 }, 'name', 'a candidate');
    return;
  }
  reader.token(
    { text: 'a', start: 0, end: 1 },
    'type',
    line.section < 0 ? 'an attribute of the session' : 'an attribute of this media section',
  );
  if (line.name === '') return;
  const end = 2 + line.name.length;
  reader.token({ text: line.name, start: 2, end }, 'name', `the attribute ${visible(line.name)}`);
}

/** The name of an attribute stands for what the whole line says. */
const named = (line: SdpLine, token: Token, explanation: string): Token => ({
  ...token,
  explanation: `${visible(line.name)}: ${explanation.endsWith('.') ? explanation.slice(0, -1) : explanation}`,
});

function unknownLine(line: SdpLine, reader: Reader): Reading {
  const { value } = reader;
  const what = line.type === 'a' ? `attribute "${visible(line.name)}"` : `line type "${line.type}"`;
  if (value.text !== '')
    reader.token(
      value,
      'unknown',
      `"${visible(value.text)}": the value of an unknown ${line.type === 'a' ? 'attribute' : 'line type'}`,
    );
  return {
    explanation: `The ${what} is not one that this program knows; a receiver ignores ${line.type === 'a' ? 'attributes' : 'nothing but attributes'} that it does not understand.`,
    tokens: reader.tokens,
    known: false,
    rfc: line.type === 'a' ? cite('RFC 8866', '5.13') : cite('RFC 8866', '5'),
    doc: undefined,
    defects: reader.defects,
  };
}

function notALine(line: SdpLine, explanation: string): Reading {
  const text = line.raw.trim();
  const start = line.raw.indexOf(text);
  const tokens: Token[] =
    text === ''
      ? []
      : [
          {
            start,
            end: start + text.length,
            role: 'unreadable',
            explanation: `"${visible(text.slice(0, 80))}"`,
          },
        ];
  return { explanation, tokens, known: false, rfc: cite('RFC 8866', '5'), doc: undefined, defects: [] };
}

const wholeLine = (line: SdpLine) => ({ text: line.raw, start: 0, end: line.raw.length });

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['v', 'protocol version'],
  ['o', 'origin'],
  ['s', 'session name'],
  ['i', 'information'],
  ['u', 'address of a page about the session'],
  ['e', 'email address'],
  ['p', 'phone number'],
  ['c', 'connection data'],
  ['b', 'bandwidth'],
  ['t', 'time the session is active'],
  ['r', 'repeat times'],
  ['z', 'time zone adjustments'],
  ['k', 'encryption key'],
  ['m', 'media description'],
]);
