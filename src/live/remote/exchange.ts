/**
 * The recordings of one connection's two ends, each carried to the other side where both agreed: by a data channel of
 * Icescope's own once that is open, by the room before and after. What goes is numbered, and kept until the other side
 * has it; when the way changes, all that it has not goes again by the new one, and what came twice is taken once.
 */
import { Inbox, Outbox } from '../../core/signalling/delivery.ts';
import type { Emit, NewEvent } from '../../core/session/event.ts';
import { Guard } from './guard.ts';
import type { RecordBody, RecordNote } from './note.ts';
import { recordInbox, recordShelf } from './record.ts';
import type { Stamps } from './stamps.ts';

export interface ExchangeOptions {
  /** Name this connection, and the one of the other side. */
  readonly me: string;
  readonly you: string;
  readonly other: 'A' | 'B';
  readonly stamps: Stamps;
  /** A time of the other side as one of this session. */
  readonly here: (at: number) => number;
  readonly emit: Emit;
  /** Says something where the two met; null where there is no such place. */
  readonly room: ((text: string) => void) | null;
  /** Opens the channel, at the one side that does; null at the other. */
  readonly openChannel: (() => RTCDataChannel) | null;
  readonly changed: (news: ExchangeStatus) => void;
}

export interface ExchangeStatus {
  /** How records go now; null while they do not. */
  readonly way: 'room' | 'channel' | null;
  /** Why nothing of the other side is taken any more. */
  readonly refusal: string | null;
}

/** What must hold before anything is carried. */
export interface Terms {
  readonly mine: boolean;
  readonly theirs: boolean;
  /** The other side is in the room. */
  readonly inRoom: boolean;
  /** The connection carries data now: one that is out of reach keeps its channels open. */
  readonly connected: boolean;
}

/** Milliseconds that events are gathered for. */
const PAUSE = 150;
/** Lists that may be unacknowledged, and how many come before they are acknowledged without being asked. */
const WINDOW = 64;
const ACK_EVERY = 16;
/** Bytes that may wait in the channel: the connection's own data goes first. */
const BUFFERED = 128 * 1024;
/**
 * Questions after the time of the other side: some at once, then now and then, in ms. Chromium gives a message of a channel to the
 * page before it says that the channel is open, and the page can not answer yet: it is asked again.
 */
const TICKS = 5;
const TICK_PAUSE = 2000;
const TICK_AGAIN = 250;

