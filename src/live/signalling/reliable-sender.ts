/** The messages of one client: when they go, when they go again, and when it is said that they came. */
import { Inbox, Outbox } from '../../core/signalling/delivery.ts';
import type { Ack, ClientMessage, Envelope } from '../../core/signalling/room-messages.ts';

/** Milliseconds. An acknowledgement waits for more messages; messages without one go again, each time later. */
const ACK_AFTER = 20;
const ACK_EVERY = 32;
const FIRST_AGAIN = 1000;
const LAST_AGAIN = 4000;

type Timer = ReturnType<typeof setTimeout> | undefined;

export class ReliableSender {
  readonly #outbox = new Outbox();
  readonly #inbox = new Inbox();
  readonly #say: (message: ClientMessage) => void;
  readonly #early: string[] = [];
  #listener: ((text: string) => void) | null = null;
  #reached = false;
  #resting = false;
  #again: Timer;
  #againAfter = FIRST_AGAIN;
  #rest: Timer;
  #ack: Timer;
  #unacked = 0;
  /** The message whose absence was told already. */
  #missed = 0;

  constructor(say: (message: ClientMessage) => void) {
    this.#say = say;
  }

  /** Throws when no more can be kept. */
  send(text: string): void {
    this.#outbox.put(text);
    this.#flush();
  }

  listen(listener: (text: string) => void): void {
    this.#listener = listener;
    for (const text of this.#early.splice(0)) listener(text);
  }

  /** Whether the other side can be reached now. What is not acknowledged goes again, and what has come is said again. */
  reach(reached: boolean): void {
    this.#reached = reached;
    clearTimeout(this.#again);
    if (!reached) return;
    this.#missed = 0;
    this.#againAfter = FIRST_AGAIN;
    this.#outbox.rewind();
    this.#sayTaken(false);
    this.#flush();
  }

  take(stream: string, envelope: Envelope): void {
    const taken = this.#inbox.take(stream, envelope);
    if (taken === 'gap') return this.#tellGap();
    if (taken === 'new') this.#deliver(envelope.text);
    this.#unacked++;
    if (this.#unacked >= ACK_EVERY) this.#sayTaken(false);
    else this.#ack ??= setTimeout(() => this.#sayTaken(false), ACK_AFTER);
  }

  acked({ n, again }: Ack): void {
    if (this.#outbox.ack(n)) this.#againAfter = FIRST_AGAIN;
    if (again) this.#outbox.rewind();
    clearTimeout(this.#again);
    this.#flush();
  }

  /** Says nothing for so long: the server asked for it. */
  rest(ms: number): void {
    this.#resting = true;
    clearTimeout(this.#again);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#resting = false;
      this.reach(this.#reached);
    }, ms);
  }

  close(): void {
    this.#reached = false;
    for (const timer of [this.#again, this.#rest, this.#ack]) clearTimeout(timer);
  }

  #flush(): void {
    if (!this.#reached || this.#resting) return;
    for (const envelope of this.#outbox.take()) this.#say({ type: 'letter', ...envelope });
    clearTimeout(this.#again);
    if (this.#outbox.onTheWay > 0) this.#again = setTimeout(() => this.#sendAgain(), this.#againAfter);
  }

  #sendAgain(): void {
    this.#againAfter = Math.min(LAST_AGAIN, this.#againAfter * 2);
    this.#outbox.rewind();
    this.#flush();
  }

  #deliver(text: string): void {
    if (this.#listener) this.#listener(text);
    else this.#early.push(text);
  }

  /** Once for each missing message: the many that follow it say nothing new. */
  #tellGap(): void {
    const missing = (this.#inbox.taken?.n ?? 0) + 1;
    if (missing === this.#missed) return;
    this.#missed = missing;
    this.#sayTaken(true);
  }

  #sayTaken(again: boolean): void {
    clearTimeout(this.#ack);
    this.#ack = undefined;
    this.#unacked = 0;
    const taken = this.#inbox.taken;
    if (taken && this.#reached) this.#say({ type: 'ack', ...taken, again });
  }
}
