/** One end of a TCP connection, as far as TURN over TCP needs it: set up, in order, sent again when lost (RFC 9293, section 3). */
import type { Segment } from './packet.ts';
import type { Schedule, Timer } from './schedule.ts';
import type { TcpWire, Wire } from './wire.ts';

const EMPTY: TcpWire = { kind: 'tcp', bytes: new Uint8Array(0) };

/** RFC 6298, section 2: a second until a round trip is known, then at least so much. */
const FIRST_RTO = 1000;
const LEAST_RTO = 200;
const TRIES = 5;

export interface TcpEvents {
  /** The connection stands. */
  opened(): void;
  received(wire: Wire): void;
  /** Nobody answers. */
  failed(): void;
}

export class TcpEnd {
  readonly #schedule: Schedule;
  readonly #transmit: (segment: Segment, wire: Wire) => void;
  readonly #events: TcpEvents;
  readonly #unacked = new Map<number, { readonly wire: Wire; timer: Timer }>();
  readonly #early = new Map<number, Wire>();
  #isOpen = false;
  #isClosed = false;
  #sent = 0;
  #expected = 0;
  #roundTrip: number | null = null;
  #synAt = 0;
  #synTimer: Timer | null = null;

  constructor(schedule: Schedule, transmit: (segment: Segment, wire: Wire) => void, events: TcpEvents) {
    this.#schedule = schedule;
    this.#transmit = transmit;
    this.#events = events;
  }

  connect(): void {
    this.#synAt = this.#schedule.now;
    this.#synchronize(0);
  }

  send(wire: Wire): void {
    if (!this.#isClosed) this.#push(this.#sent++, wire, 0);
  }

  close(): void {
    this.#isClosed = true;
    this.#schedule.cancel(this.#synTimer);
    for (const { timer } of this.#unacked.values()) this.#schedule.cancel(timer);
    this.#unacked.clear();
  }

  receive({ flags, number }: Segment, wire: Wire): void {
    if (this.#isClosed) return;
    if (flags === 'syn') return this.#transmit({ flags: 'syn-ack', number: 0 }, EMPTY);
    if (flags === 'syn-ack') return this.#established();
    if (flags === 'ack') return this.#acked(number);
    if (number >= this.#expected) this.#early.set(number, wire);
    const ready: Wire[] = [];
    for (let next = this.#early.get(this.#expected); next; next = this.#early.get(this.#expected)) {
      this.#early.delete(this.#expected++);
      ready.push(next);
    }
    this.#transmit({ flags: 'ack', number: this.#expected }, EMPTY);
    for (const next of ready) this.#events.received(next);
  }

  #synchronize(tries: number): void {
    if (tries === TRIES) return this.#fail();
    this.#transmit({ flags: 'syn', number: 0 }, EMPTY);
    this.#synTimer = this.#schedule.after(FIRST_RTO * 2 ** tries, () => this.#synchronize(tries + 1));
  }

  #established(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#roundTrip = this.#schedule.now - this.#synAt;
    this.#schedule.cancel(this.#synTimer);
    this.#transmit({ flags: 'ack', number: 0 }, EMPTY);
    this.#events.opened();
  }

  #push(number: number, wire: Wire, tries: number): void {
    if (tries === TRIES) return this.#fail();
    const rto = this.#roundTrip === null ? FIRST_RTO : Math.max(LEAST_RTO, 2 * this.#roundTrip);
    const timer = this.#schedule.after(rto * 2 ** tries, () => this.#push(number, wire, tries + 1));
    this.#unacked.set(number, { wire, timer });
    this.#transmit({ flags: 'data', number }, wire);
  }

  #acked(upTo: number): void {
    for (const [number, { timer }] of this.#unacked) {
      if (number >= upTo) continue;
      this.#schedule.cancel(timer);
      this.#unacked.delete(number);
    }
  }

  #fail(): void {
    this.close();
    this.#events.failed();
  }
}

/** The first bytes of TLS in one direction (RFC 8446, section 5.1), about as long as they are: a record of a handshake. */
export function tlsWire(length: number): TcpWire {
  const bytes = new Uint8Array(length);
  bytes.set([22, 3, 1, (length - 5) >> 8, (length - 5) & 0xff]);
  return { kind: 'tcp', bytes };
}
