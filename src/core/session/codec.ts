/**
 * Our save file is an RTCStats dump, version 3: the line `RTCStatsDump`, a line of JSON about the file, then one JSON
 * array a line, `[method, connection, value, …extra, milliseconds since the line before]`; the first such number counts
 * from 1970. Ours has one extra: the correlation id. `:session` (connection null) stands first.
 */
import { roundTime } from '../base/clock.ts';
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import type { NewEvent, SessionEvent } from './event.ts';
import { withoutCredentials } from './redact.ts';
import { Faults } from './rtcstats/faults.ts';
import { RowReader } from './rtcstats/rows.ts';

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
  return [safe.type, peer, writtenValue(safe), ...extra, delta];
}

/** A track by its id is a list, as rtcstats-js writes it and other readers expect. */
function writtenValue(event: SessionEvent): unknown {
  if (event.type !== 'addTrack' && event.type !== 'ontrack') return event.value;
  const { kind, id, label = '', streams = [], ...rest } = event.value;
  return id === undefined || Object.keys(rest).length > 0 ? event.value : [kind, id, label, ...streams];
}

export interface ReadSession {
  readonly events: readonly NewEvent[];
  /** The second line: what the file says of itself. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** Whether sections of descriptions were filled in from others. */
  readonly isRestored: boolean;
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
  const rows = new RowReader();
  const faults = new Faults();
  let number = 2;
  let passed = 0;
  for (const line of lines) {
    number++;
    passed += line.length + 1;
    if (number % SLICE === 0) yield passed / size;
    const raw = line.trim();
    const fault = raw === '' ? null : rows.read(parse(raw));
    if (fault !== null) faults.add(number, fault);
  }
  const { events, isRestored } = rows.end();
  return ok({ events, meta, isRestored, notices: faults.notices() });
}

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
