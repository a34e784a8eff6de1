/** The one way to open a file: whatever of these formats it is in, found by its content, becomes a session. */
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import { defineRegistry } from '../base/registry.ts';
import { connectionsOf } from '../session/peer-pairing.ts';
import type { NewEvent, PeerId, SessionEvent } from '../session/event.ts';
import { SessionLog } from '../session/log.ts';
import { contentOf } from './content.ts';
import { description } from './description.ts';
import { firefoxLog } from './firefox-log.ts';
import { firefoxPage } from './firefox-page.ts';
import { firefoxReport } from './firefox-report.ts';
import { type Importer, type ReadOptions, type Source, counted } from './importer.ts';
import { internals } from './internals.ts';
import { type LongJson, parseLong } from './long-lists.ts';
import { brokenJson } from './json-place.ts';
import { rtcstatsLines, rtcstatsZero } from './rtcstats-older.ts';
import { rtcstats } from './rtcstats.ts';
import { strangerIn } from './strangers.ts';
import { candidateTable, pairTable } from './tables.ts';

/** In the order of asking: the last ones take what hardly has a form. */
export const importers = defineRegistry<Importer>([
  internals,
  rtcstats,
  rtcstatsZero,
  rtcstatsLines,
  firefoxReport,
  firefoxPage,
  firefoxLog,
  candidateTable,
  pairTable,
  description,
]);

export interface ImportOptions extends Partial<ReadOptions> {
  /** Bytes, inflated; 200 MB when left out. */
  readonly limit?: number;
}

export interface Imported {
  /** An id of `importers`, and how people call that format. */
  readonly format: { readonly id: string; readonly title: string };
  /** In order of time, with `:session` first. */
  readonly events: readonly SessionEvent[];
  /** As the dump calls them, in its order. */
  readonly connections: readonly PeerId[];
  /** What this format can not hold, and what of this file could not be read, in sentences. */
  readonly lost: readonly string[];
  readonly notices: readonly string[];
}

/** Expected failures (no dump, too large, damaged) are Problems; it never rejects. */
export async function importDump(bytes: Uint8Array, options: ImportOptions = {}): Promise<Result<Imported>> {
  const content = await contentOf(bytes, options.limit);
  if (!content.ok) return content;
  const { text, isCut } = content.value;
  const imported = importText(text, options);
  if (!imported.ok || !isCut) return imported;
  const lost = ['The gzip file ends early: what came before was read.', ...imported.value.lost];
  return ok({ ...imported.value, lost });
}

/** The same of what was pasted. */
export function importText(text: string, options: ImportOptions = {}): Result<Imported> {
  const source = sourceOf(text);
  const importer = importers.all.find((one) => one.detect(source));
  if (importer === undefined) return fail(notADump(source));
  const { progress = () => {}, mostValues = Infinity } = options;
  const read = importer.read(source, { progress, mostValues });
  if (!read.ok) return read;
  const { events, misplaced } = placed(read.value.events);
  const { lost, notices } = read.value;
  const { id, title, never } = importer;
  return ok({
    format: { id, title },
    events: inOrder(events),
    connections: connectionsOf(events),
    lost: [...never, ...lost, ...misplaced],
    notices,
  });
}

function sourceOf(text: string): Source {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const { json, take } = parse(start);
  return { text: start, json, take };
}

const NO_JSON: LongJson = { json: undefined, take: () => undefined };

function parse(text: string): LongJson {
  if (!/^\s*[[{"]/.test(text)) return NO_JSON;
  try {
    return parseLong(text);
  } catch {
    return NO_JSON;
  }
}

/** A hundred years, in ms: no session lasts so long. */
const LONGEST = 3.2e12;

/** An event at a time that can not be stands where the one before it does. */
function placed(events: readonly NewEvent[]): {
  readonly events: readonly NewEvent[];
  readonly misplaced: readonly string[];
} {
  let before = 0;
  let count = 0;
  const all = events.map((event): NewEvent => {
    const isTime = event.at >= 0 && event.at <= LONGEST;
    if (!isTime) count++;
    else before = event.at;
    return isTime ? event : { ...event, at: before };
  });
  const words = `${counted(count, 'event')} had no time that can be: placed behind the one before.`;
  return { events: all, misplaced: count === 0 ? [] : [words] };
}

/** Equal times stay in the order of the dump: each connection's events are numbered as they came. */
function inOrder(events: readonly NewEvent[]): readonly SessionEvent[] {
  const log = new SessionLog();
  for (const event of events.toSorted((a, b) => a.at - b.at)) log.append(event);
  return log.events;
}

function notADump(source: Source): Problem {
  const { text, json } = source;
  const stranger = strangerIn(source);
  const found =
    stranger ??
    (text
      .trimStart()
      .slice(0, 40)
      .split(/[\r\n]/, 1)[0] ||
      'nothing');
  const expected = `one of: ${importers.all.map(({ title }) => title).join(', ')}`;
  if (stranger !== undefined)
    return { message: `This is ${stranger}, which Icescope does not read.`, found, expected };
  const broken = json === undefined && /^\s*[[{]/.test(text) ? brokenJson(text) : undefined;
  if (!broken) return { message: 'This is no dump that Icescope knows.', found, expected };
  const where = `character ${broken.offset.toLocaleString('en')} of ${text.length.toLocaleString('en')}`;
  return {
    message: `This begins like JSON, and ${broken.why}.`,
    where,
    found: text.slice(broken.offset, broken.offset + 20),
    expected: 'JSON',
  };
}
