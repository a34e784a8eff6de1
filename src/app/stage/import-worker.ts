/** Reads a dump beside the page, which stays alive meanwhile. Ending it cancels the reading. */
import type { Problem, Result } from '../../core/base/result.ts';
import { isPlainText } from '../../core/importers/content.ts';
import { type ImportOptions, type Imported, importDump, importText } from '../../core/importers/index.ts';
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

addEventListener('message', ({ data }: MessageEvent<File>) => void read(data));

const UNREADABLE: Problem = {
  message: 'This file could not be read.',
  expected: 'a file that is still there',
};

async function read(file: File): Promise<void> {
  const progress = (part: number): void => tell({ kind: 'progress', part });
  const imported = await importFile(file, { progress, mostValues: MOST_VALUES }).catch(() => null);
  if (imported === null) return tell({ kind: 'problem', problem: UNREADABLE });
  if (!imported.ok) return tell({ kind: 'problem', problem: imported.error });
  const { events, ...about } = imported.value;
  for (const portion of portionsOf(events)) tell({ kind: 'events', events: portion });
  tell({ kind: 'read', about });
}

/** What is plain UTF-8 the browser decodes while it reads; all else is decoded by its bytes. */
async function importFile(file: File, options: ImportOptions): Promise<Result<Imported>> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const text = isPlainText(head) ? await file.text() : '';
  if (text !== '' && !text.includes('\uFFFD')) return importText(text, options);
  return importDump(new Uint8Array(await file.arrayBuffer()), options);
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
