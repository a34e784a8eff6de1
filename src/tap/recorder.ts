/** Observes each connection that the page makes, and keeps what happened until somebody has it. */
import { TokenBucket } from '../core/base/token-bucket.ts';
import { recordingClock } from '../core/base/clock.ts';
import type { NewEvent } from '../core/session/event.ts';
import { withoutCredentials } from '../core/session/redact.ts';
import { EventRing } from '../core/tap/ring.ts';
import type { WireEvent } from '../core/tap/wire.ts';
import { observe } from '../live/observe.ts';
import { onMethod } from './methods.ts';
import { now, origin, setTimeout, stringify } from './natives.ts';

/** Milliseconds that events wait before they are written down: a connection that is being made goes first. */
const PAUSE = 100;
/** Messages of data channels that are recorded: at once, then a second. */
const MESSAGES = [400, 200] as const;

export class Recorder {
  readonly ring = new EventRing();
  readonly since = origin + now();
  readonly #clock = recordingClock(() => origin + now());
  readonly #known = new WeakSet<object>();
  readonly #messages = new TokenBucket(...MESSAGES, now());
  #waiting: { readonly connection: number; readonly event: NewEvent }[] = [];
  #isPlanned = false;
  #count = 0;
  #told: () => void = () => {};

  /** Calls `told` when there is more. */
  constructor(told: () => void) {
    this.#told = told;
  }

  isKnown(pc: object): boolean {
    return this.#known.has(pc);
  }

  /** `late`: it was there before the tap, in whatever state. */
  watch(pc: RTCPeerConnection, { late = false } = {}): void {
    this.#known.add(pc);
    const connection = ++this.#count;
    const emit = (event: NewEvent) => this.#add(connection, event);
    observe(pc, { peer: '', emit, now: this.#clock, onMethod });
    if (late) this.#sayStates(pc, emit);
  }

  /** Writes down what waits. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { connection, event } of waiting) {
      const { type, at, value, correlation } = isReading(event) ? event : withoutCredentials(event);
      const known: WireEvent = { connection, type, at, value, ...(correlation ? { correlation } : {}) };
      this.ring.add(stringify(known), isReading(event) || isMessage(event) ? 'traffic' : 'story');
    }
  }

  #add(connection: number, event: NewEvent): void {
    if (isMessage(event) && !this.#messages.take(now())) return void this.ring.missed++;
    this.#waiting.push({ connection, event });
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      this.settle();
      this.#told();
    }, PAUSE);
  }

  /** How it got there nobody saw; where it is can be seen. */
  #sayStates(pc: RTCPeerConnection, emit: (event: NewEvent) => void): void {
    const say = (type: NewEvent['type'], value: string, initial: string) => {
      if (value !== initial) emit({ type, peer: '', at: this.#clock(), value } as NewEvent);
    };
    say('onsignalingstatechange', pc.signalingState, 'stable');
    say('onicegatheringstatechange', pc.iceGatheringState, 'new');
    say('oniceconnectionstatechange', pc.iceConnectionState, 'new');
    say('onconnectionstatechange', pc.connectionState, 'new');
  }
}

const isReading = ({ type }: NewEvent): boolean => type === 'getStats';
const isMessage = ({ type }: NewEvent): boolean => type === ':data.sent' || type === ':data.received';
