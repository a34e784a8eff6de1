/**
 * Whether the other end still agrees to be sent to (RFC 7675): a question now and then, sent once each; where none was answered for
 * long enough, it is over. What browsers do otherwise stands in their profile.
 */
import type { Random } from '../random.ts';
import type { Schedule, Timer } from '../schedule.ts';

/** Times in ms. */
export interface ConsentHabit {
  /** From one question to the next, and by which share of it that varies (RFC 7675, section 5.1). */
  readonly every: number;
  readonly spread: number;
  /** To the next, while the last was not answered. */
  readonly again: number;
  readonly answerWithin: number;
  /** So many questions without an answer, and so long since the first of them, make `disconnected`. */
  readonly unanswered: number;
  readonly silence: number;
  /** Since the last answer, or the choice of the pair: then it is `failed`. */
  readonly expires: number;
}

export interface ConsentEvents {
  ask(answered: () => void, unanswered: () => void): void;
  doubted(): void;
  confirmed(): void;
  expired(): void;
}

export class Consent {
  readonly #schedule: Schedule;
  readonly #random: Random;
  readonly #habit: ConsentHabit;
  readonly #events: ConsentEvents;
  #next: Timer | null = null;
  #expiry: Timer | null = null;
  #unanswered = 0;
  #silentSince: number | null = null;

  constructor(schedule: Schedule, random: Random, habit: ConsentHabit, events: ConsentEvents) {
    this.#schedule = schedule;
    this.#random = random;
    this.#habit = habit;
    this.#events = events;
  }

  /** From now on, of the pair that is chosen now. */
  begin(): void {
    this.#given();
    this.#askLater();
  }

  stop(): void {
    this.#schedule.cancel(this.#next);
    this.#schedule.cancel(this.#expiry);
  }

  #given(): void {
    this.#unanswered = 0;
    this.#silentSince = null;
    this.#schedule.cancel(this.#expiry);
    this.#expiry = this.#schedule.after(this.#habit.expires, () => {
      this.stop();
      this.#events.expired();
    });
  }

  #askLater(): void {
    const { every, again, spread } = this.#habit;
    const usual = this.#unanswered > 0 ? again : every;
    this.#schedule.cancel(this.#next);
    this.#next = this.#schedule.after(usual * (1 - spread + 2 * spread * this.#random.next()), () =>
      this.#ask(),
    );
  }

  #ask(): void {
    this.#silentSince ??= this.#schedule.now;
    this.#events.ask(
      () => {
        this.#given();
        this.#events.confirmed();
      },
      () => this.#missed(),
    );
    this.#askLater();
  }

  #missed(): void {
    const { unanswered, silence } = this.#habit;
    // It was answered since by a later one.
    if (this.#silentSince === null) return;
    this.#unanswered++;
    if (this.#unanswered >= unanswered && this.#schedule.now - this.#silentSince >= silence)
      this.#events.doubted();
  }
}
