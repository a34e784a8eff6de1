/**
 * Reads what people paste: SDP in all the wrappings that it travels in, candidates, offer and answer together.
 * Says in `notices` what was done to read it. Wrappings: RTCSessionDescription and RTCIceCandidate JSON (W3C WebRTC),
 * text with literal `\r\n`, base64, the message of SIP, RTSP or HTTP that carries SDP (RFC 3261 section 7.4).
 */
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { decodeBase64 } from './base64.ts';
import { decodeBytes, readLines, type SdpLine } from './lines.ts';
import { guessType, readDescription, type DescriptionType } from './structure.ts';

export type PasteKind =
  'empty' | 'sdp' | 'lines' | 'json' | 'escaped' | 'base64' | 'message' | 'candidates' | 'candidate-json';

export interface PastedDescription {
  /** As the wrapping says; undefined when it does not say. */
  readonly type: DescriptionType | undefined;
  readonly sdp: string;
  /** The number in the pasted text of its first line; 1 when it was unwrapped. */
  readonly firstLine: number;
  /** False for some lines that are not a whole description. */
  readonly complete: boolean;
}

export interface PastedCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

export interface Paste {
  readonly kind: PasteKind;
  /** Sentences for people. */
  readonly notices: readonly string[];
  readonly descriptions: readonly PastedDescription[];
  readonly candidates: readonly PastedCandidate[];
}

/** Bytes of UTF-8, whether the text comes from a file or is pasted: 10 MB. */
export const PASTE_LIMIT = 10 * 1024 * 1024;

const FORMS =
  'SDP, {"type", "sdp"} JSON, text with literal \\r\\n, base64 of these, a SIP message, candidates or candidate JSON, offer and answer together';

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
  if (isCandidates(lines)) return ok(candidateList(text, lines));
  if (isSdp(lines)) return ok(readSdp(text, lines));
  return readEncoded(text, depth);
}

const paste = (kind: PasteKind, rest: Partial<Paste> = {}): Paste => ({
  kind,
  notices: [],
  descriptions: [],
  candidates: [],
  ...rest,
});

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

// SDP, whole or in part

const filledLines = (lines: readonly SdpLine[]) => lines.filter((line) => line.raw.trim() !== '');

/** Text counts as SDP when it has a version line, or when half of its lines have the form of a line. */
function isSdp(lines: readonly SdpLine[]): boolean {
  const filled = filledLines(lines);
  const formed = filled.filter((line) => line.type !== '');
  return (
    formed.some((line) => line.raw === 'v=0') || (formed.length > 0 && formed.length * 2 >= filled.length)
  );
}

function readSdp(text: string, lines: readonly SdpLine[]): Paste {
  const starts = lines.filter((line, index) => startsDescription(lines, line, index));
  if (starts.length < 2) return onePaste(text, lines);
  const descriptions = starts.map((start, index) => {
    const from = index === 0 ? lines[0]! : start;
    const next = starts[index + 1];
    const to = next === undefined ? text.length : withoutHeading(lines, next);
    return described(text.slice(from.start, to), from.number);
  });
  const order = descriptions.map((description) => description.type ?? 'description').join(', ');
  return paste('sdp', {
    descriptions: paired(descriptions),
    notices: [`${descriptions.length} descriptions were found in one text: ${order}.`],
  });
}

function onePaste(text: string, lines: readonly SdpLine[]): Paste {
  const filled = filledLines(lines);
  const complete = filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
  const notices = complete ? [] : ['This is a part of a description: rules about the whole are left out.'];
  return paste(complete ? 'sdp' : 'lines', {
    descriptions: [{ type: undefined, sdp: text, firstLine: 1, complete }],
    notices,
  });
}

/** `v=` followed by `o=`. A lone second `v=` inside a description does not start one. */
function startsDescription(lines: readonly SdpLine[], line: SdpLine, index: number): boolean {
  return line.type === 'v' && lines[index + 1]?.type === 'o';
}

/** Where the description before this one ends: headings such as "Answer:" and empty lines in between belong to neither. */
function withoutHeading(lines: readonly SdpLine[], next: SdpLine): number {
  let index = next.number - 1;
  while (index > 0 && lines[index - 1]!.type === '') index -= 1;
  return lines[index]!.start;
}

