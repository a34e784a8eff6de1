/**
 * Requests that wait for their answers: over UDP each is sent again, with doubled waiting, until Rc = 7 went out; the last
 * waits Rm = 16 times the first RTO (RFC 8489, section 6.2.1). Over TCP once is enough (section 6.2.2).
 */
import type { TransportAddress } from '../base/address.ts';
import type { Schedule, Timer } from './schedule.ts';
import type { StunContent } from './stun-content.ts';
import type { StunWire } from './wire.ts';

const RC = 7;
const RM = 16;
/** Ti of RFC 8489, section 6.2.2. */
const OVER_TCP = 39_500;

export interface Transaction {
  readonly id: string;
  readonly sentAt: number;
  cancelRetransmissions(): void;
  /** No answer is taken any more. */
  end(): void;
}

export interface Ask {
  readonly content: StunContent;
  readonly wire: StunWire;
  /** Null: over a stream, which loses nothing. */
  readonly rto: number | null;
  readonly send: (wire: StunWire) => void;
  readonly answered: (
    answer: StunContent,
    wire: StunWire,
    from: TransportAddress,
    to: TransportAddress,
  ) => void;
  readonly timedOut: () => void;
  /** Milliseconds after which it is given up, where that is sooner than the RFC has it. */
  readonly giveUp?: number;
  /** How often it goes out, where that is not Rc. */
  readonly transmissions?: number;
}

export class Transactions {
  readonly #schedule: Schedule;
  readonly #waiting = new Map<string, Ask & { stop: () => void }>();

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  begin(ask: Ask): Transaction {
    const { id } = ask.content;
    const timers: (Timer | null)[] = [null, null];
    const end = (): void => {
      timers.forEach((timer) => this.#schedule.cancel(timer));
      this.#waiting.delete(id);
    };
    this.#waiting.set(id, { ...ask, stop: end });
    const { rto, transmissions = RC } = ask;
    const lasts = rto === null ? OVER_TCP : rto * (2 ** (transmissions - 1) - 1) + RM * rto;
    timers[1] = this.#schedule.after(Math.min(lasts, ask.giveUp ?? Infinity), () => {
      end();
      ask.timedOut();
    });
    const transmit = (sent: number): void => {
      if (rto !== null && sent < transmissions)
        timers[0] = this.#schedule.after(rto * 2 ** (sent - 1), () => transmit(sent + 1));
      ask.send(ask.wire);
    };
    const { now } = this.#schedule;
    transmit(1);
    return { id, sentAt: now, cancelRetransmissions: () => this.#schedule.cancel(timers[0]!), end };
  }

  /** Whether it was the answer to one that waits. */
  take(answer: StunContent, wire: StunWire, from: TransportAddress, to: TransportAddress): boolean {
    const ask = this.#waiting.get(answer.id);
    if (!ask) return false;
    ask.stop();
    ask.answered(answer, wire, from, to);
    return true;
  }
}
