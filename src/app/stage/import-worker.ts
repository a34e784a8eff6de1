/** Reads a dump beside the page, which stays alive meanwhile. Ending it cancels the reading. */
import { type Problem } from '../../core/base/result.ts';
import { type Imported, importDump } from '../../core/importers/index.ts';
import type { SessionEvent } from '../../core/session/event.ts';

/** What the worker tells of one file, in this order: how far it is, then events in portions, then the rest; or a problem. */
export type Told =
  | { readonly kind: 'progress'; readonly part: number }
  | { readonly kind: 'events'; readonly events: readonly SessionEvent[] }
  | { readonly kind: 'read'; readonly about: About }
  | { readonly kind: 'problem'; readonly problem: Problem };

export type About = Omit<Imported, 'events'>;

/** Values of statistics that a page keeps: about 20 MB. */
const MOST_VALUES = 200_000;
/** Values in one message: taking it apart takes the page some milliseconds. */
const PORTION = 10_000;

const tell = (told: Told): void => postMessage(told);

addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => void read(data));

async function read(bytes: Uint8Array): Promise<void> {
  const progress = (part: number): void => tell({ kind: 'progress', part });
  const imported = await importDump(bytes, { progress, mostValues: MOST_VALUES });
  if (!imported.ok) return tell({ kind: 'problem', problem: imported.error });
  const { events, ...about } = imported.value;
  for (const portion of portionsOf(events)) tell({ kind: 'events', events: portion });
  tell({ kind: 'read', about });
}

function* portionsOf(events: readonly SessionEvent[]): Generator<readonly SessionEvent[]> {
  let start = 0;
  let size = 0;
  for (const [index, event] of events.entries()) {
    size += sizeOf(event);
    if (size < PORTION) continue;
    yield events.slice(start, index + 1);
    start = index + 1;
    size = 0;
  }
  yield events.slice(start);
}

const sizeOf = ({ type, value }: SessionEvent): number =>
  type === 'getStats'
    ? Object.values(value).reduce((sum, report) => sum + Object.keys(report).length, 1)
    : 20;
