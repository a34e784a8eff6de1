/**
 * Descriptions in lines of text: each from its `v=0` to its end, without what a log, a mail program or an editor put
 * before, after or between its lines.
 */
import { fail, ok, type Result } from '../../base/result.ts';
import type { SdpLine } from '../lines.ts';
import { join, type Excerpt, type Piece } from './excerpt.ts';
import type { FoundDescription } from './paste.ts';
import { prefixPattern, sourceOf } from './prefix.ts';
import { tidied, type Kept } from './tidy.ts';
import { typeInFields, typeInWords } from './roles.ts';

/** Descriptions, and what was taken off to get at them. */
export interface Extracted {
  readonly descriptions: readonly FoundDescription[];
  readonly notices: readonly string[];
  /** Something stood before the lines: a log. */
  readonly prefixed: boolean;
}

/** Where a description begins: `v=0`, and `o=` in the next line that is not empty. */
export interface Start {
  /** By index. */
  readonly line: number;
  /** Where `v=0` stands in its line. */
  readonly column: number;
  /** What stands before `o=` in its line. */
  readonly prefix: string;
  /** What stands after `v=0` in its line. */
  readonly suffix: string;
}

const VERSION = /(?<![A-Za-z0-9])v=0(?![A-Za-z0-9.])/;
const ORIGIN = /(?<![A-Za-z0-9])o=(?=\S* \S+ \S+ IN )/;

export function startsOf(lines: readonly SdpLine[]): readonly Start[] {
  const starts: Start[] = [];
  for (const [line, { raw }] of lines.entries()) {
    if (!raw.includes('v=0')) continue;
    const match = VERSION.exec(raw);
    if (match === null) continue;
    const prefix = originPrefix(lines, line, raw.slice(0, match.index));
    if (prefix === undefined) continue;
    starts.push({ line, column: match.index, prefix, suffix: raw.slice(match.index + 3) });
  }
  return starts;
}

/** How far after `v=0` its `o=` is looked for: log lines of others may stand between. */
const NEAR = 4;

function originPrefix(lines: readonly SdpLine[], at: number, before: string): string | undefined {
  let seen = 0;
  for (let index = at + 1; index < lines.length && seen < NEAR; index += 1) {
    const { raw } = lines[index]!;
    if (raw.trim() === '' || raw.trim() === before.trim()) continue;
    seen += 1;
    if (raw.startsWith('o=')) return '';
    if (raw.startsWith(`${before}o=`)) return before;
    const match = ORIGIN.exec(raw);
    if (match !== null) return raw.slice(0, match.index);
  }
  return undefined;
}

export function extract(
  source: Excerpt,
  lines: readonly SdpLine[],
  starts: readonly Start[],
): Result<Extracted> {
  const descriptions: FoundDescription[] = [];
  const notices = new Set<string>();
  let heading = 0;
  for (const [index, start] of starts.entries()) {
    const region = lines.slice(start.line, starts[index + 1]?.line ?? lines.length);
    const one = extractOne(region, start);
    if (!one.ok) return one;
    const { pieces, last, notices: told } = one.value;
    const first = lines[start.line]!;
    const before = source.text.slice(heading, first.start + start.column);
    const ownPrefix = sourceOf(start.prefix) === sourceOf(first.raw.slice(0, start.column));
    const headings = ownPrefix ? source.text.slice(heading, first.start) : before;
    const after = source.text.slice(last, region.at(-1)!.end);
    if (/\S/.test(headings.replaceAll('\uFEFF', '')) && index === 0)
      notices.add(`What stands before the description was left out: ${quoted(headings)}.`);
    for (const notice of told) notices.add(notice);
    descriptions.push({
      excerpt: join(source, pieces),
      type: typeInWords(before) ?? typeInFields(after),
      complete: true,
    });
    heading = last;
  }
  const prefixed = starts.some(({ prefix, column }) => prefix !== '' || column > 1);
  return ok({ descriptions, notices: [...notices], prefixed });
}

interface One {
  readonly pieces: readonly Piece[];
  /** Offset in the text after the last line. */
  readonly last: number;
  readonly notices: readonly string[];
}