const described = (sdp: string, firstLine: number): PastedDescription => ({
  type: guessType(readDescription(sdp)),
  sdp,
  firstLine,
  complete: true,
});

/** Of two descriptions whose setup lines say nothing, the first is the offer. */
function paired(descriptions: readonly PastedDescription[]): readonly PastedDescription[] {
  const [first, second] = descriptions;
  if (descriptions.length !== 2 || first === undefined || second === undefined) return descriptions;
  const type = first.type ?? (second.type === 'offer' ? 'answer' : 'offer');
  return [
    { ...first, type },
    { ...second, type: second.type ?? (type === 'offer' ? 'answer' : 'offer') },
  ];
}

// Candidates

const CANDIDATE = /^(?:a=)?candidate:/i;
const BARE_CANDIDATE = /^[^ =]+ [0-9]+ [A-Za-z-]+ [0-9]+ [^ ]+ [0-9]+ typ /;

const isCandidate = (raw: string): boolean => CANDIDATE.test(raw) || BARE_CANDIDATE.test(raw);

function isCandidates(lines: readonly SdpLine[]): boolean {
  const filled = filledLines(lines);
  const bare = filled.some((line) => line.type === '');
  return filled.length > 0 && bare && filled.every((line) => isCandidate(line.raw));
}

function candidateList(text: string, lines: readonly SdpLine[]): Paste {
  const candidates = filledLines(lines).map((line) => ({ candidate: line.raw.replace(/^a=/, '') }));
  const what =
    candidates.length === 1
      ? 'A candidate without its description'
      : `${candidates.length} candidates without their description`;
  return paste('candidates', {
    candidates,
    notices: [`${what}.`],
    descriptions: [{ type: undefined, sdp: text, firstLine: 1, complete: false }],
  });
}

// Wrappings

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

const rewrapped = (inner: Paste, kind: PasteKind, notice: string): Paste => ({
  ...inner,
  kind,
  notices: [notice, ...inner.notices],
});

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

// JSON

function readJson(text: string, depth: number): Result<Paste> {
  const value = parseJson(text.trim());
  if (!value.ok)
    return isSdp(readLines(text))
      ? ok(readSdp(text, readLines(text)))
      : readBrokenJson(text, depth, value.error);
  if (typeof value.value === 'string' && depth < DEEPEST) {
    const inner = readAny(value.value, depth + 1);
    return inner.ok
      ? ok(
          rewrapped(
            inner.value,
            inner.value.kind === 'sdp' ? 'json' : inner.value.kind,
            'A JSON string was unwrapped.',
          ),
        )
      : inner;
  }
  const found = collect(value.value);
  if (found.descriptions.length === 0 && found.candidates.length === 0) {
    return fail({
      message: `This does not look like SDP: it is JSON without "sdp" or "candidate". Accepted are: ${FORMS}.`,
      where: 'line 1',
      found: 'JSON',
      expected: FORMS,
    });
  }
  return ok(found.descriptions.length > 0 ? jsonDescriptions(found) : jsonCandidates(found.candidates));
}

function readBrokenJson(text: string, depth: number, error: Problem): Result<Paste> {
  const encoded = depth < DEEPEST && /v=0\\r?/.test(text) ? readEncoded(text, depth) : undefined;
  return encoded?.ok === true ? encoded : fail(error);
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return fail({
      message: `This does not look like SDP: it begins like JSON, but is not: ${(error as Error).message}. Accepted are: ${FORMS}.`,
      where: 'line 1',
      found: text.slice(0, 60),
      expected: FORMS,
    });
  }
}

interface Found {
  readonly descriptions: PastedDescription[];
  readonly candidates: PastedCandidate[];
}

const LARGEST_JSON = 10_000;

