/**
 * What is taken of a tapped page. It may be anybody's, so shapes, sizes, rates and sums are bounded: who sends other things,
 * or more, gets one sentence that says what came, and from then on nothing is taken.
 */
import { TokenBucket } from '../base/token-bucket.ts';
import type { Clock } from '../base/clock.ts';
import { type FromPage, type PageWords, type WireEvent, isWireEvent, readFromPage } from './wire.ts';

/** At once, then a second. A tap that was not listened to sends all that it kept (`ring.ts`) at once. */
export const INTAKE = {
  /** Characters of one message. */
  message: 1_100_000,
  messages: [400, 50],
  characters: [8_000_000, 2_000_000],
  events: [20_000, 1000],
  /** Things that are no words of a tap, or no events of a connection. */
  mistakes: 20,
  /** More than a browser lets a page have at once (Chromium: 500). */
  connections: 600,
  /** Of one page while it is open. */
  allEvents: 200_000,
  allCharacters: 128_000_000,
} as const;

export type Taken =
  | PageWords
  | {
      readonly kind: 'events';
      readonly n: number;
      readonly events: readonly WireEvent[];
      readonly missed: number;
    }
  | { readonly kind: 'bye' };

export class TapIntake {
  readonly #now: Clock;
  readonly #messages: TokenBucket;
  readonly #characters: TokenBucket;
  readonly #events: TokenBucket;
  readonly #connections = new Set<number>();
  #mistakes = 0;
  #allEvents = 0;
  #allCharacters = 0;
  #since = 0;
  #refusal: string | null = null;

  /** `now` in milliseconds since 1970. */
  constructor(now: Clock) {
    this.#now = now;
    this.#messages = new TokenBucket(...INTAKE.messages, now());
    this.#characters = new TokenBucket(...INTAKE.characters, now());
    this.#events = new TokenBucket(...INTAKE.events, now());
  }

  /** Why nothing is taken any more: a sentence, or null. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** Reads one message; null for what is not taken. */
  take(data: unknown): Taken | null {
    if (this.#refusal !== null) return null;
    if (typeof data !== 'string') return this.#refuse('bytes came, and text was expected');
    if (data.length > INTAKE.message)
      return this.#refuse(`a message of ${grouped(data.length)} characters came`);
    const now = this.#now();
    if (!this.#messages.take(now) || !this.#characters.take(now, data.length))
      return this.#refuse('messages came faster than anybody could look at them');
    this.#allCharacters += data.length;
    if (this.#allCharacters > INTAKE.allCharacters)
      return this.#refuse(`it sent more than ${INTAKE.allCharacters / 1e6} million characters`);
    const said = readFromPage(data);
    return said ? this.#read(said, now) : this.#mistaken(1);
  }

  #read(said: FromPage, now: number): Taken | null {
    if (said.kind === 'page') {
      this.#since = Math.min(said.since, now);
      return { ...said, since: this.#since };
    }
    if (said.kind !== 'events') return said;
    const { n, list, missed } = said;
    if (!this.#events.take(now, list.length))
      return this.#refuse('events came faster than a page makes them');
    this.#allEvents += list.length;
    if (this.#allEvents > INTAKE.allEvents)
      return this.#refuse(`it sent more than ${grouped(INTAKE.allEvents)} events`);
    const events = list.filter(isWireEvent);
    if (events.length < list.length) this.#mistaken(list.length - events.length);
    for (const { connection } of events) this.#connections.add(connection);
    if (this.#connections.size > INTAKE.connections)
      return this.#refuse(`it named more than ${grouped(INTAKE.connections)} connections`);
    if (this.#refusal !== null) return null;
    return { kind: 'events', n, missed, events: events.map((event) => this.#inTime(event, now)) };
  }

  /** Nothing happened before the tap was there, or after now. */
  #inTime = (event: WireEvent, now: number): WireEvent => ({
    ...event,
    at: Math.min(Math.max(event.at, this.#since), now),
  });

  #mistaken(count: number): null {
    this.#mistakes += count;
    return this.#mistakes > INTAKE.mistakes
      ? this.#refuse(`${grouped(this.#mistakes)} things came that are no events of a connection`)
      : null;
  }

  #refuse(why: string): null {
    this.#refusal ??= `Nothing of this page is taken any more: ${why}.`;
    return null;
  }
}

const grouped = (count: number): string => count.toLocaleString('en');