function extractOne(region: readonly SdpLine[], start: Start): Result<One> {
  const pattern = prefixPattern(start.prefix);
  const kept: Kept[] = [];
  const strangers: SdpLine[] = [];
  for (const [index, line] of region.entries()) {
    const column = index === 0 ? start.column : pattern(line.raw);
    if (column === undefined) strangers.push(line);
    else kept.push({ line, column, content: line.raw.slice(column) });
  }
  const wrapped = start.prefix !== '' || start.column > 1;
  const end = endOf(kept, wrapped);
  const lines = kept.slice(0, end);
  const lastLine = lines.at(-1)!.line;
  const between = strangers.filter(({ number }) => number < lastLine.number);
  const hidden = strangers.find(({ raw }) => HIDDEN.test(raw));
  if (hidden !== undefined)
    return fail({
      message: `Line ${hidden.number} seems to belong to the description, but other text stands before it than before the lines above it. Paste the lines of the description alone.`,
      where: `line ${hidden.number}`,
      found: hidden.raw.slice(0, 60),
      expected: `${start.prefix}${hidden.raw.match(HIDDEN)?.[0].trim() ?? ''}`,
    });
  const others =
    start.prefix === '' ? [] : lines.filter(({ content }) => content.trim() !== '' && !isFormed(content));
  const told = [
    ...prefixNotice(start, lines.length),
    ...leftOut([...between.map(({ number }) => number), ...others.map(({ line }) => line.number)]),
    ...(end < kept.length ? tailNotice(kept.slice(end)) : []),
  ];
  const own = others.length === 0 ? lines : lines.filter((line) => !others.includes(line));
  const tidy = tidied(own, { suffix: start.suffix, wrapped, head: region[0]!.raw.slice(0, start.column) });
  return ok({
    pieces: tidy.pieces,
    last: lastLine.end + lastLine.eol.length,
    notices: [...told, ...tidy.notices],
  });
}

/** A line of a description behind a prefix that is not that of its neighbours. */
const HIDDEN =
  /[\s\]):>|]a=(?:rtpmap|fmtp|mid|candidate|ssrc|rtcp-fb|extmap|ice-ufrag|ice-pwd|fingerprint|setup|rtcp-mux|sendrecv):?/;

const FORMED = /^[A-Za-z]=/;
const isFormed = (content: string): boolean => FORMED.test(content);

/** What closes a wrapping: brackets, quotes, fences. */
const CLOSING = /^[\s"'`;,)}\]>-]*$/;

/**
 * The index after the last line of a description. What follows and has not the form of a line is not of it, when
 * something stood before the description too; else a mistake at its end would be hidden.
 */
function endOf(kept: readonly Kept[], wrapped: boolean): number {
  let end = kept.length;
  while (end > 1 && !isFormed(kept[end - 1]!.content)) end -= 1;
  const rest = kept.slice(end).filter(({ content }) => content.trim() !== '');
  const blank = rest.length === 0;
  if (blank && !wrapped) return kept.length;
  return wrapped || rest.every(({ content }) => CLOSING.test(content)) || rest.some(isHeading)
    ? end
    : kept.length;
}

/** A line that is no mistake in a description but speaks of one. */
const isHeading = ({ content }: Kept): boolean =>
  /offer|answer|sdp|description|:\s*$|^[#*=-]{2,}|^\[|^(?:SIP|HTTP|RTSP)\/|\b(?:SIP|HTTP|RTSP)\/[0-9]/i.test(
    content,
  );

function prefixNotice({ prefix }: Start, count: number): readonly string[] {
  if (prefix === '' || count < 2) return [];
  if (prefix.trim() === '')
    return [`The lines were indented: ${prefix.length} characters were taken off each.`];
  return [`“${prefix.slice(0, 60)}” and what is like it was taken off the beginning of ${count} lines.`];
}

function leftOut(numbers: readonly number[]): readonly string[] {
  if (numbers.length === 0) return [];
  const sorted = [...numbers].sort((a, b) => a - b);
  const list = `${sorted.slice(0, 8).join(', ')}${sorted.length > 8 ? ' …' : ''}`;
  return [
    sorted.length === 1
      ? `Line ${list} is no line of the description: it was left out.`
      : `${sorted.length} lines between those of the description are not of it and were left out: ${list}.`,
  ];
}

function tailNotice(rest: readonly Kept[]): readonly string[] {
  const text = rest.map(({ content }) => content.trim()).filter((content) => content !== '');
  return text.length === 0
    ? []
    : [`What stands after the description was left out: ${quoted(text.join(' '))}.`];
}

const quoted = (text: string): string => {
  const short = text.trim().replaceAll(/\s+/g, ' ');
  return `“${short.length > 60 ? `${short.slice(0, 57)}…` : short}”`;
};

export const filledLines = (lines: readonly SdpLine[]): readonly SdpLine[] =>
  lines.filter((line) => line.raw.trim() !== '');
