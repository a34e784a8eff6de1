/** The channel that offers, answers and candidates take: in order, as a WebSocket, unless its delay varies. */
import { encodeText } from '../base/bytes.ts';
import type { CandidateInit, Description, Signal } from '../session/event.ts';
import type { Side } from './packet.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { SignallingSpec } from './scenario.ts';
import type { Schedule } from './schedule.ts';

export type SignalContent =
  | { readonly kind: 'offer'; readonly payload: Description }
  | { readonly kind: 'answer'; readonly payload: Description }
  | { readonly kind: 'candidate'; readonly payload: CandidateInit }
  | { readonly kind: 'end'; readonly payload: CandidateInit };

export class Signalling {
  readonly #schedule: Schedule;
  readonly #random: Random;
  readonly #spec: SignallingSpec;
  readonly #recorder: Recorder;
  readonly #receivers = new Map<Side, (content: SignalContent) => void>();
  readonly #counts = { A: 0, B: 0 };

  constructor(schedule: Schedule, random: Random, spec: SignallingSpec, recorder: Recorder) {
    this.#schedule = schedule;
    this.#random = random;
    this.#spec = spec;
    this.#recorder = recorder;
  }

  join(side: Side, receive: (content: SignalContent) => void): void {
    this.#receivers.set(side, receive);
  }

  send(from: Side, content: SignalContent): void {
    const to: Side = from === 'A' ? 'B' : 'A';
    const bytes = this.#recorder.isOn ? encodeText(JSON.stringify(content.payload)).length : 0;
    const common = { kind: content.kind, channel: 'simulated', bytes } satisfies Partial<Signal>;
    const correlation = `${from}>${to}#${++this.#counts[from]}`;
    this.#recorder.emit(from, ':signal.sent', { ...common, payload: content.payload, to }, correlation);
    const { delay, jitter = 0, loss = 0, drops = [] } = this.#spec;
    const isDropped = drops.some((one) => one.from === from && one.kind === content.kind);
    if (isDropped || this.#random.chance(loss))
      return this.#recorder.emit(
        from,
        ':signal.dropped',
        { kind: content.kind, from, to, by: 'chance' },
        correlation,
      );
    this.#schedule.after(delay + this.#random.next() * jitter, () => {
      this.#recorder.emit(to, ':signal.received', { ...common, payload: null, from }, correlation);
      this.#receivers.get(to)?.(content);
    });
  }
}
