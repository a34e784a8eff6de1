/** RTCSessionDescription and RTCIceCandidate as JSON (W3C WebRTC), alone or anywhere inside something larger. */
import { type Result, fail, ok } from '../../base/result.ts';
import type { DescriptionType } from '../structure.ts';
import { cut, join, whole, type Excerpt } from './excerpt.ts';
import { jsonString } from './literals.ts';
import { FORMS, type Found, type FoundDescription, type PastedCandidate, found } from './paste.ts';

export function parseJson(text: string): Result<unknown> {
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

/** Reads a text that stands in a string of JSON; undefined when it holds nothing. */
export type ReadInside = (inner: Excerpt) => Found | undefined;

/** What JSON holds of descriptions and candidates; a failure where that is nothing. */
export function readJsonValue(value: unknown, source: Excerpt, readInside: ReadInside): Result<Found> {
  const seen = collect(value, stringsOf(source), readInside);
  const descriptions = distinct(seen.descriptions);
  if (descriptions.length > 0)
    return ok(jsonDescriptions({ ...seen, descriptions }, seen.descriptions.length));
  if (seen.candidates.length > 0) return ok(jsonCandidates(seen, source));
  return fail({
    message: `This does not look like SDP: it is JSON without "sdp" or "candidate". Accepted are: ${FORMS}.`,
    where: 'line 1',
    found: 'JSON',
    expected: FORMS,
  });
}

interface Seen {
  readonly descriptions: FoundDescription[];
  readonly candidates: PastedCandidate[];
  /** Strings that JSON's own names do not explain, with a description inside. */
  readonly notices: string[];
  readonly strings: ReadonlyMap<string, Excerpt>;
}

/** The strings in the text of JSON that may be SDP, by what they say. */
function stringsOf(source: Excerpt): ReadonlyMap<string, Excerpt> {
  const strings = new Map<string, Excerpt>();
  for (const { 0: raw, index } of source.text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    if (!raw.includes('=') && !raw.includes(' typ ')) continue;
    const inner = jsonString(source, index);
    if (!strings.has(inner.text)) strings.set(inner.text, inner);
  }
  return strings;
}

/** In the order of the text, without recursion: JSON can be nested ten thousand times. */
function collect(root: unknown, strings: ReadonlyMap<string, Excerpt>, readInside: ReadInside): Seen {
  const seen: Seen = { descriptions: [], candidates: [], notices: [], strings };
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value === 'string') readString(value, seen, readInside);
    if (typeof value !== 'object' || value === null) continue;
    const entry = value as Readonly<Record<string, unknown>>;
    const { sdp, candidate } = entry;
    if (typeof sdp === 'string' && sdp.trim() !== '')
      seen.descriptions.push(fromJson(sdp, entry['type'], strings));
    if (typeof candidate === 'string') seen.candidates.push(candidateFromJson(entry, candidate));
    const inside = Object.entries(entry).filter(
      ([key, inner]) => !(typeof inner === 'string' && (key === 'sdp' || key === 'candidate')),
    );
    for (const [, inner] of inside.reverse()) stack.push(inner);
  }
  return seen;
}

/** A string that is JSON's own way of quoting something larger: a row of a log, JSON once more. */
function readString(text: string, seen: Seen, readInside: ReadInside): void {
  if (!text.includes('v=0') && !/"(?:sdp|candidate)"|candidate:\S+ [0-9]/.test(text)) return;
  const inner = readInside(seen.strings.get(text) ?? whole(text));
  if (inner === undefined) return;
  for (const one of inner.descriptions) if (one.complete) seen.descriptions.push(one);
  for (const one of inner.candidates) seen.candidates.push(one);
  for (const one of inner.notices) seen.notices.push(one);
}

const TYPES: readonly DescriptionType[] = ['offer', 'answer', 'pranswer', 'rollback'];

const fromJson = (sdp: string, type: unknown, strings: ReadonlyMap<string, Excerpt>): FoundDescription => ({
  excerpt: strings.get(sdp) ?? whole(sdp),
  type: TYPES.find((name) => name === type),
  complete: true,
});

/** A dump tells of one description where it was made, where it was set, and where it was sent. */
export function distinct(descriptions: readonly FoundDescription[]): FoundDescription[] {
  const known = new Map<string, FoundDescription>();
  for (const description of descriptions) {
    const before = known.get(description.excerpt.text);
    if (before === undefined) known.set(description.excerpt.text, description);
    else if (before.type === undefined)
      known.set(description.excerpt.text, { ...before, type: description.type });
  }
  return [...known.values()];
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

function jsonDescriptions({ descriptions, candidates, notices }: Seen, all: number): Found {
  const types = descriptions.map(({ type }) => type ?? 'description').join(', ');
  const said = `JSON was unwrapped: ${types}${candidates.length === 0 ? '' : ` and ${candidates.length} candidates`}.`;
  const again =
    all > descriptions.length
      ? [`${all - descriptions.length} more are equal to these and were left out.`]
      : [];
  return found('json', { descriptions, candidates, notices: [said, ...again, ...new Set(notices)] });
}

function jsonCandidates({ candidates, strings }: Seen, source: Excerpt): Found {
  const filled = candidates.filter(({ candidate }) => candidate !== '');
  const notices = [
    `JSON was unwrapped: ${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'}.`,
  ];
  if (filled.length < candidates.length)
    notices.push('An empty candidate means: no more candidates (end-of-candidates).');
  return found('candidate-json', {
    candidates,
    notices,
    descriptions: candidateLines(filled, strings, source),
  });
}

/** Candidates one a line, each where its string stood. */
function candidateLines(
  candidates: readonly PastedCandidate[],
  strings: ReadonlyMap<string, Excerpt>,
  source: Excerpt,
): readonly FoundDescription[] {
  if (candidates.length === 0) return [];
  const pieces = candidates.flatMap(({ candidate }, index) => {
    const from = strings.get(candidate)?.originOf(0) ?? source.originOf(0);
    return [...(index === 0 ? [] : [{ from, text: '\r\n' }]), { from, text: candidate }];
  });
  return [{ excerpt: join(whole(''), pieces), type: undefined, complete: false }];
}

/** JSON values that stand in a text: rows of a log, frames of a protocol. */
export function jsonIn(
  source: Excerpt,
): readonly { readonly value: unknown; readonly excerpt: Excerpt; readonly before: string }[] {
  const values: { value: unknown; excerpt: Excerpt; before: string }[] = [];
  let last = 0;
  for (const { start, end } of bracketsIn(source.text)) {
    const excerpt = cut(source, start, end);
    const value = parseJson(excerpt.text);
    if (!value.ok || typeof value.value !== 'object') continue;
    values.push({ value: value.value, excerpt, before: source.text.slice(last, start) });
    last = end;
  }
  return values;
}

/** Stretches between brackets that belong together, outermost first, found in one pass. Strings of JSON end in their line. */
function bracketsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const open: { readonly char: string; readonly at: number }[] = [];
  const token = /"(?:[^"\\\r\n]|\\.)*"|[[\]{}]/g;
  for (const { 0: char, index } of text.matchAll(token)) {
    if (char === '{' || char === '[') open.push({ char, at: index });
    if (char !== '}' && char !== ']') continue;
    const opening = open.at(-1);
    if (opening === undefined || opening.char !== (char === '}' ? '{' : '[')) {
      open.length = 0;
      continue;
    }
    open.pop();
    if (open.length === 0) found.push({ start: opening.at, end: index + 1 });
  }
  return found;
}
