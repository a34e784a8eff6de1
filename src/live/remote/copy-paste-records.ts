/**
 * Both recordings of a connection that was made by letters: there is no room. Who agrees says so in bytes over the channel
 * that people write on, once; everything else goes over the channel of its own.
 */
import type { ClockEstimate } from '../../core/session/clock-offset.ts';
import { type Emit, RECORD_CHANNEL } from '../../core/session/event.ts';
import { Exchange, type ExchangeStatus } from './exchange.ts';
import { readMessage } from './note.ts';
import { Stamps } from './stamps.ts';

export interface CopyPasteRecordsOptions {
  readonly role: 'A' | 'B';
  /** When the session began, in ms since 1970 by the page's steady clock. */
  readonly began: number;
  readonly emit: Emit;
  /** The other side began so many ms before this session did: whole ones, which are then before all that is in it. */
  readonly beginEarlier: (ms: number) => void;
  readonly changed: (news: CopyPasteRecordsNews) => void;
}

export interface CopyPasteRecordsNews {
  readonly mine: boolean;
  /** Null before the channel is open: nobody can be asked. */
  readonly theirs: boolean | null;
  readonly records: ExchangeStatus;
  readonly clock: ClockEstimate | null;
}

/** A message that waited longer was not written for this session. */
const DAY = 24 * 3600_000;
/** Bytes: consent is a short note. */
const LONGEST = 1000;

export class CopyPasteRecords {
  readonly #options: CopyPasteRecordsOptions;
  readonly #stamps = new Stamps();
  readonly #exchange: Exchange;
  #pc: RTCPeerConnection | null = null;
  #channel: RTCDataChannel | null = null;
  #began: number;
  #isPlaced = false;
  #mine = false;
  #theirs = false;

  constructor(options: CopyPasteRecordsOptions) {
    const { role, began, emit } = options;
    const other = role === 'A' ? 'B' : 'A';
    this.#options = options;
    this.#began = began;
    this.#exchange = new Exchange({
      me: `${role}letter`,
      you: `${other}letter`,
      other,
      stamps: this.#stamps,
      here: (at) => this.#here(at),
      emit,
      room: null,
      openChannel: role === 'A' ? () => this.#pc!.createDataChannel(RECORD_CHANNEL) : null,
      changed: () => this.#tell(),
    });
  }

  /** What happened here, at times of this session. */
  record: Emit = (event) => this.#exchange.record({ ...event, at: event.at + this.#began });

  /** Of this connection, once it is made. */
  attach(pc: RTCPeerConnection): void {
    this.#pc = pc;
    pc.addEventListener('connectionstatechange', () => this.#arrange());
    pc.addEventListener('datachannel', ({ channel }) => {
      if (channel.label === RECORD_CHANNEL) this.#exchange.offered(channel);
    });
  }

  /** The channel that people write on. */
  follow(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('open', () => this.share(this.#mine));
    channel.addEventListener('close', () => this.#arrange());
    channel.addEventListener('message', ({ data }) => this.#hear(data));
  }

  share(on: boolean): void {
    const isNew = on !== this.#mine || on;
    this.#mine = on;
    if (isNew) this.#say(on);
    this.#arrange();
  }

  close(): void {
    this.#exchange.finish();
  }

  get #isOpen(): boolean {
    return this.#channel?.readyState === 'open';
  }

  #say(on: boolean): void {
    const note = this.#stamps.write({ meet: 'share', on });
    if (this.#isOpen) this.#channel!.send(new TextEncoder().encode(note));
  }

  #hear(data: unknown): void {
    if (!(data instanceof ArrayBuffer) || data.byteLength > LONGEST) return;
    const note = readMessage(new TextDecoder().decode(data));
    if (!note || !('meet' in note) || note.meet !== 'share') return;
    this.#stamps.read(note);
    this.#theirs = note.on;
    this.#arrange();
  }

  #arrange(): void {
    const connected = this.#isOpen && !/disconnected|failed|closed/.test(this.#pc?.connectionState ?? '');
    this.#exchange.arrange({ mine: this.#mine, theirs: this.#theirs, connected });
    this.#tell();
  }

  #tell(): void {
    const clock = this.#stamps.estimate();
    const theirs = this.#isOpen ? this.#theirs : null;
    this.#options.changed({ mine: this.#mine, theirs, records: this.#exchange.news, clock });
  }

  /** Whoever wrote first began first: what the other side did before this session began is before all that is in it. */
  #here(at: number): number {
    const offset = this.#stamps.estimate()?.offset ?? 0;
    const before = Math.ceil(this.#began - at - offset);
    if (!this.#isPlaced && before > 0 && before < DAY) {
      this.#began -= before;
      this.#options.beginEarlier(before);
    }
    this.#isPlaced = true;
    return at + offset - this.#began;
  }
}
