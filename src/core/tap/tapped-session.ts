/** The connections of tapped pages as the peers of one session: `1`, `2`, … in the order in which they came. */
import { roundTime } from '../base/clock.ts';
import type { NewEvent, PeerId } from '../session/event.ts';
import { withoutCredentials } from '../session/redact.ts';
import type { PageWords, WireEvent } from './wire.ts';

/** A page that is shown, one for each time that it was loaded. */
export interface ShownPage {
  /** Another for each. */
  readonly id: number;
  /** `https://meet.example.net`, as the browser says it. */
  readonly origin: string;
  readonly words: PageWords;
}

/** Events of all pages, so long as the reader does not begin anew: no more than a page can hold. */
export const ALL_EVENTS = 300_000;

/** `meet.example.net`; a page that is a file has none. */
export const hostOf = (origin: string): string =>
  origin === 'null' ? 'a file' : origin.replace(/^\w+:\/\//, '');

export class TappedSession {
  #startedAt: number | null = null;
  readonly #peers = new Map<string, PeerId>();
  /** Connections that are not closed, by page. */
  readonly #open = new Map<number, Set<PeerId>>();
  #count = 0;

  get isFull(): boolean {
    return this.#count >= ALL_EVENTS;
  }

  /** What the page sent, as events of the session; before the first of a connection stands who it is. */
  take(page: ShownPage, events: readonly WireEvent[]): readonly NewEvent[] {
    const taken = events.slice(0, ALL_EVENTS - this.#count);
    this.#count += taken.length;
    const begun = this.#begin(page);
    return [...begun, ...taken.flatMap((event) => this.#place(page, event))];
  }

  /** The page went away: what it left open is closed from here on. `at` in ms since 1970. */
  gone(page: ShownPage, at: number): readonly NewEvent[] {
    const left = [...(this.#open.get(page.id) ?? [])];
    this.#open.delete(page.id);
    return left.map((peer) => ({ type: ':peer.gone', peer, at: this.#at(at), value: null }));
  }

  #begin(page: ShownPage): readonly NewEvent[] {
    if (this.#startedAt !== null) return [];
    this.#startedAt = Math.floor(page.words.since);
    return [{ type: ':session', peer: '', at: 0, value: { kind: 'tapped', startedAt: this.#startedAt } }];
  }

  #place(page: ShownPage, { connection, at, type, value, correlation }: WireEvent): readonly NewEvent[] {
    const key = `${page.id} ${connection}`;
    const known = this.#peers.get(key);
    const peer = known ?? String(this.#peers.size + 1);
    this.#peers.set(key, peer);
    const open = this.#open.get(page.id) ?? new Set<PeerId>();
    this.#open.set(page.id, open);
    if (type === 'close') open.delete(peer);
    else if (type === 'create') open.add(peer);
    const place = {
      type,
      peer,
      at: this.#at(at),
      value,
      ...(correlation === undefined ? {} : { correlation }),
    };
    const event = withoutCredentials(place as NewEvent);
    if (known !== undefined) return [event];
    return [{ type: ':peer', peer, at: event.at, value: peerOf(page, peer) }, event];
  }

  #at = (time: number): number => roundTime(Math.max(0, time - this.#startedAt!));
}

const peerOf = ({ origin, words }: ShownPage, peer: PeerId) => ({
  place: `connection ${peer}, ${hostOf(origin)}`,
  ...(words.browser === '' ? {} : { browser: words.browser }),
});