export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #shelf = recordShelf();
  readonly #outbox = new Outbox();
  readonly #numbers = new Inbox();
  readonly #inbox: ReturnType<typeof recordInbox>;
  readonly #guard = new Guard(() => performance.now());
  #terms: Terms = { mine: false, theirs: false, inRoom: false, connected: false };
  #channel: RTCDataChannel | null = null;
  /** A channel that closed by itself is not opened again, until both agree anew. */
  #hadChannel = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #nextTick: ReturnType<typeof setTimeout> | undefined;
  /** Answers to questions after the time, by the way that is used. */
  #ticks = 0;
  #unsaid = 0;
  /** The list whose absence was told already. */
  #missed = 0;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { other, here, emit } = options;
    this.#inbox = recordInbox({ peer: other, here, emit });
  }

  get news(): ExchangeStatus {
    return { way: this.#isAgreed ? this.#way : null, refusal: this.#guard.refusal };
  }

  /** The other side told that its connection is closed. */
  get isOver(): boolean {
    return this.#inbox.isClosed;
  }

  /** What happened at this end, at times since 1970. */
  record(event: NewEvent): void {
    this.#shelf.add(event);
    this.#pause ??= setTimeout(this.#pump, PAUSE);
  }

  arrange(terms: Partial<Terms>): void {
    const wasOpen = this.#isOpen;
    this.#terms = { ...this.#terms, ...terms };
    if (!this.#isAgreed) this.#closeChannel();
    else if (this.#terms.connected && !this.#hadChannel && this.#options.openChannel)
      this.#follow(this.#options.openChannel());
    if (this.#isOpen === wasOpen) this.#pump();
    else this.#turn();
  }

  /** The other side opened a channel for the records, so it agrees; where this side does not, there is none. */
  offered(channel: RTCDataChannel): void {
    const isWelcome = this.#terms.mine && !this.#options.openChannel && !this.#channel;
    if (!isWelcome || this.#guard.refusal) return channel.close();
    this.#follow(channel);
    this.arrange({ theirs: true });
  }

  /** Begins to ask after the time. */
  tick(): void {
    this.#ticks = 0;
    this.#ask();
  }

  /** A note that came by the room, its stamp read; or by the channel. It is so many `characters` long. */
  hear(note: RecordNote, characters: number): void {
    if (note.of !== this.#options.you || this.#guard.refusal) return;
    if (note.meet === 'events') this.#take(note, characters);
    else {
      const isNew = this.#outbox.ack(note.got);
      if (note.meet === 'tick') this.#ticked(note.back);
      else if (note.again) this.#outbox.rewind();
      if (!isNew) this.#guard.idle();
      this.#pump();
    }
    if (this.#guard.refusal) this.#closeChannel();
    this.#options.changed(this.news);
  }

  /** The connection is closed: all that waits goes, as far as it may. */
  finish(): void {
    this.#pump();
    clearTimeout(this.#pause);
    clearTimeout(this.#nextTick);
  }

  get #isAgreed(): boolean {
    return this.#terms.mine && this.#terms.theirs && this.#guard.refusal === null;
  }

  /** The channel carries records once the clocks are set by it: without a room there is nothing else to set them by. */
  get #way(): 'room' | 'channel' | null {
    if (this.#isOpen && this.#isSet) return 'channel';
    return this.#options.room && this.#terms.inRoom ? 'room' : null;
  }

  get #isOpen(): boolean {
    return this.#terms.connected && this.#channel?.readyState === 'open';
  }

  #follow(channel: RTCDataChannel): void {
    this.#channel = channel;
    this.#hadChannel = true;
    channel.bufferedAmountLowThreshold = BUFFERED / 2;
    channel.addEventListener('open', () => this.#turn());
    channel.addEventListener('bufferedamountlow', this.#pump);
    channel.addEventListener('close', () => this.#lost(channel));
    channel.addEventListener('message', ({ data }) => {
      const note = channel === this.#channel ? this.#guard.read(data) : null;
      if (note) this.#overheard(note, (data as string).length);
      else if (this.#guard.refusal) this.#closeChannel();
    });
  }

  #overheard(note: RecordNote, characters: number): void {
    this.#options.stamps.read(note);
    this.hear(note, characters);
  }

  /** Another way: what the other side has not goes again by it, and the time is asked anew. */
  #turn(): void {
    this.#outbox.rewind();
    this.tick();
    this.#pump();
    this.#options.changed(this.news);
  }

  #lost(channel: RTCDataChannel): void {
    if (channel !== this.#channel) return;
    this.#channel = null;
    this.#turn();
  }

  /** On purpose: later there may be another. */
  #closeChannel(): void {
    const channel = this.#channel;
    this.#hadChannel = false;
    this.#channel = null;
    if (!channel) return;
    channel.close();
    this.#turn();
  }

  #pump = (): void => {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    // A connection that was closed tells no channel of it.
    if (this.#channel && /^clos/.test(this.#channel.readyState)) return this.#lost(this.#channel);
    const way = this.news.way;
    if (!way) return;
    while (way === 'room' || this.#channel!.bufferedAmount < BUFFERED) {
      this.#fill();
      const [letter] = this.#outbox.take(1);
      if (!letter) return;
      this.#say({ meet: 'events', of: this.#options.me, n: letter.n }, letter.text);
    }
  };

  #fill(): void {
    let list: string | null;
    while (this.#outbox.waiting < WINDOW && (list = this.#shelf.take())) this.#outbox.put(list);
  }

  #say(body: RecordBody, list?: string): void {
    const { stamps, room } = this.#options;
    const isEvents = body.meet === 'events';
    if (this.#isOpen && !(isEvents && this.#way === 'room')) this.#channel!.send(stamps.write(body, list));
    else room?.(stamps.write(body, list));
  }

  get #got(): number {
    return this.#numbers.taken?.n ?? 0;
  }

  #ask = (): void => {
    clearTimeout(this.#nextTick);
    this.#sayTick(false);
    // A room loses nothing, and keeps what waits for somebody who is away.
    if (this.#isOpen) this.#nextTick = setTimeout(this.#ask, this.#isSet ? TICK_PAUSE : TICK_AGAIN);
  };

  #ticked(isAnswer: boolean): void {
    if (!isAnswer) return this.#sayTick(true);
    const pause = this.#isSet ? TICK_PAUSE : 0;
    this.#ticks++;
    if (this.#ticks === TICKS) this.#outbox.rewind();
    clearTimeout(this.#nextTick);
    this.#nextTick = setTimeout(this.#ask, pause);
  }

  #sayTick(back: boolean): void {
    this.#say({ meet: 'tick', of: this.#options.me, back, got: this.#got });
  }

  /** The clocks are set by the way that is used. */
  get #isSet(): boolean {
    return this.#ticks >= TICKS;
  }

  #take({ n, list }: RecordNote & { readonly meet: 'events' }, characters: number): void {
    const taken = this.#numbers.take(this.#options.you, { n, base: 0, text: '' });
    if (taken === 'gap') this.#tellGap();
    if (taken !== 'new') return this.#guard.idle();
    this.#guard.mistaken(this.#inbox.take(list));
    this.#guard.grown(characters, this.#inbox.isFull);
    if (++this.#unsaid >= ACK_EVERY) this.#sayGot(false);
  }

  /** Once for each missing list: the many that follow it say nothing new. */
  #tellGap(): void {
    if (this.#missed === this.#got + 1) return;
    this.#missed = this.#got + 1;
    this.#sayGot(true);
  }

  #sayGot(again: boolean): void {
    this.#unsaid = 0;
    this.#say({ meet: 'got', of: this.#options.me, got: this.#got, again });
  }
}
