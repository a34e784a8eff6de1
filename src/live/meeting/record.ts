/** The recording of one side, carried to the other: what may go, and what is taken of what comes. */
import { type NewEvent, type SessionEvent, type StatsReports } from '../../core/session/event.ts';
import { isKnownType } from '../../core/session/known-types.ts';
import { withoutCredentials } from '../../core/session/redact.ts';

/** Milliseconds that events are gathered for, and characters that one note may hold: a room takes letters of 64 KiB. */
const PAUSE = 150;
const NOTE = 16_000;
const LONGEST = 48_000;
/** Events kept until the other side may have them: more than an hour of readings. */
const KEPT = 4000;
/** Events taken of the other side: a day of readings, and no more than a page can hold. */
const TAKEN = 100_000;

/** Reports that a diagram reads; the rest (codecs, streams) would be most of the bytes. */
const CARRIED: ReadonlySet<string> = new Set([
  'transport',
  'candidate-pair',
  'local-candidate',
  'remote-candidate',
  'data-channel',
]);

export interface Outbox {
  add(event: NewEvent): void;
  /** From now on everything recorded goes out, what was kept first; or nothing does. */
  open(on: boolean): void;
  flush(): void;
}

/** `carry` is handed lists that each fit into a note. */
export function recordOutbox(carry: (list: readonly NewEvent[]) => void): Outbox {
  let kept: NewEvent[] = [];
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!isOpen) return;
    for (const list of inNotes(kept)) carry(list);
    kept = [];
  }

  return {
    add(event) {
      if (event.type === ':peer' || event.type === ':session') return;
      if (kept.length < KEPT) kept.push(thin(event));
      if (isOpen) timer ??= setTimeout(flush, PAUSE);
    },
    open(on) {
      isOpen = on;
      flush();
    },
    flush,
  };
}

function thin(event: NewEvent): NewEvent {
  if (event.type !== 'getStats') return event;
  const read = Object.entries(event.value).filter(([, { type }]) => CARRIED.has(type));
  return { ...event, value: Object.fromEntries(read) as StatsReports };
}

function* inNotes(events: readonly NewEvent[]): Generator<readonly NewEvent[]> {
  let list: NewEvent[] = [];
  let size = 0;
  for (const event of events) {
    const { length } = JSON.stringify(event);
    if (length > LONGEST) continue;
    if (list.length > 0 && size + length > NOTE) {
      yield list;
      list = [];
      size = 0;
    }
    list.push(event);
    size += length;
  }
  if (list.length > 0) yield list;
}

export interface Inbox {
  /** Emits what is an event of the other peer; says how many were none. */
  take(list: readonly unknown[]): number;
  /** The other side told that its connection is closed. */
  readonly isClosed: boolean;
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
    if (!isEvent(given) || taken >= TAKEN) return false;
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