/** Looks for descriptions and candidates anywhere inside, without recursion: JSON can be nested ten thousand times. */
function collect(root: unknown): Found {
  const found: Found = { descriptions: [], candidates: [] };
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < LARGEST_JSON; at += 1) {
    const value = queue[at];
    if (typeof value !== 'object' || value === null) continue;
    const entry = value as Readonly<Record<string, unknown>>;
    if (typeof entry['sdp'] === 'string') found.descriptions.push(fromJson(entry['sdp'], entry['type']));
    if (typeof entry['candidate'] === 'string')
      found.candidates.push(candidateFromJson(entry, entry['candidate']));
    queue.push(...Object.values(entry).slice(0, LARGEST_JSON));
  }
  return found;
}

const TYPES: readonly DescriptionType[] = ['offer', 'answer', 'pranswer', 'rollback'];

function fromJson(sdp: string, type: unknown): PastedDescription {
  const known = TYPES.find((name) => name === type);
  return { type: known ?? guessType(readDescription(sdp)), sdp, firstLine: 1, complete: true };
}

function candidateFromJson(entry: Readonly<Record<string, unknown>>, candidate: string): PastedCandidate {
  const { sdpMid, sdpMLineIndex, usernameFragment } = entry;
  return {
    candidate,
    ...(typeof sdpMid === 'string' ? { sdpMid } : {}),
    ...(typeof sdpMLineIndex === 'number' ? { sdpMLineIndex } : {}),
    ...(typeof usernameFragment === 'string' ? { usernameFragment } : {}),
  };
}

function jsonDescriptions({ descriptions, candidates }: Found): Paste {
  const types = descriptions.map((description) => description.type ?? 'description').join(', ');
  const notices = [
    `JSON was unwrapped: ${types}${candidates.length === 0 ? '' : ` and ${candidates.length} candidates`}.`,
  ];
  return paste('json', { descriptions: paired(descriptions), candidates, notices });
}

function jsonCandidates(candidates: readonly PastedCandidate[]): Paste {
  const filled = candidates.filter(({ candidate }) => candidate !== '');
  const notices = [
    `JSON was unwrapped: ${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'}.`,
  ];
  if (filled.length < candidates.length)
    notices.push('An empty candidate means: no more candidates (end-of-candidates).');
  const sdp = filled.map(({ candidate }) => candidate).join('\r\n');
  return paste('candidate-json', {
    candidates,
    notices,
    descriptions: sdp === '' ? [] : [{ type: undefined, sdp, firstLine: 1, complete: false }],
  });
}

// Messages of SIP, RTSP and HTTP

const REQUEST = /^[A-Z]+ [^ \r\n]+ (?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?)\r?\n/;
const RESPONSE = /^(?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?) [0-9]{3}/;

const isMessage = (text: string): boolean => REQUEST.test(text) || RESPONSE.test(text);

function readMessage(text: string): Result<Paste> {
  const lines = readLines(text);
  const start = lines.findIndex((line, index) => line.type === 'v' && lines[index - 1]?.raw.trim() === '');
  if (start < 0)
    return fail({
      message: 'This is a message of SIP, RTSP or HTTP without SDP in its body.',
      where: 'line 1',
      found: lines[0]!.raw.slice(0, 60),
      expected: 'a body that begins with v=0',
    });
  const rest = lines.slice(start);
  const boundary = rest.findIndex((line) => line.raw.startsWith('--'));
  const body = boundary < 0 ? rest : rest.slice(0, boundary);
  const sdp = text.slice(body[0]!.start, body.at(-1)!.end + body.at(-1)!.eol.length);
  const type = messageType(lines.find((line) => line.raw.trim() !== '')!.raw);
  return ok(
    paste('message', {
      descriptions: [
        { type: guessType(readDescription(sdp)) ?? type, sdp, firstLine: start + 1, complete: true },
      ],
      notices: [`The description was taken out of a message, from line ${start + 1} on.`],
    }),
  );
}

/** The first description of a request is the offer; a response answers, a provisional one provisionally (RFC 3264). */
function messageType(startLine: string): DescriptionType | undefined {
  if (/^SIP\/2\.0 1/.test(startLine)) return 'pranswer';
  if (/^(?:SIP|HTTP)\//.test(startLine)) return 'answer';
  return /^(?:INVITE|POST|UPDATE) /.test(startLine) ? 'offer' : undefined;
}
