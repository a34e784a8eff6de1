/**
 * What stands between a pair that works and the first message: the handshake of DTLS 1.2 (RFC 6347, section 4.2), that of SCTP
 * (RFC 9260, section 5.1) and the opening of a data channel (RFC 8832, section 6), as questions and answers of the right sizes,
 * which are sent again when nothing comes back. Nothing is really encrypted.
 */
import { concatBytes, uint16, uint32 } from '../base/bytes.ts';
import type { Schedule, Timer } from './schedule.ts';
import type { SecureWire } from './wire.ts';

export interface SecureEvents {
  send(wire: SecureWire): void;
  dtls(state: 'connecting' | 'connected'): void;
  /** The data channel can be used. */
  opened(): void;
  message(text: string): void;
}

/** In this order; the first two by the client of DTLS, the others by who made the channel. */
const DTLS_STEPS = ['hello', 'finish'];
const CHANNEL_STEPS = ['init', 'cookie', 'open'];

export class SecureEnd {
  readonly #schedule: Schedule;
  readonly #events: SecureEvents;
  readonly #isClient: boolean;
  readonly #makesChannel: boolean;
  readonly #firstTimer: number;
  readonly #seen = new Set<string>();
  #pending: { readonly wire: SecureWire; readonly answered: () => void; timer: Timer } | null = null;
  #state: 'new' | 'connecting' | 'connected' = 'new';
  #isOpen = false;
  #messages = 0;

  constructor(
    schedule: Schedule,
    options: { readonly isClient: boolean; readonly makesChannel: boolean; readonly firstTimer: number },
    events: SecureEvents,
  ) {
    this.#schedule = schedule;
    this.#isClient = options.isClient;
    this.#makesChannel = options.makesChannel;
    this.#firstTimer = options.firstTimer;
    this.#events = events;
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A pair works. */
  begin(): void {
    if (this.#state !== 'new') return;
    this.#become('connecting');
    if (this.#isClient) this.#steps(DTLS_STEPS, () => this.#connected());
  }

  say(text: string): void {
    this.#ask(`message ${this.#messages++}`, () => undefined, text);
  }

  close(): void {
    this.#schedule.cancel(this.#pending?.timer ?? null);
    this.#pending = null;
  }

  receive({ step, isAnswer, text }: SecureWire): void {
    if (isAnswer) return this.#answered(step);
    this.begin();
    this.#events.send(secureWire(step, true));
    if (this.#seen.has(step)) return;
    this.#seen.add(step);
    if (step === 'finish') this.#connected();
    if (step === 'open') this.#open();
    if (text !== undefined) this.#events.message(text);
  }

  #connected(): void {
    this.#become('connected');
    if (this.#makesChannel) this.#steps(CHANNEL_STEPS, () => this.#open());
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#events.opened();
  }

  #steps([first, ...rest]: readonly string[], done: () => void): void {
    if (first === undefined) return done();
    this.#ask(first, () => this.#steps(rest, done));
  }

  #ask(step: string, answered: () => void, text?: string): void {
    const wire = secureWire(step, false, text);
    const transmit = (wait: number): Timer => {
      this.#events.send(wire);
      return this.#schedule.after(wait, () => {
        if (this.#pending?.wire === wire) this.#pending.timer = transmit(Math.min(wait * 2, 60_000));
      });
    };
    this.#pending = { wire, answered, timer: transmit(this.#firstTimer) };
  }

  #answered(step: string): void {
    if (this.#pending?.wire.step !== step) return;
    const { answered, timer } = this.#pending;
    this.#schedule.cancel(timer);
    this.#pending = null;
    answered();
  }

  #become(state: 'connecting' | 'connected'): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.dtls(state);
  }
}

type Record = readonly [type: 'handshake' | 'change' | 'encrypted' | 'data', number: number, length: number];

/** Records of each flight: the type, of a handshake its number (RFC 5246, section 7.4), and about how long it is. */
const FLIGHTS: Readonly<{ [step: string]: readonly [ask: readonly Record[], answer: readonly Record[]] }> = {
  hello: [
    [['handshake', 1, 180]],
    [
      ['handshake', 2, 90],
      ['handshake', 11, 300],
      ['handshake', 12, 120],
      ['handshake', 13, 40],
      ['handshake', 14, 0],
    ],
  ],
  finish: [
    [
      ['handshake', 11, 300],
      ['handshake', 16, 66],
      ['handshake', 15, 80],
      ['change', 0, 1],
      ['encrypted', 0, 40],
    ],
    [
      ['change', 0, 1],
      ['encrypted', 0, 40],
    ],
  ],
};
const TYPES = { handshake: 22, change: 20, encrypted: 22, data: 23 } as const;

export function secureWire(step: string, isAnswer: boolean, text?: string): SecureWire {
  const flight = FLIGHTS[step]?.[isAnswer ? 1 : 0] ?? [['data', 0, 60 + (text?.length ?? 0)]];
  const bytes = concatBytes(flight.map((record, index) => recordBytes(record, index)));
  return { kind: 'dtls', step, isAnswer, bytes, ...(text === undefined ? {} : { text }) };
}

/** RFC 6347, sections 4.1 and 4.2.2; what would be secret is filled with a pattern. */
function recordBytes([type, number, length]: Record, sequence: number): Uint8Array {
  const filler = Uint8Array.from({ length }, (_, index) => (index * 37 + number) & 0xff);
  const body =
    type === 'handshake'
      ? concatBytes([
          Uint8Array.of(number),
          uint24(length),
          uint16(sequence),
          uint24(0),
          uint24(length),
          filler,
        ])
      : filler;
  const epoch = type === 'encrypted' || type === 'data' ? 1 : 0;
  return concatBytes([
    Uint8Array.of(TYPES[type], 0xfe, 0xfd),
    uint16(epoch),
    uint16(0),
    uint32(sequence),
    uint16(body.length),
    body,
  ]);
}

const uint24 = (value: number): Uint8Array =>
  Uint8Array.of((value >> 16) & 255, (value >> 8) & 255, value & 255);
