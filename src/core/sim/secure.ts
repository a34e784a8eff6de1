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
/** The server of DTLS sends its certificate again of itself; its last flight only when the client asks (RFC 6347, section 4.2.4). */
const SERVER_FLIGHT = 'flight 4';
/** RTO.Initial (RFC 9260, section 16). */
const SCTP_TIMER = 1000;
/** Doubled up to this, in ms (RFC 6347, section 4.2.4.1; RFC 9260, section 16). */
const LONGEST = 60_000;

export class SecureEnd {
  readonly #schedule: Schedule;
  readonly #events: SecureEvents;
  readonly #isClient: boolean;
  readonly #makesChannel: boolean;
  readonly #firstTimer: number;
  readonly #seen = new Set<string>();
  /** Steps without an answer: the end of a handshake and the first message may be so at the same time. */
  readonly #waiting = new Map<string, () => void>();
  /** What is sent again until something comes back. */
  readonly #timers = new Map<string, Timer>();
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
    for (const timer of this.#timers.values()) this.#schedule.cancel(timer);
    this.#timers.clear();
  }

  receive({ step, isAnswer, text }: SecureWire): void {
    if (isAnswer) return this.#answered(step);
    this.begin();
    // Of an epoch whose keys are not here yet: it is dropped (RFC 6347, section 4.1), and will be sent again.
    if (!DTLS_STEPS.includes(step) && !this.isConnected) return;
    this.#events.send(secureWire(step, true));
    if (this.#seen.has(step)) return;
    this.#seen.add(step);
    if (step === 'hello') this.#repeatLater(SERVER_FLIGHT, secureWire(step, true), this.#firstTimer);
    if (step === 'finish') {
      this.#stopRepeating(SERVER_FLIGHT);
      this.#connected();
    }
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
    this.#events.send(wire);
    this.#waiting.set(step, answered);
    this.#repeatLater(step, wire, DTLS_STEPS.includes(step) ? this.#firstTimer : SCTP_TIMER);
  }

  #answered(step: string): void {
    const answered = this.#waiting.get(step);
    if (!answered) return;
    this.#waiting.delete(step);
    this.#stopRepeating(step);
    answered();
  }

  /** With doubled waiting each time. */
  #repeatLater(what: string, wire: SecureWire, wait: number): void {
    const timer = this.#schedule.after(wait, () => {
      this.#events.send(wire);
      this.#repeatLater(what, wire, Math.min(wait * 2, LONGEST));
    });
    this.#timers.set(what, timer);
  }

  #stopRepeating(what: string): void {
    this.#schedule.cancel(this.#timers.get(what) ?? null);
    this.#timers.delete(what);
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

/** Keeps its bytes once they were asked for. */
class LazySecure implements SecureWire {
  readonly kind = 'dtls';
  readonly step: string;
  readonly isAnswer: boolean;
  readonly text?: string;
  readonly size: number;
  readonly #flight: readonly Record[];
  #bytes: Uint8Array | null = null;

  constructor(step: string, isAnswer: boolean, text?: string) {
    this.step = step;
    this.isAnswer = isAnswer;
    if (text !== undefined) this.text = text;
    this.#flight = FLIGHTS[step]?.[isAnswer ? 1 : 0] ?? [['data', 0, 60 + (text?.length ?? 0)]];
    this.size = this.#flight.reduce((sum, record) => sum + sizeOfRecord(record), 0);
  }

  get bytes(): Uint8Array {
    return (this.#bytes ??= concatBytes(this.#flight.map((record, index) => recordBytes(record, index))));
  }
}

export const secureWire = (step: string, isAnswer: boolean, text?: string): SecureWire =>
  new LazySecure(step, isAnswer, text);

const sizeOfRecord = ([type, , length]: Record): number => 13 + (type === 'handshake' ? 12 : 0) + length;

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
