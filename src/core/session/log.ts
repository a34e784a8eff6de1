import { roundTime } from '../base/clock.ts';
import type { NewEvent, PeerId, SessionEvent } from './event.ts';

/**
 * What happened, in order. Events of another tab may come late, so the log is kept ordered by time and, at the same
 * time, by id. Identity is the event's id, never its place. Listeners are told at most once a `schedule` (a frame, in
 * a page), with the first place that changed. What is appended waits, as it came, until somebody reads: a connection
 * that is being made has more urgent things to do than to put its events in order.
 */
export class SessionLog {
  readonly #events: SessionEvent[] = [];
  #waiting: NewEvent[] = [];
  readonly #counts = new Map<PeerId, number>();
  readonly #listeners = new Set<(from: number) => void>();
  readonly #keepers = new Set<(from: number) => void>();
  readonly #schedule: (run: () => void) => void;
  #changedFrom = Infinity;
  #scheduled = false;

  constructor(options: { readonly schedule?: (run: () => void) => void } = {}) {
    this.#schedule = options.schedule ?? ((run) => run());
  }

  get events(): readonly SessionEvent[] {
    if (this.#waiting.length > 0) this.#settle();
    return this.#events;
  }

  /** Milliseconds from the start to the last event. */
  get duration(): number {
    return this.events.at(-1)?.at ?? 0;
  }

  append(event: NewEvent): void {
    this.#waiting.push(event);
    this.#tellSoon();
  }

  /** The session began `ms` before what was taken for its beginning: all but who takes part is so much later in it. */
  beginEarlier(ms: number): void {
    this.events.forEach((event, place) => (this.#events[place] = earlier(event, ms)));
    this.#changedFrom = 0;
    for (const keeper of this.#keepers) keeper(0);
    this.#tellSoon();
  }

  /** How many events have happened at `time`, inclusive. */
  indexAt(time: number): number {
    const { events } = this;
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[middle]!.at <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls `listener` with the first changed place after changes; gives back how to stop. */
  subscribe(listener: (from: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `keeper`, which keeps what it made of the events, with the first changed place before anybody reads the change. */
  subscribeAtOnce(keeper: (from: number) => void): void {
    this.#keepers.add(keeper);
  }

  #tellSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => this.#tell());
  }

  #settle(): void {
    const came = this.#waiting.map((event) => this.#numbered(event)).sort(compareEvents);
    this.#waiting = [];
    const from = came.length > 0 ? this.#merge(came) : Infinity;
    this.#changedFrom = Math.min(this.#changedFrom, from);
    for (const keeper of this.#keepers) keeper(from);
  }

  #numbered(event: NewEvent): SessionEvent {
    const position = this.#counts.get(event.peer) ?? 0;
    this.#counts.set(event.peer, position + 1);
    return { ...event, at: roundTime(event.at), id: `${event.peer}:${position}` } as SessionEvent;
  }

  /** Only what is later than the first of them moves, and once. Gives back the first place that changed. */
  #merge(came: readonly SessionEvent[]): number {
    const events = this.#events;
    let from = events.length;
    while (from > 0 && compareEvents(events[from - 1]!, came[0]!) > 0) from--;
    const later = events.splice(from);
    let next = 0;
    for (const event of came) {
      while (next < later.length && compareEvents(later[next]!, event) < 0) events.push(later[next++]!);
      events.push(event);
    }
    while (next < later.length) events.push(later[next++]!);
    return from;
  }

  #tell(): void {
    this.#settle();
    this.#scheduled = false;
    const from = this.#changedFrom;
    this.#changedFrom = Infinity;
    for (const listener of this.#listeners) listener(from);
  }
}

function earlier(event: SessionEvent, ms: number): SessionEvent {
  if (event.type === ':session')
    return { ...event, value: { ...event.value, startedAt: event.value.startedAt - ms } };
  if (event.type === ':peer' && event.at === 0) return event;
  return { ...event, at: roundTime(event.at + ms) };
}

/** By time, then by peer, then by the position in that peer's trace. */
export function compareEvents(a: SessionEvent, b: SessionEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.peer !== b.peer) return a.peer < b.peer ? -1 : 1;
  return positionOf(a) - positionOf(b);
}

const positionOf = (event: SessionEvent): number => Number(event.id.slice(event.id.lastIndexOf(':') + 1));
