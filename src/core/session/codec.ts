/**
 * Our save file is an RTCStats dump, version 3: the line `RTCStatsDump`, a line of JSON about the file, then one JSON
 * array a line, `[method, connection, value, …extra, milliseconds since the line before]`; the first such number counts
 * from 1970. Ours has one extra: the correlation id. `:session` (connection null) stands first.
 */
import { roundTime } from '../base/clock.ts';
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import type { NewEvent, SessionEvent } from './event.ts';
import { isEventName, isKnownType } from './known-types.ts';
import { withoutCredentials } from './redact.ts';

const MAGIC = 'RTCStatsDump';

export function writeSession(events: readonly SessionEvent[]): string {
  const started = events.find((event) => event.type === ':session')?.value.startedAt ?? 0;
  const lines = [MAGIC, JSON.stringify({ fileFormat: 3, startTime: started, clientProtocol: 'icescope#1' })];
  let before = -started;
  for (const event of events) {
    lines.push(JSON.stringify(rowOf(event, roundTime(event.at - before))));
    before = event.at;
  }
  return `${lines.join('\n')}\n`;
}

function rowOf(event: SessionEvent, delta: number): readonly unknown[] {
  const safe = withoutCredentials(event);
  const peer = safe.peer === '' ? null : safe.peer;
  if (safe.type === ':unknown')
    return [safe.value.method, peer, safe.value.value, ...safe.value.extra, delta];
  const extra = safe.correlation === undefined ? [] : [safe.correlation];
  return [safe.type, peer, safe.value, ...extra, delta];
}

export interface ReadSession {
  readonly events: readonly NewEvent[];
  /** What could not be read, in words: nothing is dropped in silence. */
  readonly notices: readonly string[];
}

export function readSession(text: string): Result<ReadSession> {
  const reader = sessionReader([text]);
  let step = reader.next();
  while (!step.done) step = reader.next();
  return step.value;
}

/**
 * The same of a text in parts, in slices: each `next` reads some hundred lines and yields the part that is done (0 to 1),
 * so that a page can breathe between them. Joining the parts of a long file would hold it up for longer than all that.
 */
export function* sessionReader(parts: readonly string[]): Generator<number, Result<ReadSession>> {
  const lines = linesOf(parts);
  if (lines.next().value?.trimEnd() !== MAGIC) return fail(notASession(parts[0] ?? ''));
  const meta = parse(lines.next().value ?? '');
  if (!isObject(meta) || meta['fileFormat'] !== 3) return fail(wrongVersion(meta));
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const events: NewEvent[] = [];
  const faults = new Faults();
  let number = 2;
  let passed = 0;
  let now: number | null = null;
  let origin = 0;
  for (const line of lines) {
    number++;
    passed += line.length + 1;
    if (number % SLICE === 0) yield passed / size;
    const raw = line.trim();
    if (raw === '') continue;
    const row = parse(raw);
    const reason = faultOf(row, now);
    if (reason !== null) {
      faults.add(number, reason);
      continue;
    }
    const delta = (row as Row).at(-1) as number;
    if (now === null) origin = delta;
    now = now === null ? firstTime(row as Row, delta) : roundTime(now + delta);
    const event = eventOf(row as Row, now);
    if (event.type === ':unknown' && isEventName(event.value.method)) faults.add(number, SHAPELESS);
    events.push(event);
  }
  const notices = faults.notices();
  if (!events.some((event) => event.type === ':session')) {
    events.unshift({ type: ':session', peer: '', at: 0, value: { kind: 'imported', startedAt: origin } });
  }
  return ok({ events, notices });
}

type Row = readonly unknown[];

/** Why a row can not be taken; null for one that can. `now`: the time of the row before. */
function faultOf(row: unknown, now: number | null): string | null {
  if (!Array.isArray(row) || row.length < 4 || typeof row[0] !== 'string' || typeof row.at(-1) !== 'number')
    return 'is not a row of the dump (an array of method, connection, value and time) and was left out';
  if (isEventName(row[0]) && row[0] !== ':session' && !isName(row[1]))
    return 'names no connection and was left out';
  const fault = valueFault(row, DEPTH);
  if (fault !== null) return fault;
  return timeFault(row, now);
}

