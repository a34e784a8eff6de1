import { invariant } from '../base/assert.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionLog } from '../session/log.ts';
import { calls } from './calls.ts';
import { candidates } from './candidates.ts';
import { data } from './data.ts';
import { descriptions } from './descriptions.ts';
import { messages } from './messages.ts';
import { packets } from './packets.ts';
import { pairs } from './pairs.ts';
import { peers } from './peers.ts';
import type { Projection } from './projection.ts';
import { states } from './states.ts';

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

/** The facts after the first `n` events of a log, for any `n`, with a checkpoint every few hundred events. */
export class Projector {
  readonly #log: SessionLog;
  /** `#checkpoints[i]` holds the facts after `i × STRIDE` events. */
  #checkpoints: Facts[] = [NO_FACTS];
  #near: { index: number; facts: Facts } = { index: 0, facts: NO_FACTS };

  constructor(log: SessionLog) {
    this.#log = log;
    log.subscribeAtOnce((from) => this.#forget(from));
  }

  at(index: number): Facts {
    const events = this.#log.events;
    const end = Math.max(0, Math.min(index, events.length));
    let { index: place, facts } = this.#start(end);
    while (place < end) {
      facts = reduce(facts, events[place]!);
      place++;
      if (place % STRIDE === 0) this.#checkpoints[place / STRIDE] ??= facts;
    }
    this.#near = { index: end, facts };
    return facts;
  }

  /** How far checkpoints reach: `at` costs at most a stride of events up to here. */
  get readyTo(): number {
    return (this.#checkpoints.length - 1) * STRIDE;
  }

  #start(end: number): { index: number; facts: Facts } {
    const slot = Math.min(Math.floor(end / STRIDE), this.#checkpoints.length - 1);
    const near = this.#near;
    return near.index <= end && near.index >= slot * STRIDE
      ? near
      : { index: slot * STRIDE, facts: this.#checkpoints[slot]! };
  }

  #forget(from: number): void {
    this.#checkpoints = this.#checkpoints.slice(0, Math.floor(from / STRIDE) + 1);
    if (this.#near.index > from) this.#near = { index: 0, facts: NO_FACTS };
  }
}

const STRIDE = 256;
