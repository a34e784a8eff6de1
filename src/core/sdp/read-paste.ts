/**
 * Reads what people paste: SDP in all the wrappings that it travels in, candidates, offer and answer together.
 * Says in `notices` what was done to read it. Here are the wrappings that hold any of the others: a JSON string, text
 * with literal `\r\n`, base64.
 */
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { decodeBase64 } from '../base/base64.ts';
import { decodeBytes, readLines, type SdpLine } from './lines.ts';
import { isCandidates, readCandidates } from './paste/candidate-lines.ts';
import { parseJson, readJsonValue } from './paste/json.ts';
import { isMessage, readMessage } from './paste/message.ts';
import { FORMS, type Paste, paste, rewrapped } from './paste/paste.ts';
import { filledLines, isSdp, readSdp } from './paste/sdp-text.ts';

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
  return readAny(text, 0);
}

/** Bytes of UTF-8; they are counted only where characters and bytes could lie on different sides of the limit. */
const sizeOf = (text: string): number =>
  text.length > PASTE_LIMIT || text.length * 3 <= PASTE_LIMIT
    ? text.length
    : new TextEncoder().encode(text).length;

/** Wrappings can be wrapped again (base64 of JSON of SDP), but not without end. */
const DEEPEST = 4;

function readAny(text: string, depth: number): Result<Paste> {
  const start = text.trimStart();
  if (start === '')
    return ok(
      paste('empty', {
        notices: [
          'There is nothing to read: the input is empty. An empty candidate means: no more candidates.',
        ],
      }),
    );
  if (/^[{["]/.test(start)) return readJson(text, depth);
  if (isMessage(start)) return readMessage(text);
  const lines = readLines(text);
  if (isEscaped(lines)) return readEncoded(text, depth);
  if (isCandidates(lines)) return ok(readCandidates(text, lines));
  if (isSdp(lines)) return ok(readSdp(text, lines));
  return readEncoded(text, depth);
}

function notSdp(text: string): Result<never, Problem> {
  const found = text
    .trim()
    .split(/[\r\n]/, 1)[0]!
    .slice(0, 60);
  return fail({
    message: `This does not look like SDP. Accepted are: ${FORMS}.`,
    where: 'line 1',
    found,
    expected: FORMS,
  });
}

function readJson(text: string, depth: number): Result<Paste> {
  const value = parseJson(text.trim());
  if (!value.ok) {
    const lines = readLines(text);
    return isSdp(lines) ? ok(readSdp(text, lines)) : readBrokenJson(text, depth, value.error);
  }
  if (typeof value.value === 'string' && depth < DEEPEST) return readJsonString(value.value, depth);
  return readJsonValue(value.value);
}

function readJsonString(text: string, depth: number): Result<Paste> {
  const inner = readAny(text, depth + 1);
  if (!inner.ok) return inner;
  const { kind } = inner.value;
  return ok(rewrapped(inner.value, kind === 'sdp' ? 'json' : kind, 'A JSON string was unwrapped.'));
}

function readBrokenJson(text: string, depth: number, error: Problem): Result<Paste> {
  const encoded = depth < DEEPEST && /v=0\\r?/.test(text) ? readEncoded(text, depth) : undefined;
  return encoded?.ok === true ? encoded : fail(error);
}

/** One line that holds the line ends of many, written out: a log or a string literal. */
const isEscaped = (lines: readonly SdpLine[]): boolean =>
  filledLines(lines.slice(0, 10)).length === 1 &&
  /(?:\\r|\\n)[a-z]=/.test(lines.find((line) => line.raw.trim() !== '')?.raw ?? '');

function readEncoded(text: string, depth: number): Result<Paste> {
  if (depth >= DEEPEST) return notSdp(text);
  if (/\\r\\n|\\n/.test(text)) {
    const inner = readAny(unescape(text), depth + 1);
    if (inner.ok) return ok(rewrapped(inner.value, 'escaped', 'Literal \\r\\n were turned into line ends.'));
  }
  const decoded = decodeText(text);
  if (decoded !== undefined) {
    const inner = readAny(decoded, depth + 1);
    if (inner.ok && inner.value.kind !== 'empty')
      return ok(rewrapped(inner.value, 'base64', 'base64 was decoded.'));
  }
  return notSdp(text);
}

/** Turns `\r\n`, `\n`, `\"`, `\/` and `\\` of a log or a string literal into what they stand for. */
function unescape(text: string): string {
  const bare = text.trim().replace(/^(["'`])([\s\S]*)\1[;,]?$/, '$2');
  return bare.replace(/\\(r\\n|r|n|t|"|'|\/|\\)/g, (_match, code: string) => ESCAPES.get(code) ?? code);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['r\\n', '\r\n'],
  ['r', '\r'],
  ['n', '\n'],
  ['t', '\t'],
]);

function decodeText(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 16 || !/^[A-Za-z0-9+/_\-\s]+={0,2}$/.test(trimmed)) return undefined;
  const bytes = decodeBase64(trimmed);
  return bytes === undefined ? undefined : decodeBytes(bytes);
}
