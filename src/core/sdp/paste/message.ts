/** Messages of SIP, RTSP or HTTP that carry SDP in their bodies (RFC 3261, section 7.4), one or a stream of them. */
import { type Result, fail, ok } from '../../base/result.ts';
import { readLines, type SdpLine } from '../lines.ts';
import { cut, type Excerpt } from './excerpt.ts';
import { FRAGMENT_TYPE, isFragment } from './fragment.ts';
import { type Found, type FoundDescription, found } from './paste.ts';
import { typeInWords } from './roles.ts';

const REQUEST = /^[A-Z]+ [^ \r\n]+ (?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?)[ \t]*(?:[\r\n]|$)/;
const RESPONSE = /^(?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?) [0-9]{3}/;

export const isMessage = (text: string): boolean => REQUEST.test(text) || RESPONSE.test(text);

interface Message {
  readonly startLine: SdpLine;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: readonly SdpLine[];
}

/** A body that is not SDP as it is (JSON, say) is read by `readInside`. */
export function readMessages(
  source: Excerpt,
  readInside: (inner: Excerpt) => Found | undefined,
): Result<Found> {
  const messages = split(readLines(source.text));
  const descriptions: FoundDescription[] = [];
  const notices: string[] = [];
  const others: Found[] = [];
  for (const message of messages) {
    for (const part of partsOf(message)) {
      const lines = filled(part.body);
      if (lines.length === 0) continue;
      const description = describe(source, message, part);
      if (description !== undefined) {
        descriptions.push(description);
        notices.push(noticeOf(description, lines, part.body));
      } else {
        const inner = readInside(excerptOf(source, part.body));
        if (inner !== undefined) others.push(inner);
      }
    }
  }
  const all = [...descriptions, ...others.flatMap((inner) => inner.descriptions)];
  const candidates = others.flatMap((inner) => inner.candidates);
  if (all.length === 0 && candidates.length === 0)
    return fail({
      message: 'This is a message of SIP, RTSP or HTTP without SDP in its body.',
      where: 'line 1',
      found: source.text.trimStart().slice(0, 60),
      expected: 'a body that begins with v=0, or an ICE fragment',
    });
  const fragments = all.every(({ fragment }) => fragment === true);
  return ok(
    found(fragments && all.length > 0 ? 'fragment' : 'message', {
      descriptions: all,
      candidates,
      notices: [...notices, ...others.flatMap((inner) => inner.notices)],
    }),
  );
}

const filled = (lines: readonly SdpLine[]): readonly SdpLine[] =>
  lines.filter(({ raw }) => raw.trim() !== '');

function noticeOf(
  { fragment }: FoundDescription,
  lines: readonly SdpLine[],
  body: readonly SdpLine[],
): string {
  const first = body.find((line) => line === lines[0])!.number;
  return fragment === true
    ? `An ICE fragment (RFC 8840) was taken out of a message, from line ${first} on.`
    : `The description was taken out of a message, from line ${first} on.`;
}

/** The messages of a text, one after the other. */
function split(lines: readonly SdpLine[]): readonly Message[] {
  const messages: Message[] = [];
  let at = lines.findIndex(({ raw }) => isMessage(raw.trimStart()));
  while (at >= 0 && at < lines.length) {
    const startLine = lines[at]!;
    const blank = next(lines, at, ({ raw }) => raw.trim() === '');
    const headers = headersOf(lines.slice(at + 1, blank));
    const end = bodyEnd(lines, blank + 1, headers.get('content-length') ?? headers.get('l'));
    messages.push({ startLine, headers, body: lines.slice(blank + 1, end) });
    at = next(lines, end, ({ raw }) => isMessage(raw.trimStart()));
  }
  return messages;
}

function next(lines: readonly SdpLine[], from: number, test: (line: SdpLine) => boolean): number {
  for (let index = from; index < lines.length; index += 1) if (test(lines[index]!)) return index;
  return lines.length;
}

