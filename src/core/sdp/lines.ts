/**
 * The lossless line lexer: every line of a description, byte for byte, under its own number.
 * Nothing is repaired and nothing is dropped: `lines.map((l) => l.raw + l.eol).join('') === text` for any text.
 * RFC 8866 section 5 (a description is a sequence of `<type>=<value>` lines) and section 9 (grammar).
 */

import { finish } from '../base/finish.ts';

/** One line. `a=mid:0` has type `a`, name `mid`, value `0`; `s=-` has type `s`, name `s`, value `-`. */
export interface SdpLine {
  /** 1-based. */
  readonly number: number;
  /** Offset of the first character in the text. */
  readonly start: number;
  /** Offset after the last character of `raw` (the line ending is not counted). */
  readonly end: number;
  readonly raw: string;
  readonly eol: '\r\n' | '\n' | '\r' | '';
  /** -1 for the session part, 0 and up for the media sections. */
  readonly section: number;
  /** The letter before `=`, or '' when the line does not have the form `<type>=<value>`. */
  readonly type: string;
  /** The attribute name of an `a=` line, else the type. */
  readonly name: string;
  /** What stands after the colon of an attribute, or after the `=` of another line. */
  readonly value: string;
  /** Offset of `value` within `raw`. */
  readonly valueStart: number;
}

const CR = 13;
const LF = 10;
const EQUALS = 61;

/** Splits a text into its lines. Any text is accepted. */
export const readLines = (text: string): readonly SdpLine[] => finish(split(text, partsOf));

/** The same for a list of candidates without `a=` before them: each line counts as a candidate attribute. */
export const readCandidateLines = (text: string): readonly SdpLine[] => finish(split(text, candidateParts));

/** Either of them in slices of some milliseconds. */
export const readLinesInSlices = (
  text: string,
  candidates: boolean,
): Generator<undefined, readonly SdpLine[], void> => split(text, candidates ? candidateParts : partsOf);

/** Offsets at which the lines of a text begin: all that is asked for where lines are only counted. */
export function lineStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let start = 0; start < text.length;) {
    starts.push(start);
    const end = endOfLine(text, start);
    start = end + lineEnding(text, end).length;
  }
  return starts;
}

type Parts = Pick<SdpLine, 'type' | 'name' | 'valueStart'>;

/** Lines between two slices. */
const SLICE = 10_000;

function* split(text: string, read: (raw: string) => Parts): Generator<undefined, readonly SdpLine[], void> {
  const lines: SdpLine[] = [];
  let section = -1;
  let start = 0;
  while (start < text.length) {
    const end = endOfLine(text, start);
    const eol = lineEnding(text, end);
    const raw = text.slice(start, end);
    const { type, name, valueStart } = read(raw);
    if (type === 'm') section += 1;
    const value = raw.slice(valueStart);
    lines.push({ number: lines.length + 1, start, end, raw, eol, section, type, name, value, valueStart });
    start = end + eol.length;
    if (lines.length % SLICE === 0) yield undefined;
  }
  return lines;
}

function partsOf(raw: string): Parts {
  const type = typeOf(raw);
  if (type !== 'a') return { type, name: type, valueStart: type === '' ? 0 : 2 };
  const name = attributeName(raw);
  return { type, name, valueStart: Math.min(raw.length, name.length + 3) };
}

const CANDIDATE_PREFIX = /^(?:a=)?candidate:/i;

function candidateParts(raw: string): Parts {
  if (raw.trim() === '') return { type: '', name: '', valueStart: 0 };
  return { type: 'a', name: 'candidate', valueStart: CANDIDATE_PREFIX.exec(raw)?.[0].length ?? 0 };
}

/** Bytes of a file as text. A byte order mark is kept; bytes that are not UTF-8 become U+FFFD. */
export function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Whether an attribute line has a colon: `a=mid:` has, `a=mid` has not. */
export const hasColon = (line: SdpLine): boolean =>
  line.type === 'a' && line.valueStart > 2 && line.raw[line.valueStart - 1] === ':';

function endOfLine(text: string, start: number): number {
  for (let i = start; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === LF || code === CR) return i;
  }
  return text.length;
}

function lineEnding(text: string, end: number): SdpLine['eol'] {
  if (end >= text.length) return '';
  if (text.charCodeAt(end) === LF) return '\n';
  return text.charCodeAt(end + 1) === LF ? '\r\n' : '\r';
}

function typeOf(raw: string): string {
  if (raw.charCodeAt(1) !== EQUALS) return '';
  const code = raw.charCodeAt(0) | 32;
  return code >= 97 && code <= 122 ? raw[0]! : '';
}

function attributeName(raw: string): string {
  const colon = raw.indexOf(':', 2);
  return colon < 0 ? raw.slice(2) : raw.slice(2, colon);
}
