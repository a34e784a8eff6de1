/** Strings of source code and of printed objects that hold a description: in one literal, or one literal a line. */
import { fail, ok, type Result } from '../../base/result.ts';
import { cut, join, rewrite, type Excerpt, type Piece } from './excerpt.ts';

/** A description in quotes. */
export interface Literal {
  readonly inner: Excerpt;
  /** Where it begins and ends in the text, the quotes included. */
  readonly start: number;
  readonly end: number;
  /** False when the text ends before the closing quote. */
  readonly closed: boolean;
  /** How many strings it was put together from. */
  readonly strings: number;
}

const OPENING = /("""|'''|["'`])(?=\s*v=0)/g;

/** `\"v=0`: a string inside a string. */
export const isNested = (text: string): boolean => /\\["'`]v=0/.test(text);

/** One level of backslashes less. */
export const unnested = (source: Excerpt): Excerpt => rewrite(source, /\\(["'`\\])/g, ([, char]) => char!);

export function literalsOf(source: Excerpt): Result<readonly Literal[]> {
  const literals: Literal[] = [];
  const pattern = new RegExp(OPENING);
  for (let match = pattern.exec(source.text); match !== null; match = pattern.exec(source.text)) {
    const literal = readLiteral(source, match.index, match[1]!);
    if (!literal.ok) return literal;
    literals.push(literal.value);
    pattern.lastIndex = literal.value.end;
  }
  return ok(literals);
}

/** What may stand between two strings that are one: an operator, a comma, a line end. */
const BETWEEN = /(?:[\s+.,&]|\\(?=\r?\n))*/y;

function readLiteral(source: Excerpt, start: number, quote: string): Result<Literal> {
  const { text } = source;
  const strings: Quoted[] = [quotedAt(text, start, quote)];
  let last = strings[0]!;
  const nextLine = new RegExp(`${quote}(?=[A-Za-z]=)`, 'g');
  while (last.closed) {
    BETWEEN.lastIndex = last.end;
    const adjacent = last.end + (BETWEEN.exec(text)?.[0].length ?? 0);
    const goesOn = !endsLine(last) && adjacent > last.end && text.startsWith(quote, adjacent);
    nextLine.lastIndex = last.end;
    const next = goesOn ? adjacent : nextLine.exec(text)?.index;
    if (next === undefined || (!goesOn && text.startsWith('v=0', next + quote.length))) break;
    last = quotedAt(text, next, quote);
    strings.push(last);
  }
  return joined(source, start, strings);
}

function joined(source: Excerpt, start: number, strings: readonly Quoted[]): Result<Literal> {
  const open = strings.slice(0, -1).filter((string) => !endsLine(string)).length;
  const separate = open === strings.length - 1 && strings.length > 2;
  const whole = open === 0;
  if (
    !separate &&
    !whole &&
    !strings.every((string, index) => endsLine(string) || isContinued(strings, index))
  )
    return fail({
      message:
        'This is a program that puts a description together from variables: what they hold is not here. Print the description and paste that.',
      found: source.text.slice(start, start + 60),
      expected: 'strings that hold whole lines',
    });
  const pieces = strings.flatMap((string, index) =>
    separate && index < strings.length - 1
      ? [...string.pieces, { from: string.end - 1, text: '\r\n' }]
      : string.pieces,
  );
  const last = strings.at(-1)!;
  return ok({
    inner: join(source, pieces),
    start,
    end: last.end,
    closed: last.closed,
    strings: strings.length,
  });
}

/** Whether the next string begins where this one ended, in the middle of a line. */
const isContinued = (strings: readonly Quoted[], index: number): boolean => {
  const next = strings[index + 1];
  return next === undefined || !/^[A-Za-z]=/.test(next.pieces[0]?.text ?? '');
};

interface Quoted {
  readonly pieces: readonly Piece[];
  /** Offset after the closing quote. */
  readonly end: number;
  readonly closed: boolean;
}

const endsLine = ({ pieces }: Quoted): boolean => /[\r\n]$|\\[rn]$/.test(pieces.at(-1)?.text ?? '');

const ESCAPE =
  /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{2,3})|(\r?\n)|([\s\S]))/y;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
]);

function quotedAt(text: string, start: number, quote: string): Quoted {
  const pieces: Piece[] = [];
  let from = start + quote.length;
  const plain = new RegExp(`[^\\\\${quote[0]!}]+`, 'y');
  for (let at = from; at < text.length; at = from) {
    if (text.startsWith(quote, at)) return { pieces, end: at + quote.length, closed: true };
    plain.lastIndex = at;
    ESCAPE.lastIndex = at;
    const match = plain.exec(text) ?? ESCAPE.exec(text);
    const raw = match?.[0] ?? text[at]!;
    const piece = raw.startsWith('\\') && match !== null ? unescaped(match) : raw;
    if (raw !== '\\' && piece !== '') pieces.push({ from: at, text: piece });
    from = at + raw.length;
  }
  return { pieces, end: text.length, closed: false };
}

function unescaped([, braced, four, two, octal, lineEnd, char]: RegExpExecArray): string {
  const hex = braced ?? four ?? two;
  if (hex !== undefined) return parseInt(hex, 16) > 0x10ffff ? '' : String.fromCodePoint(parseInt(hex, 16));
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
  if (lineEnd !== undefined) return '';
  return SIMPLE.get(char!) ?? char!;
}

/** The string of JSON that begins at a quote, decoded. */
export function jsonString(source: Excerpt, start: number): Excerpt {
  const { pieces } = quotedAt(source.text, start, '"');
  return join(cut(source, 0, source.text.length), pieces);
}
