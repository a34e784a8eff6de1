/**
 * Reads what people paste: SDP in all the wrappings that it travels in, candidates, offer and answer together.
 * Wrappings are found by their structure, each says in `notices` what was taken off, and each line of what is found
 * knows where it stood. What can not be read is refused.
 */
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { decodeBase64 } from '../base/base64.ts';
import { decodeBytes, lineStarts, readLines, type SdpLine } from './lines.ts';
import { isCandidates, printedCandidates, readCandidates } from './paste/candidate-lines.ts';
import { fromDissection } from './paste/dissection.ts';
import { decodeLineEnds, decodeWritten, type Unwrapped } from './paste/escapes.ts';
import { cut, join, whole, type Excerpt } from './paste/excerpt.ts';
import { isFragment } from './paste/fragment.ts';
import { distinct, jsonIn, parseJson, readJsonValue } from './paste/json.ts';
import { isNested, literalsOf, unnested, type Literal } from './paste/literals.ts';
import { isMessage, readMessages } from './paste/message.ts';
import {
  FORMS,
  found,
  originsOf,
  numbersOf,
  rewrapped,
  type Found,
  type FoundDescription,
  type Paste,
  type PastedDescription,
} from './paste/paste.ts';
import { commonPrefix, prefixPattern } from './paste/prefix.ts';
import { typeInFields, typeInWords, withTypes } from './paste/roles.ts';
import { extract, filledLines, startsOf } from './paste/text.ts';

/** Bytes of UTF-8, whether the text comes from a file or is pasted: 10 MB. */
export const PASTE_LIMIT = 10 * 1024 * 1024;

export function readPaste(text: string): Result<Paste> {
  const size = sizeOf(text);
  if (size > PASTE_LIMIT) {
    return fail({
      message: `The input has ${size} bytes; the limit is 10 MB (${PASTE_LIMIT} bytes).`,
      found: `${size}`,
      expected: `at most ${PASTE_LIMIT}`,
    });
  }
  const read = readAny(whole(text), 0);
  return read.ok ? ok(finished(read.value, text)) : read;
}

/** Bytes of UTF-8; they are counted only where characters and bytes could lie on different sides of the limit. */
const sizeOf = (text: string): number =>
  text.length > PASTE_LIMIT || text.length * 3 <= PASTE_LIMIT
    ? text.length
    : new TextEncoder().encode(text).length;

function finished({ descriptions, notices, ...rest }: Found, pasted: string): Paste {
  const typed = withTypes(descriptions);
  const several =
    typed.length > 1
      ? [
          `${typed.length} descriptions were found: ${typed.map(({ type }) => type ?? 'description').join(', ')}.`,
        ]
      : [];
  const starts = lineStarts(pasted);
  return {
    ...rest,
    notices: [...new Set([...notices, ...several])],
    descriptions: typed.map((description) => placed(description, starts)),
  };
}

function placed({ excerpt, ...rest }: FoundDescription, starts: readonly number[]): PastedDescription {
  const origins = originsOf(excerpt, starts);
  return { ...rest, sdp: excerpt.text, origins, firstLine: numbersOf(origins)[0] ?? 1 };
}

/** Wrappings can be wrapped again (base64 of JSON of SDP), but not without end. */
const DEEPEST = 6;

