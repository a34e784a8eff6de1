import { invariant } from '../base/assert.ts';
import { Run } from '../base/in-place.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionLog } from '../session/log.ts';
import { calls } from './calls.ts';
import { candidates } from './candidates.ts';
import { data } from './data.ts';
import { descriptions } from './descriptions.ts';
import { mappings } from './mappings.ts';
import { messages } from './messages.ts';
import { packets } from './packets.ts';
import { pairs } from './pairs.ts';
import { peers } from './peers.ts';
import type { Projection } from './projection.ts';
import { states } from './states.ts';
import { transports } from './transports.ts';

/** The registry: a new projection is one file and one line here. */
export const PROJECTIONS = {
  peers,
  states,
  calls,
  messages,
  candidates,
  pairs,
  descriptions,
  data,
  packets,
  mappings,
  transports,
} as const;

type FactsOf<P> = P extends Projection<infer F> ? F : never;
/** Everything known at one moment. */
export type Facts = { readonly [K in keyof typeof PROJECTIONS]: FactsOf<(typeof PROJECTIONS)[K]> };

const entries = Object.entries(PROJECTIONS) as [keyof Facts, Projection<unknown>][];

for (const [key, projection] of entries)
  invariant(key === projection.id, `projection ${key} is called ${projection.id}`);

export const NO_FACTS = Object.fromEntries(
  entries.map(([key, { initial }]) => [key, initial]),
) as unknown as Facts;

/** One event later. The same object when the event changed nothing. */
export function reduce(facts: Facts, event: SessionEvent): Facts {
  let next: Facts | null = null;
  for (const [key, projection] of entries) {
    const after = projection.reduce(facts[key], event);
    if (after !== facts[key]) next = { ...(next ?? facts), [key]: after };
  }
  return next ?? facts;
}

/** After all of these events. */
export function reduceAll(facts: Facts, events: Iterable<SessionEvent>): Facts {
  return new Run().do(() => {
    let now = facts;
    for (const event of events) now = reduce(now, event);
    return now;
  });
}

/** The facts after the first `n` events of a log, for any `n`, with a checkpoint every few hundred events. */
export class Projector {
  readonly #log: SessionLog;
  /** Events between checkpoints. */
  #stride = STRIDE;
  /** `#checkpoints[i]` holds the facts after `i × #stride` events. */
  #checkpoints: Facts[] = [NO_FACTS];
  #near: Moment = { index: 0, facts: NO_FACTS };
  /** How far `prepare` came, and what it may still change. */
  #begun: Moment & { readonly run: Run } = { index: 0, facts: NO_FACTS, run: new Run() };

  constructor(log: SessionLog) {
    this.#log = log;
    log.subscribeAtOnce((from) => this.#forget(from));
  }

  at(index: number): Facts {
    const end = this.#inside(index);
    const run = new Run();
    this.#near = this.#advance(this.#start(end), end, run);
    return this.#near.facts;
  }

  /** Makes the checkpoints up to there, piece by piece: nobody sees the facts in between. */
  prepare(index: number): void {
    const { run, ...from } = this.#begun;
    const end = this.#inside(index);
    if (end > from.index) this.#begun = { ...this.#advance(from, end, run), run };
  }

  /** How far checkpoints reach: `at` costs at most a stride of events up to here. */
  get readyTo(): number {
    return (this.#checkpoints.length - 1) * this.#stride;
  }

  #inside(index: number): number {
    return Math.max(0, Math.min(index, this.#log.events.length));
  }

  #advance({ index, facts }: Moment, end: number, run: Run): Moment {
    const { events } = this.#log;
    return run.do(() => {
      let [place, now] = [index, facts];
      while (place < end) {
        now = reduce(now, events[place]!);
        place++;
        if (place === this.readyTo + this.#stride) {
          this.#keep(now);
          run.release();
        }
      }
      return { index: place, facts: now };
    });
  }

  /** Of a long session every second one goes: what all of them hold would else grow with its square. */
  #keep(facts: Facts): void {
    this.#checkpoints.push(facts);
    if (this.#checkpoints.length <= MOST) return;
    this.#checkpoints = this.#checkpoints.filter((_, slot) => slot % 2 === 0);
    this.#stride *= 2;
  }

  #start(end: number): Moment {
    const slot = Math.min(Math.floor(end / this.#stride), this.#checkpoints.length - 1);
    const near = this.#near;
    return near.index <= end && near.index >= slot * this.#stride
      ? near
      : { index: slot * this.#stride, facts: this.#checkpoints[slot]! };
  }

  #forget(from: number): void {
    this.#checkpoints = this.#checkpoints.slice(0, Math.floor(from / this.#stride) + 1);
    const last = { index: this.readyTo, facts: this.#checkpoints.at(-1)! };
    if (this.#near.index > from) this.#near = last;
    if (this.#begun.index > from) this.#begun = { ...last, run: new Run() };
  }
}

interface Moment {
  readonly index: number;
  readonly facts: Facts;
}

const STRIDE = 256;
/** Checkpoints at most, an odd number: the first and the last stay when every second one goes. */
const MOST = 129;
