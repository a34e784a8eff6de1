/** Gives what the recorder keeps to the one Icescope page that listens, over a port, no faster than that takes it. */
import { HELLO, HERE, readToPage } from '../core/tap/wire.ts';
import { browserName } from '../live/endpoint.ts';
import { apply, listenTo, now, setTimeout, stringify } from './natives.ts';
import type { Recorder } from './recorder.ts';

/** Characters of one list, and lists that may be unacknowledged. */
const LIST = 250_000;
const WINDOW = 4;
/** Milliseconds between two calls for a listener: soon at first, then seldom. */
const FIRST_CALL = 250;
const LAST_CALL = 15_000;
/** A listener that acknowledges nothing for so long is gone. */
const SILENCE = 6000;

export interface StreamOptions {
  readonly recorder: Recorder;
  /** Whether who says hello is an Icescope page that the reader opened. */
  readonly trusts: (event: MessageEvent) => boolean;
  /** Calls all who might listen. */
  readonly call: (words: string) => void;
}

export class Stream {
  readonly #options: StreamOptions;
  #port: MessagePort | null = null;
  #sent = 0;
  #got = 0;
  #heard = 0;
  #wait = FIRST_CALL;
  #calls = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    apply(listenTo, window, ['message', (event: MessageEvent) => this.#hello(event), true]);
    apply(listenTo, window, ['pagehide', () => this.#leave(), true]);
    apply(listenTo, window, [
      'pageshow',
      ({ persisted }: PageTransitionEvent) => persisted && this.call(),
      true,
    ]);
    this.call();
  }

  /** Calls for a listener, from now on. */
  call(): void {
    this.#wait = FIRST_CALL;
    this.#callAgain(++this.#calls);
  }

  /** There may be more to give. */
  pump(): void {
    const { recorder } = this.#options;
    const port = this.#port;
    if (!port) return;
    if (this.#sent > this.#got && now() - this.#heard > SILENCE) return this.#lose();
    while (this.#sent - this.#got < WINDOW && !recorder.ring.isEmpty) {
      if (this.#sent === this.#got) this.#heard = now();
      const list = recorder.ring.take(LIST);
      this.#sent++;
      const { missed } = recorder.ring;
      port.postMessage(`{"kind":"events","n":${this.#sent},"missed":${missed},"list":[${list.join(',')}]}`);
    }
  }

  #callAgain(calls: number): void {
    if (this.#port || calls !== this.#calls) return;
    this.#options.call(HERE);
    setTimeout(() => this.#callAgain(calls), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LAST_CALL);
  }

  /** The page itself sees nothing of it: its own listeners come after this one. */
  #hello(event: MessageEvent): void {
    if (event.data !== HELLO) return;
    event.stopImmediatePropagation();
    const [port] = event.ports;
    if (!port || !this.#options.trusts(event)) return;
    this.#port?.close();
    this.#port = port;
    this.#sent = 0;
    this.#got = 0;
    port.onmessage = ({ data }: MessageEvent) => this.#take(data);
    const { since } = this.#options.recorder;
    const about = {
      title: document.title,
      browser: browserName(),
      since,
      inFrame: window.top !== window,
    };
    port.postMessage(stringify({ kind: 'page', ...about }));
    this.#options.recorder.settle();
    this.pump();
  }

  #take(data: unknown): void {
    const said = typeof data === 'string' ? readToPage(data) : null;
    this.#heard = now();
    if (said?.kind === 'stop') return this.#lose();
    if (said) this.#got = Math.max(this.#got, Math.min(said.n, this.#sent));
    this.pump();
  }

  /** What is still here goes, as far as it may. */
  #leave(): void {
    this.#options.recorder.settle();
    this.pump();
    this.#port?.postMessage('{"kind":"bye"}');
    this.#port?.close();
    this.#port = null;
  }

  #lose(): void {
    this.#port?.close();
    this.#port = null;
    this.call();
  }
}