function readAny(source: Excerpt, depth: number): Result<Found> {
  const { text } = source;
  const start = text.trimStart();
  if (start === '')
    return ok(
      found('empty', {
        notices: [
          'There is nothing to read: the input is empty. An empty candidate means: no more candidates.',
        ],
      }),
    );
  if (depth >= DEEPEST) return notSdp(text);
  if (isObject(start)) return asObject(start);
  const inside = (inner: Excerpt): Found | undefined => {
    const result = readAny(inner, depth + 1);
    return result.ok && result.value.kind !== 'empty' ? result.value : undefined;
  };
  if (/^[{["]/.test(start)) {
    const value = parseJson(text.trim());
    if (value.ok) return readJson(value.value, source, depth);
  }
  if (isMessage(start)) return readMessages(source, inside);
  const unwrapped = decodeLineEnds(source) ?? fromDissection(source) ?? fromNested(source);
  if (unwrapped !== undefined) return readUnwrapped(unwrapped, depth);
  return readJsonInside(source, inside) ?? readLiterals(source, depth) ?? readText(source, depth);
}

function readUnwrapped({ inner, kind, notice }: Unwrapped, depth: number): Result<Found> {
  const result = readAny(inner, depth + 1);
  if (!result.ok) return result;
  const own = ['fragment', 'candidates', 'candidate-json'].includes(result.value.kind);
  return ok(rewrapped(result.value, own ? result.value.kind : kind, notice));
}

const fromNested = (source: Excerpt): Unwrapped | undefined =>
  isNested(source.text)
    ? { inner: unnested(source), kind: 'escaped', notice: 'Backslashes before quotes were taken off.' }
    : undefined;

const isObject = (text: string): boolean => /^["'`]?\[object [A-Za-z]+\]["'`]?\s*$/.test(text);

const asObject = (text: string): Result<never> =>
  fail({
    message:
      'This does not look like SDP: JavaScript has written an object as text, and what was in it is lost. Where it was sent or printed, write description.sdp or JSON.stringify(description). Accepted is also a candidate as JSON.',
    where: 'line 1',
    found: text.trim().slice(0, 60),
    expected: FORMS,
  });

function notSdp(text: string): Result<never, Problem> {
  const line = text
    .trim()
    .split(/[\r\n]/, 1)[0]!
    .slice(0, 60);
  return fail({
    message: `This does not look like SDP. Accepted are: ${FORMS}.`,
    where: 'line 1',
    found: line,
    expected: FORMS,
  });
}

function readJson(value: unknown, source: Excerpt, depth: number): Result<Found> {
  if (typeof value === 'string') return readJsonString(value, source, depth);
  return readJsonValue(value, source, (inner) => {
    const result = readAny(inner, depth + 1);
    return result.ok && result.value.kind !== 'empty' ? result.value : undefined;
  });
}

function readJsonString(text: string, source: Excerpt, depth: number): Result<Found> {
  const inner = readAny(unquoted(text, source), depth + 1);
  if (!inner.ok) return inner;
  const { kind } = inner.value;
  return ok(rewrapped(inner.value, kind === 'sdp' ? 'json' : kind, 'A JSON string was unwrapped.'));
}

/** The string that JSON's text is; where its characters stand is known when nothing in it is escaped otherwise. */
function unquoted(text: string, source: Excerpt): Excerpt {
  const start = source.text.indexOf('"') + 1;
  return text === source.text.slice(start, start + text.length)
    ? cut(source, start, start + text.length)
    : (literalsOf(source).ok && firstLiteral(source, text)) || join(source, [{ from: start, text }]);
}

function firstLiteral(source: Excerpt, text: string): Excerpt | undefined {
  const literals = literalsOf(source);
  const inner = literals.ok ? literals.value[0]?.inner : undefined;
  return inner?.text === text ? inner : undefined;
}

/** JSON in the rows of a log or behind the numbers of a protocol. */
function readJsonInside(
  source: Excerpt,
  inside: (inner: Excerpt) => Found | undefined,
): Result<Found> | undefined {
  if (!/"(?:sdp|candidate)"|v=0|candidate:/.test(source.text)) return undefined;
  const parts = jsonIn(source).flatMap(({ value, excerpt, before }) => {
    const read = readJsonValue(value, excerpt, inside);
    return read.ok ? [withWords(read.value, before)] : [];
  });
  if (parts.length === 0) return undefined;
  const descriptions = distinct(parts.flatMap((part) => part.descriptions));
  const only = parts.every(({ kind }) => kind === 'candidate-json');
  const notice = `JSON was taken out of the text around it${parts.length > 1 ? `, in ${parts.length} places` : ''}.`;
  const candidates = parts.flatMap((part) => part.candidates);
  const notices = [
    notice,
    ...(only ? [`${candidates.length} candidates.`] : parts.flatMap((part) => part.notices)),
  ];
  if (!only)
    return ok(
      found('json', { notices, candidates, descriptions: descriptions.filter(({ complete }) => complete) }),
    );
  return ok(found('candidate-json', { notices, candidates, descriptions: oneList(source, descriptions) }));
}

const withWords = (part: Found, words: string): Found => ({
  ...part,
  descriptions: part.descriptions.map((one) => ({ ...one, type: one.type ?? typeInWords(words) })),
});

/** Candidates of several places as one list. */
function oneList(source: Excerpt, parts: readonly FoundDescription[]): readonly FoundDescription[] {
  const pieces = parts.flatMap(({ excerpt }, index) => [
    ...(index === 0 ? [] : [{ from: excerpt.originOf(0), text: '\r\n' }]),
    { from: excerpt.originOf(0), text: excerpt.text },
  ]);
  return parts.length === 0
    ? []
    : [{ excerpt: join(whole(source.text), pieces), type: undefined, complete: false }];
}

/** Strings of source code or of printed objects. */
function readLiterals(source: Excerpt, depth: number): Result<Found> | undefined {
  const literals = literalsOf(source);
  if (!literals.ok) return literals;
  if (literals.value.length === 0) return undefined;
  const parts: Found[] = [];
  const notices: string[] = [];
  let last = 0;
  for (const [index, literal] of literals.value.entries()) {
    const inner = readAny(literal.inner, depth + 1);
    if (!inner.ok) return inner;
    const after = source.text.slice(literal.end, literals.value[index + 1]?.start ?? source.text.length);
    const type = typeInWords(source.text.slice(last, literal.start)) ?? typeInFields(after);
    parts.push({
      ...inner.value,
      descriptions: inner.value.descriptions.map((one) => ({ ...one, type: one.type ?? type })),
    });
    notices.push(literalNotice(literal));
    for (const notice of inner.value.notices) notices.push(notice);
    last = literal.end;
  }
  return ofLiterals(distinct(parts.flatMap(({ descriptions }) => descriptions)), notices);
}

function literalNotice({ strings, closed }: Literal): string {
  const what =
    strings === 1
      ? 'The description was taken out of a string'
      : `The description was put together from ${strings} strings`;
  return closed ? `${what}.` : `${what}, which does not end: what follows is missing.`;
}

/** A console shortens long strings: the same description stands there twice, once whole. */
function ofLiterals(descriptions: readonly FoundDescription[], notices: readonly string[]): Result<Found> {
  const whole = descriptions.filter(({ excerpt }) => !excerpt.text.includes('…'));
  if (whole.length === 0)
    return fail({
      message:
        'The console has shortened this description: … stands for a part of it. Copy the whole string (in Chrome: right click, “Copy string contents”), or print description.sdp.',
      where: 'line 1',
      found: '…',
      expected: 'the whole string',
    });
  const shortened = descriptions.length - whole.length;
  const notice = shortened > 0 ? ['A short form of it (with …) was left out.'] : [];
  return ok(found('escaped', { descriptions: whole, notices: [...notices, ...notice] }));
}

function readText(source: Excerpt, depth: number): Result<Found> {
  const written = decodeWritten(source);
  if (written !== undefined) return readUnwrapped(written, depth);
  const lines = readLines(source.text);
  const starts = startsOf(lines);
  if (starts.length === 0) return readParts(source, lines, depth);
  const extracted = extract(source, lines, starts);
  if (!extracted.ok) return extracted;
  const { descriptions, notices, prefixed } = extracted.value;
  return ok(found(prefixed ? 'log' : 'sdp', { descriptions, notices }));
}

/** Text without the beginning of a description. */
function readParts(source: Excerpt, lines: readonly SdpLine[], depth: number): Result<Found> {
  const filled = filledLines(lines);
  if (isCandidates(lines)) return ok(readCandidates(source));
  const prefix = commonPrefix(filled);
  if (prefix !== '') {
    const stripped = readStripped(source, lines, prefix, depth);
    if (stripped !== undefined) return stripped;
  }
  if (isFragment(filled)) return ok(fragmentOf(source));
  if (isSdp(filled)) return ok(linesOf(source, filled));
  const candidates = printedCandidates(source);
  if (candidates !== undefined) return ok(printed(candidates));
  return readBase64(source, depth) ?? notSdp(source.text);
}

function readStripped(
  source: Excerpt,
  lines: readonly SdpLine[],
  prefix: string,
  depth: number,
): Result<Found> | undefined {
  const columnOf = prefixPattern(prefix);
  const matching = lines.flatMap((line) => {
    const column = columnOf(line.raw);
    return column === undefined ? [] : [{ line, column }];
  });
  const pieces = matching.flatMap(({ line, column }) => [
    { from: line.start + column, text: line.raw.slice(column) },
    { from: line.end, text: line.eol },
  ]);
  if (matching.length * 2 < lines.length) return undefined;
  const inner = readAny(join(source, pieces), depth + 1);
  if (!inner.ok) return undefined;
  const { kind } = inner.value;
  const left = lines.length - matching.length;
  const notice = `“${prefix.slice(0, 60)}” and what is like it was taken off the beginning of ${matching.length} lines${left === 0 ? '' : `; ${left} without it were left out`}.`;
  return ok(rewrapped(inner.value, kind === 'sdp' ? 'log' : kind, notice));
}

const fragmentOf = (source: Excerpt): Found =>
  found('fragment', {
    notices: [
      'This is an ICE fragment (RFC 8840), not a description: what is said of descriptions is left out.',
    ],
    descriptions: [{ excerpt: source, type: undefined, complete: false, fragment: true }],
  });

const printed = (excerpt: Excerpt): Found =>
  rewrapped(readCandidates(excerpt), 'candidates', 'What stands around the candidates was left out.');

/** Text counts as SDP when it has a version line, or begins with a line of SDP and half of its lines are such. */
function isSdp(filled: readonly SdpLine[]): boolean {
  const formed = filled.filter((line) => line.type !== '');
  return (
    formed.some((line) => line.raw === 'v=0') ||
    (filled[0] !== undefined && filled[0] === formed[0] && formed.length * 2 >= filled.length)
  );
}

function linesOf(source: Excerpt, filled: readonly SdpLine[]): Found {
  const first = filled.find((line) => line.raw === 'v=0') ?? filled[0]!;
  const from = first === filled.find((line) => line.type !== '') ? first.start : 0;
  const complete = filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
  const notices = [
    ...(from > 0 && first !== filled[0] ? ['What stands before the description was left out.'] : []),
    ...(complete ? [] : ['This is a part of a description: rules about the whole are left out.']),
  ];
  const excerpt = first === filled[0] ? source : cut(source, from, source.text.length);
  return found(complete ? 'sdp' : 'lines', {
    notices,
    descriptions: [{ excerpt, type: undefined, complete }],
  });
}

/** base64 of `v=0` or of `{"`, alone or in a text; and alone of anything. */
const BASE64 = /(?<![A-Za-z0-9+/_-])(?:dj0w|eyJ)[A-Za-z0-9+/_-]{12,}={0,2}/;

function readBase64(source: Excerpt, depth: number): Result<Found> | undefined {
  const trimmed = source.text.trim();
  const alone = trimmed.length >= 16 && /^[A-Za-z0-9+/_\-\s]+={0,2}$/.test(trimmed);
  const whole = alone ? decodedAt(source, source.text.indexOf(trimmed), trimmed, depth) : undefined;
  const inText = BASE64.exec(source.text);
  return whole ?? (inText === null ? undefined : decodedAt(source, inText.index, inText[0], depth));
}

function decodedAt(source: Excerpt, at: number, digits: string, depth: number): Result<Found> | undefined {
  const bytes = decodeBase64(digits);
  if (bytes === undefined) return undefined;
  const from = source.originOf(at);
  const inner = readAny({ text: decodeBytes(bytes), originOf: () => from }, depth + 1);
  return inner.ok && inner.value.kind !== 'empty'
    ? ok(rewrapped(inner.value, 'base64', 'base64 was decoded.'))
    : undefined;
}
