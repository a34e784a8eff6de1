/** Finding the part of a line that a finding is about. */
import type { SdpLine } from '../lines.ts';
import type { Word } from '../reader.ts';
import type { Span } from './check.ts';

/** The words of a value, divided by spaces, with their offsets in the line. */
export function wordsOf(line: SdpLine): readonly Word[] {
  return Array.from(line.value.matchAll(/[^ ]+/g), (match) => {
    const start = line.valueStart + match.index;
    return { text: match[0], start, end: start + match[0].length };
  });
}

/** The word at a place (0 is the first) in a value. */
export const wordAt = (line: SdpLine, index: number): Span | undefined => wordsOf(line)[index];

/** The value without the spaces around it. */
export function valueSpan({ value, valueStart }: SdpLine): Span {
  const start = valueStart + value.length - value.trimStart().length;
  return { start, end: start + value.trim().length };
}

/** The name of an attribute, or the letter of another line. */
export const nameSpan = ({ type, name }: SdpLine): Span =>
  type === 'a' ? { start: 2, end: 2 + name.length } : { start: 0, end: type.length };

const BETWEEN = /[\s,;=/~:]/;

/** Where a text stands in a value between separators; the first such place. */
export function spanOf(line: SdpLine, text: string): Span | undefined {
  if (text === '') return undefined;
  for (let at = line.raw.indexOf(text, line.valueStart); at >= 0; at = line.raw.indexOf(text, at + 1)) {
    const end = at + text.length;
    const opens = at === line.valueStart || BETWEEN.test(line.raw[at - 1]!);
    if (opens && (end === line.raw.length || BETWEEN.test(line.raw[end]!))) return { start: at, end };
  }
  return undefined;
}