/** The first row says when it was, since 1970; each other one how much later than the row before. */
function timeFault([method, , value, ...rest]: Row, now: number | null): string | null {
  const delta = rest.at(-1) as number;
  const dates = [...(now === null ? [delta] : []), ...(method === ':session' ? [startOf(value)] : [])];
  if (dates.some((date) => Math.abs(date) > LAST_DATE)) return 'has a time that is no date and was left out';
  if (now === null) return null;
  if (delta < 0) return `has a time before that of the row before it (${delta} ms) and was left out`;
  return now + delta > LONGEST
    ? `has a time that no session reaches (${delta} ms later) and was left out`
    : null;
}

/** JSON reads 1e400 as Infinity, which nothing can be drawn at; and what lies too deep can not be walked through. */
function valueFault(value: unknown, depth: number): string | null {
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : 'has a number that is not finite and was left out';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === 0) return `is nested more than ${DEPTH} deep and was left out`;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const fault = valueFault(member, depth - 1);
    if (fault !== null) return fault;
  }
  return null;
}

const isName = (connection: unknown): boolean =>
  (typeof connection === 'string' && connection !== '') || typeof connection === 'number';

const SHAPELESS =
  'has another value than such an event has: it is kept for saving, and nothing is shown of it';
/** What browsers tell is nested four deep. */
const DEPTH = 64;
/** The last moment that a date can have (ECMA-262, section 21.4.1.1), in milliseconds since 1970. */
const LAST_DATE = 8.64e15;
/** A hundred years, in milliseconds. */
const LONGEST = 3.2e12;

/** What is wrong with which line: the first ones each for itself, then how many more. */
class Faults {
  readonly #first: string[] = [];
  #more = 0;

  add(line: number, reason: string): void {
    if (this.#first.length < SHOWN) this.#first.push(`Line ${line} ${reason}.`);
    else this.#more++;
  }

  notices(): readonly string[] {
    if (this.#more === 0) return this.#first;
    return [...this.#first, `${this.#more} further lines are of the same kinds.`];
  }
}

/** More of them nobody reads. */
const SHOWN = 20;

/** Without their ends. A line may begin in one part and end in another. */
function* linesOf(parts: readonly string[]): Generator<string, undefined> {
  let begun = '';
  for (const part of parts) {
    let start = 0;
    for (let end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n', start)) {
      yield begun + part.slice(start, end);
      begun = '';
      start = end + 1;
    }
    begun += part.slice(start);
  }
  if (begun !== '') yield begun;
}

const SLICE = 200;
const DAY = 86_400_000;

/** A dump begins at 0; ours where `:session` says, should its first event have come later. */
function firstTime([method, , value]: readonly unknown[], since1970: number): number {
  const at = roundTime(since1970 - (method === ':session' ? startOf(value) : NaN));
  return at > 0 && at < DAY ? at : 0;
}

const startOf = (value: unknown): number => (isObject(value) ? Number(value['startedAt']) : NaN);

function eventOf(row: Row, at: number): NewEvent {
  const [method, connection, value] = row as readonly [string, unknown, unknown];
  const extra = row.slice(3, -1);
  const peer = connection === null || connection === undefined ? '' : safeName(String(connection));
  if (!isKnownType(method, value))
    return withoutCredentials({ type: ':unknown', peer, at, value: { method, value, extra } });
  const correlation = typeof extra[0] === 'string' ? { correlation: safeName(extra[0]) } : {};
  return withoutCredentials({
    type: method,
    peer,
    at,
    value: bare(method, value),
    ...correlation,
  } as NewEvent);
}

/** Facts are kept by name in plain objects, so no name may be one that every object has, such as `constructor`. */
const safeName = (name: string): string => (name in {} ? `name ${name}` : name);

/** States may come quoted twice, `"\"checking\""`, as Chromium writes them. */
function bare(method: string, value: unknown): unknown {
  if (!method.endsWith('statechange') || typeof value !== 'string' || !value.startsWith('"')) return value;
  const inner = parse(value);
  return typeof inner === 'string' ? inner : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notASession = (text: string): Problem => ({
  message: 'This is not a saved session.',
  where: 'line 1',
  found: text.slice(0, 40).split('\n')[0] || 'nothing',
  expected: MAGIC,
});

const wrongVersion = (meta: unknown): Problem => ({
  message: 'This dump is not in version 3 of the RTCStats format.',
  where: 'line 2',
  found: isObject(meta) ? `fileFormat ${String(meta['fileFormat'])}` : 'no JSON object',
  expected: '{"fileFormat":3, …}',
});
