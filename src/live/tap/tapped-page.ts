/** One page that shows its connections, over a port: what it sends is checked, counted and acknowledged. */
import { TapIntake } from '../../core/tap/intake.ts';
import type { PageWords, ToPage, WireEvent } from '../../core/tap/wire.ts';

/** What a MessagePort is, as far as it is used here: an extension has ports of its own. */
export interface TapPort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

export interface PageNews {
  /** It said who it is. */
  readonly began: (words: PageWords) => void;
  readonly came: (events: readonly WireEvent[], missed: number) => void;
  /** It went away, or nothing of it is taken any more, and why. */
  readonly ended: (refusal: string | null) => void;
}

export class TappedPage {
  readonly #port: TapPort;
  readonly #news: PageNews;
  readonly #intake = new TapIntake(() => performance.timeOrigin + performance.now());
  #isOver = false;

  constructor(port: TapPort, news: PageNews) {
    this.#port = port;
    this.#news = news;
    port.onmessage = ({ data }) => this.#take(data);
  }

  /** Nothing more is wanted: the page records on, and keeps what fits. */
  stop(): void {
    if (this.#isOver) return;
    this.#say({ kind: 'stop' });
    this.#end(null);
  }

  #take(data: unknown): void {
    if (this.#isOver) return;
    const taken = this.#intake.take(data);
    if (this.#intake.refusal !== null) return this.#end(this.#intake.refusal);
    if (taken === null) return;
    if (taken.kind === 'bye') return this.#end(null);
    if (taken.kind === 'page') return this.#news.began(taken);
    this.#news.came(taken.events, taken.missed);
    this.#say({ kind: 'got', n: taken.n });
  }

  #say(words: ToPage): void {
    this.#port.postMessage(JSON.stringify(words));
  }

  #end(refusal: string | null): void {
    this.#isOver = true;
    this.#port.onmessage = null;
    this.#port.close();
    this.#news.ended(refusal);
  }
}
