/** Opens what a file or a text holds: our own sessions and the dumps of other programs, in one way. */
import { type Problem, type Result, fail, ok } from '../../core/base/result.ts';
import { DUMP_LIMIT } from '../../core/importers/content.ts';
import { type Imported, importText } from '../../core/importers/index.ts';
import { type LoadOptions, inSlices, loadInSlices } from '../../core/projections/loader.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { eventsOf, pairingSlices } from '../../core/session/peer-pairing.ts';
import { lanesFor } from '../diagrams/timeline/lanes.ts';
import { pictureOf } from '../diagrams/timeline/picture.ts';
import type { Told } from './import-worker.ts';
import { type Part, Session } from './session.svelte.ts';

export interface Opened extends Omit<Imported, 'events'> {
  readonly session: Session;
}

export interface OpenOptions {
  /** Told the part that is done, 0 to 1. */
  readonly progress?: (part: number) => void;
  readonly signal?: AbortSignal;
}

/** One of the recordings beside the page; a plain file of a static host. */
export async function fetchRecording(name: string): Promise<Result<File>> {
  try {
    const response = await fetch(`recordings/${name}.txt`);
    if (response.ok) return ok(new File([await response.blob()], `${name}.txt`));
  } catch {
    // Said below.
  }
  return fail({
    message: `The recording “${name}” did not arrive.`,
    expected: 'a connection to where this page came from',
  });
}

export async function openFile(file: File, options: OpenOptions = {}): Promise<Result<Opened>> {
  const imported = await readFile(file, options);
  return imported.ok ? openImported(imported.value, options) : imported;
}

export async function openText(text: string): Promise<Result<Opened>> {
  const imported = importText(text);
  return imported.ok ? openImported(imported.value) : imported;
}

/** Of reading and showing a file: what reading takes. */
const READ = 0.6;

/** What is in a file, read beside the page. */
export async function readFile(
  file: File,
  { progress, signal }: OpenOptions = {},
): Promise<Result<Imported>> {
  if (file.size > DUMP_LIMIT)
    return fail({ message: 'This file is too large to open.', expected: `at most ${DUMP_LIMIT / 1e6} MB` });
  return readBeside(file, {
    ...(signal ? { signal } : {}),
    progress: (part) => progress?.(part * READ),
  });
}

function readBeside(file: File, { progress, signal }: OpenOptions): Promise<Result<Imported>> {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
  const events: SessionEvent[] = [];
  return new Promise<Result<Imported>>((settle) => {
    const end = (result: Result<Imported>): void => {
      worker.terminate();
      settle(result);
    };
    signal?.addEventListener('abort', () => end(fail(CANCELLED)));
    worker.addEventListener('error', () => end(fail(NO_READER)));
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'progress') progress?.(data.part);
      else if (data.kind === 'problem') end(fail(data.problem));
      else if (data.kind === 'read') end(ok({ ...data.about, events }));
      else for (const event of data.events) events.push(event);
    });
    worker.postMessage(file);
  });
}

const CANCELLED: Problem = { message: 'The file was not opened: it was cancelled.' };
const NO_READER: Problem = { message: 'The code that reads files did not arrive.', expected: 'a reload' };

/**
 * In slices, so that the page stays alive while a long session is made ready. The timeline, whose picture is of the whole
 * session, is drawn in a slice of its own, before everything else is.
 */
export async function openImported(
  { events, ...about }: Imported,
  { progress, signal }: OpenOptions = {},
): Promise<Result<Opened>> {
  const slices = {
    now: () => performance.now(),
    pause,
    progress: (part: number) => progress?.(READ + part * (1 - READ)),
    cancelled: () => signal?.aborted === true,
  };
  const loaded = await loadInSlices(events, slices);
  if (!loaded.ok) return loaded;
  const { log, projector } = loaded.value;
  const session = new Session(log, projector);
  const parts = await inSlices(partsOf(log.events), slices);
  if (!parts.ok) return parts;
  const shown = await firstShown(session, parts.value, { ...slices, progress: () => {} });
  if (!shown.ok) return shown;
  await pause();
  pictureOf(shown.value.whole, shown.value.log.events, innerWidth, { lanes: lanesFor(innerWidth) });
  await pause();
  return ok({ session, ...about });
}

/** The part that says most is shown first, and is made ready as the whole was. */
async function firstShown(
  session: Session,
  parts: readonly Part[],
  slices: LoadOptions,
): Promise<Result<Session>> {
  const [first] = parts.toSorted((a, b) => b.telling - a.telling);
  if (!first) return ok(session);
  const loaded = await loadInSlices(eventsOf(session.log.events, first.peers), slices);
  if (!loaded.ok) return loaded;
  const ready = new Session(loaded.value.log, loaded.value.projector);
  session.parts = parts.map((part) => (part === first ? { ...part, open: () => ready } : part));
  return ok(ready);
}

/** What a picture can show of a recording at a time; nothing where that is all of it. */
function* partsOf(events: readonly SessionEvent[]): Generator<undefined, readonly Part[], void> {
  const pairings = yield* pairingSlices(events);
  if (pairings.length <= 1) return [];
  const telling = tellingOf(events);
  return pairings.map((peers): Part => ({
    peers,
    telling: peers.reduce((sum, peer) => sum + (telling.get(peer) ?? 0), 0),
    open() {
      const session = new Session();
      for (const event of eventsOf(events, peers)) session.emit(event);
      return session;
    },
  }));
}

/** Of each connection: one that failed says most, then one that got somewhere, then one with many events. */
function tellingOf(events: readonly SessionEvent[]): ReadonlyMap<string, number> {
  const found = new Map<string, { failed: number; given: number; moments: number }>();
  for (const { type, value, peer } of events) {
    let told = found.get(peer);
    if (!told) found.set(peer, (told = { failed: 0, given: 0, moments: 0 }));
    if (type.endsWith('connectionstatechange') && value === 'failed') told.failed = 1;
    if (type === 'setRemoteDescription') told.given = 1;
    if (type !== 'getStats') told.moments++;
  }
  return new Map(
    [...found].map(([peer, { failed, given, moments }]) => [peer, failed * 1e9 + given * 1e6 + moments]),
  );
}

/** Lets the browser draw and listen in between. */
const pause = (): Promise<void> => new Promise((resume) => setTimeout(resume));
