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
  const lines = linesOf(text);
  if (lines.next().value?.trimEnd() !== MAGIC) return fail(notASession(text));
  const meta = parse(lines.next().value ?? '');
  if (!isObject(meta) || meta['fileFormat'] !== 3) return fail(wrongVersion(meta));
  const rows = new RowReader();
  const faults = new Faults();
  let number = 2;
  for (const line of lines) {
    number++;
    const raw = line.trim();
    const fault = raw === '' ? null : rows.read(parse(raw));
    if (fault !== null) faults.add(number, fault);
  }
  const { events, isRestored } = rows.end();
  return ok({ events, meta, isRestored, notices: faults.notices() });
}

/** Without their ends; a list of them all would take as much memory as the text. */
function* linesOf(text: string): Generator<string, undefined> {
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    yield text.slice(start, end);
    start = end + 1;
  }
  if (start < text.length) yield text.slice(start);
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