function headersOf(lines: readonly SdpLine[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(({ raw }) => {
      const colon = raw.indexOf(':');
      return colon < 1
        ? []
        : [[raw.slice(0, colon).trim().toLowerCase(), raw.slice(colon + 1).trim()] as const];
    }),
  );
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Where the body ends: after Content-Length bytes (RFC 3261, section 20.14), when a line ends there. Logs change line
 * ends, and then the number fits with CR LF or not at all; then the body goes on to the next message.
 */
function bodyEnd(lines: readonly SdpLine[], from: number, length: string | undefined): number {
  const another = next(lines, from, ({ raw }) => isMessage(raw.trimStart()));
  if (length === undefined || !/^[0-9]{1,9}$/.test(length)) return another;
  for (const lineEnd of [undefined, 2]) {
    let bytes = 0;
    for (let index = from; index < another; index += 1) {
      const line = lines[index]!;
      if (bytes === Number(length)) return index;
      bytes += bytesOf(line.raw) + (lineEnd ?? line.eol.length);
      if (bytes > Number(length)) break;
    }
    if (bytes === Number(length)) return another;
  }
  return another;
}

interface Part {
  /** In small letters, without its parameters; '' when it does not say. */
  readonly contentType: string;
  readonly body: readonly SdpLine[];
}

const typeOf = (headers: ReadonlyMap<string, string>): string =>
  (headers.get('content-type') ?? headers.get('c') ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** The parts of a multipart body; the line end before a boundary is the boundary's (RFC 2046, section 5.1.1). */
function partsOf({ headers, body }: Message): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(headers.get('content-type') ?? '')?.[1];
  const first = boundary === undefined ? filled(body)[0]?.raw : `--${boundary}`;
  if (first === undefined || !first.startsWith('--')) return [{ contentType: typeOf(headers), body }];
  const parts: Part[] = [];
  let at = next(body, 0, ({ raw }) => raw.trimEnd() === first);
  while (at < body.length) {
    const end = next(body, at + 1, ({ raw }) => raw.startsWith(first.trimEnd()));
    const own = body.slice(at + 1, end);
    const blank = next(own, 0, ({ raw }) => raw.trim() === '');
    const inner = own.slice(blank + 1);
    const content = inner.at(-1)?.raw.trim() === '' ? inner.slice(0, -1) : inner;
    parts.push({ contentType: typeOf(headersOf(own.slice(0, blank))), body: content });
    if (body[end]?.raw.trimEnd() === `${first}--`) break;
    at = end;
  }
  return parts;
}

const excerptOf = (source: Excerpt, lines: readonly SdpLine[]): Excerpt => {
  const last = lines.at(-1)!;
  return cut(source, lines[0]!.start, last.end + last.eol.length);
};

function describe(
  source: Excerpt,
  { startLine }: Message,
  { contentType, body }: Part,
): FoundDescription | undefined {
  const lines = filled(body);
  const start = body.findIndex(({ raw }) => raw === 'v=0');
  if (contentType === FRAGMENT_TYPE || (start < 0 && isFragment(lines)))
    return { excerpt: excerptOf(source, trimmed(body)), type: undefined, complete: false, fragment: true };
  if (start < 0 && contentType !== 'application/sdp') return undefined;
  if (!/^[A-Za-z]=/.test(lines[0]!.raw) && start < 0) return undefined;
  const own = trimmed(body.slice(Math.max(0, start)));
  return { excerpt: excerptOf(source, own), type: typeInWords(`${startLine.raw}\n`), complete: true };
}

/** Without the lines after the last one of SDP: what a log says next. */
function trimmed(body: readonly SdpLine[]): readonly SdpLine[] {
  const first = body.findIndex(({ raw }) => raw.trim() !== '');
  const last = body.findLastIndex(({ type }) => type !== '');
  return body.slice(Math.max(0, first), last + 1);
}
