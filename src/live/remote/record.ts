/** The recording of one side, carried to the other: what may go, and what is taken of what comes. */
import { type NewEvent, type SessionEvent, type StatsReports } from '../../core/session/event.ts';
import { isKnownType } from '../../core/session/known-types.ts';
import { withoutCredentials } from '../../core/session/redact.ts';
import { utf8Length } from '../../core/signalling/delivery.ts';

/** Bytes of one list, and of one event: a room takes messages of 64 KiB. */
const LIST = 16_000;
const LONGEST = 48_000;
/** Events kept until the other side may have them: more than an hour of readings. */
const KEPT = 4000;
/** What is taken of the other side: a day of readings, and no more than a page can hold. */
export const TAKEN = { events: 100_000, characters: 128_000_000 };

/** Reports that a diagram reads; the rest (codecs, streams) would be most of the bytes. */
const CARRIED: ReadonlySet<string> = new Set([
  'transport',
  'candidate-pair',
  'local-candidate',
  'remote-candidate',
  'data-channel',
]);

/** What waits for the other side. */
export interface Shelf {
  add(event: NewEvent): void;
  /** The next events, as many as fit into a note: a list in JSON. Null when nothing waits. */
  take(): string | null;
}

export function recordShelf(): Shelf {
  const kept: NewEvent[] = [];
  return {
    add(event) {
      if (OURS.has(event.type) || kept.length >= KEPT) return;
      kept.push(thin(event));
    },
    take() {
      const texts: string[] = [];
      let size = 0;
      let next: NewEvent | undefined;
      while ((next = kept[0])) {
        const text = JSON.stringify(next);
        const bytes = utf8Length(text);
        if (texts.length > 0 && size + bytes > LIST) break;
        kept.shift();
        if (bytes > LONGEST) continue;
        texts.push(text);
        size += bytes;
      }
      return texts.length > 0 ? `[${texts.join(',')}]` : null;
    },
  };
}

function thin(event: NewEvent): NewEvent {
  if (event.type !== 'getStats') return event;
  const read = Object.entries(event.value).filter(([, { type }]) => CARRIED.has(type));
  return { ...event, value: Object.fromEntries(read) as StatsReports };
}

export interface Inbox {
  /** Emits what is an event of the other peer; says how many were none. */
  take(list: readonly unknown[]): number;
  /** The other side told that its connection is closed. */
  readonly isClosed: boolean;
  readonly isFull: boolean;
}

export interface InboxOptions {
  readonly peer: 'A' | 'B';
  /** A time of the other side as one of this session. */
  readonly here: (at: number) => number;
  readonly emit: (event: NewEvent) => void;
}

/** Times of one peer never run backwards, also when its clock is estimated anew. */
export function recordInbox({ peer, here, emit }: InboxOptions): Inbox {
  let last = 0;
  let taken = 0;
  let isClosed = false;

  function takeOne(given: unknown): boolean {
    if (!isEvent(given) || taken >= TAKEN.events) return false;
    const { type, value, correlation } = given;
    last = Math.max(last, here(given.at));
    const event = { type, peer, at: last, value, ...(correlation === undefined ? {} : { correlation }) };
    emit(withoutCredentials(event as NewEvent));
    taken++;
    isClosed ||= type === 'close';
    return true;
  }

  return {
    take: (list) => list.filter((event) => !takeOne(event)).length,
    get isClosed() {
      return isClosed;
    },
    get isFull() {
      return taken >= TAKEN.events;
    },
  };
}

/** What this side tells of the other by itself. */
const OURS: ReadonlySet<string> = new Set([':session', ':peer', ':peer.gone']);

function isEvent(given: unknown): given is SessionEvent {
  if (typeof given !== 'object' || given === null) return false;
  const { type, at, value, correlation } = given as Readonly<Record<string, unknown>>;
  return (
    typeof type === 'string' &&
    !OURS.has(type) &&
    isKnownType(type, value) &&
    Number.isFinite(at) &&
    (correlation === undefined ||
      (typeof correlation === 'string' && correlation.length <= 80 && !(correlation in {})))
  );
}
