/** Opens saved sessions: a file, gzipped or not, or a text. */
import type { Problem } from '../../core/base/result.ts';
import { peerPairings, eventsOf } from '../../core/session/peer-pairing.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { loadInSlices } from '../../core/projections/loader.ts';
import { lanesFor } from '../diagrams/timeline/lanes.ts';
import { pictureOf } from '../diagrams/timeline/picture.ts';
import { type Part, Session } from './session.svelte.ts';

/** Bytes, inflated. A larger file is refused with the limit named, instead of a page that freezes. */
const LIMIT = 200_000_000;

/** Milliseconds of work between two pauses. */
const SLICE = 12;

export interface Opened {
  readonly session: Session;
  /** What could not be read, in words. */
  readonly notices: readonly string[];
}

export const isFailure = (opened: Opened | Problem): opened is Problem => !('session' in opened);

/** One of the recordings beside the page; a plain file of a static host. */
export async function fetchRecording(name: string): Promise<File | Problem> {
  try {
    const response = await fetch(`recordings/${name}.txt`);
    if (response.ok) return new File([await response.blob()], `${name}.txt`);
  } catch {
    // Said below.
  }
  return {
    message: `The recording “${name}” did not arrive.`,
    expected: 'a connection to where this page came from',
  };
}

export async function openFile(file: File): Promise<Opened | Problem> {
  try {
    const parts = await inflate(file);
    return parts ? await openParts(parts) : tooLarge;
  } catch {
    return { message: 'This file could not be read.', expected: 'a saved session, gzipped or not' };
  }
}

export const openText = (text: string): Promise<Opened | Problem> => openParts([text]);

/**
 * In slices, so that the page stays alive while a long session is read. The timeline, whose picture is of the whole
 * session, is drawn in a slice of its own, before everything else is.
 */
async function openParts(parts: readonly string[]): Promise<Opened | Problem> {
  const loaded = await loadInSlices(parts, { now: () => performance.now(), pause });
  if (!loaded.ok) return loaded.error;
  const { log, projector, notices } = loaded.value;
  const session = new Session(log, projector);
  session.parts = partsOf(log.events);
  await pause();
  if (session.parts.length === 0)
    pictureOf(session.whole, log.events, innerWidth, { lanes: lanesFor(innerWidth) });
  await pause();
  return { session, notices };
}

/** What a picture can show of a recording at a time; nothing where that is all of it. */
function partsOf(events: readonly SessionEvent[]): readonly Part[] {
  const pairings = peerPairings(events);
  if (pairings.flat().length <= 2) return [];
  return pairings.map((peers) => ({
    peers,
    open() {
      const session = new Session();
      for (const event of eventsOf(events, peers)) session.emit(event);
      return session;
    },
  }));
}

/** Lets the browser draw and listen in between. */
const pause = (): Promise<void> => new Promise((resume) => setTimeout(resume));

const tooLarge: Problem = {
  message: 'This file is too large to open.',
  expected: `at most ${LIMIT / 1e6} MB`,
};

/** The text in parts, or null where it is too large. gzip begins with 1f 8b (RFC 1952, section 2.3.1). */
async function inflate(file: File): Promise<readonly string[] | null> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const bytes = file.stream();
  const plain =
    first === 0x1f && second === 0x8b ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes;
  const parts: string[] = [];
  const decoder = new TextDecoder();
  let size = 0;
  const reader = plain.getReader();
  let since = performance.now();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > LIMIT) {
      await reader.cancel();
      return null;
    }
    parts.push(decoder.decode(part.value, { stream: true }));
    if (performance.now() - since < SLICE) continue;
    await pause();
    since = performance.now();
  }
  return [...parts, decoder.decode()];
}
