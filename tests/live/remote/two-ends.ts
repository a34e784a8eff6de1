/** Two ends of a recording with a room and a data channel between them that the test makes, slows and breaks. */
import { RECORD_CHANNEL, type NewEvent } from '../../../src/core/session/event.ts';
import { Exchange, type ExchangeStatus } from '../../../src/live/remote/exchange.ts';
import { type RecordNote, readMessage } from '../../../src/live/remote/note.ts';
import { Stamps, absolute } from '../../../src/live/remote/stamps.ts';

/** Milliseconds of a message through the room, and of a message through the channel. */
const ROOM = 40;
const CHANNEL = 3;
/** Bytes that the channel takes in a millisecond. */
const RATE = 200;

/** One side of a data channel as the specification has it (W3C WebRTC, section 6.2), without its binary types. */
export class FakeChannel extends EventTarget {
  readonly label = RECORD_CHANNEL;
  readyState: RTCDataChannelState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  mostBuffered = 0;
  sent = 0;
  far!: FakeChannel;
  #free = 0;

  send(data: unknown): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
    const size = String(data).length;
    this.sent++;
    this.bufferedAmount += size;
    this.mostBuffered = Math.max(this.mostBuffered, this.bufferedAmount);
    this.#free = Math.max(this.#free, performance.now()) + size / RATE;
    setTimeout(() => this.#gone(size, data), this.#free - performance.now());
  }

  #gone(size: number, data: unknown): void {
    const before = this.bufferedAmount;
    this.bufferedAmount -= size;
    const low = this.bufferedAmountLowThreshold;
    if (before > low && this.bufferedAmount <= low) this.dispatchEvent(new Event('bufferedamountlow'));
    setTimeout(() => {
      // What was on its way when either side closed is lost.
      if (this.readyState === 'open' && this.far.readyState !== 'closed')
        this.far.dispatchEvent(new MessageEvent('message', { data }));
    }, CHANNEL);
  }

  turn(state: RTCDataChannelState): void {
    if (this.readyState === state || this.readyState === 'closed') return;
    this.readyState = state;
    this.dispatchEvent(new Event(state === 'closed' ? 'close' : state));
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    setTimeout(() => {
      this.dispatchEvent(new Event('close'));
      this.far.turn('closed');
    }, CHANNEL);
  }
}

export interface Side {
  readonly exchange: Exchange;
  readonly stamps: Stamps;
  readonly taken: NewEvent[];
  readonly news: ExchangeStatus[];
  /** Notes that this side gave to the room. */
  inRoom: number;
}

export interface Ends {
  readonly A: Side;
  readonly B: Side;
  /** The channels made so far, A's side and B's. */
  readonly channels: readonly (readonly [FakeChannel, FakeChannel])[];
}

/** Nothing is agreed yet. `room: false`: there is no place but the channel. */
export function twoEnds({ room = true }: { readonly room?: boolean } = {}): Ends {
  const channels: (readonly [FakeChannel, FakeChannel])[] = [];
  const sides = {} as Record<'A' | 'B', Side>;
  for (const [self, other] of [
    ['A', 'B'],
    ['B', 'A'],
  ] as const) {
    const stamps = new Stamps();
    const taken: NewEvent[] = [];
    const news: ExchangeStatus[] = [];
    const side: Side = {
      stamps,
      taken,
      news,
      inRoom: 0,
      exchange: new Exchange({
        me: `${self}aaaaa`,
        you: `${other}aaaaa`,
        other,
        stamps,
        here: (at) => at,
        emit: (event) => taken.push(event),
        room: room ? say : null,
        openChannel: self === 'A' ? openChannel : null,
        changed: (change) => news.push(change),
      }),
    };
    sides[self] = side;
    function say(text: string): void {
      side.inRoom++;
      setTimeout(() => {
        const note = readMessage(text) as RecordNote;
        sides[other].stamps.read(note);
        sides[other].exchange.hear(note, text.length);
      }, ROOM);
    }
  }

  function openChannel(): RTCDataChannel {
    const pair = [new FakeChannel(), new FakeChannel()] as const;
    [pair[0].far, pair[1].far] = [pair[1], pair[0]];
    channels.push(pair);
    setTimeout(() => {
      sides.B.exchange.offered(pair[1] as unknown as RTCDataChannel);
      pair[1].turn('open');
    }, CHANNEL);
    // Later than the first message comes, as in Chromium.
    setTimeout(() => pair[0].turn('open'), 4 * CHANNEL);
    return pair[0] as unknown as RTCDataChannel;
  }

  return { ...sides, channels };
}

export const AGREED = { mine: true, theirs: true, inRoom: true, connected: true } as const;

/** A reading that says which one it is, in so many bytes. */
export const reading = (number: number, bytes = 200): NewEvent => ({
  type: 'getStats',
  peer: 'A',
  at: absolute(),
  value: { T: { type: 'transport', number, filling: 'x'.repeat(bytes) } },
});

/** Which readings came, in the order in which they came. */
export const numbersOf = (taken: readonly NewEvent[]): number[] =>
  taken.flatMap((event) => (event.type === 'getStats' ? [event.value['T']!['number'] as number] : []));
