import { roundTime } from '../base/clock.ts';
import type { NewEvent, PeerId, SessionEvent } from './event.ts';

/**
 * What happened, in order. Events of another tab may come late, so the log is kept ordered by time and, at the same
 * time, by id. Identity is the event's id, never its place. Listeners are told at most once a `schedule` (a frame, in
 * a page), with the first place that changed.
 */
export class SessionLog {
  readonly #events: SessionEvent[] = [];
  readonly #counts = new Map<PeerId, number>();
  readonly #listeners = new Set<(from: number) => void>();
  readonly #schedule: (run: () => void) => void;
  #changedFrom = Infinity;

  constructor(options: { readonly schedule?: (run: () => void) => void } = {}) {
    this.#schedule = options.schedule ?? ((run) => run());
  }

  get events(): readonly SessionEvent[] {
    return this.#events;
  }

  /** Milliseconds from the start to the last event. */
  get duration(): number {
    return this.#events.at(-1)?.at ?? 0;
  }

  append(event: NewEvent): SessionEvent {
    const position = this.#counts.get(event.peer) ?? 0;
    this.#counts.set(event.peer, position + 1);
    const stored = { ...event, at: roundTime(event.at), id: `${event.peer}:${position}` } as SessionEvent;
    const place = this.#placeOf(stored);
    if (place === this.#events.length) this.#events.push(stored);
    else this.#events.splice(place, 0, stored);
    this.#changed(place);
    return stored;
  }

  /** How many events have happened at `time`, inclusive. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.at <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls `listener` with the first changed place after changes; gives back how to stop. */
  subscribe(listener: (from: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #placeOf(event: SessionEvent): number {
    let place = this.#events.length;
    while (place > 0 && compareEvents(this.#events[place - 1]!, event) > 0) place--;
    return place;
  }

  #changed(place: number): void {
    const waiting = this.#changedFrom !== Infinity;
    this.#changedFrom = Math.min(this.#changedFrom, place);
    if (waiting) return;
    this.#schedule(() => {
      const from = this.#changedFrom;
      this.#changedFrom = Infinity;
      for (const listener of this.#listeners) listener(from);
    });
  }
}

/** By time, then by peer, then by the position in that peer's trace. */
export function compareEvents(a: SessionEvent, b: SessionEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.peer !== b.peer) return a.peer < b.peer ? -1 : 1;
  return positionOf(a) - positionOf(b);
}

const positionOf = (event: SessionEvent): number => Number(event.id.slice(event.id.lastIndexOf(':') + 1));
