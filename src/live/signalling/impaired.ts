/** Impairs any channel: its messages pass through a queue that may keep, lose, copy and mix them. */
import { type Clock, roundTime } from '../../core/base/clock.ts';
import type { PeerId, Signal } from '../../core/session/event.ts';
import {
  type Enclosed,
  ImpairedQueue,
  type Step,
  type Waiting,
} from '../../core/signalling/impaired-queue.ts';
import { ALL_SMOOTH, type Direction, type Settings } from '../../core/signalling/impairments.ts';
import type { Channel } from './channel.ts';
import { type LateImpairments, type Side, lateImpairments } from './late-impairments.ts';

interface Parcel extends Enclosed {
  readonly from: PeerId;
  readonly to: PeerId;
  readonly text: string;
  readonly side: Side;
  readonly hand: (text: string) => void;
}

/** The impairments of one session. `settings` may change at any time; messages already inside keep their time. */
export class Impairments implements LateImpairments {
  readonly #queue: ImpairedQueue<Parcel>;
  readonly #watchers = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #clock: Clock = () => 0;

  constructor(settings: Settings = ALL_SMOOTH, seed?: number) {
    this.#queue = new ImpairedQueue(settings, seed);
  }

  get settings(): Settings {
    return this.#queue.settings;
  }

  set settings(settings: Settings) {
    this.#queue.settings = settings;
  }

  get waiting(): readonly Waiting[] {
    return this.#queue.waiting;
  }

  /** Milliseconds since the session began, by the clock of the messages; 0 before there was one. */
  get now(): number {
    return this.#clock();
  }

  /** Told when a message came into the channel or left it. Gives back how to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  letGo(id: string): void {
    this.#take(this.#queue.letGo(id));
  }

  letAllGo(): void {
    this.#take(this.#queue.letAllGo());
  }

  drop(id: string): void {
    this.#take(this.#queue.drop(id));
  }

  /** The same channel with these impairments on it. */
  on(channel: Channel, side: Side): Channel {
    return lateImpairments(channel, side, () => this);
  }

  /** A message that `self` sends or gets: `hand` is called with it once, twice, later or never. */
  pass(text: string, way: 'out' | 'in', side: Side, hand: (text: string) => void): void {
    this.#clock = side.now;
    const { self, other } = side;
    if (way === 'out') this.#enter(text, side, self, other, hand);
    else if (side.passes === 'both') this.#enter(text, side, other, self, hand);
    else hand(text);
  }

  /** Its messages that are inside come to nothing. */
  forget(side: Side): void {
    for (const { message } of this.#queue.waiting) if (message.side === side) this.#queue.drop(message.id);
    this.#take([]);
  }

  #enter(text: string, side: Side, from: PeerId, to: PeerId, hand: (text: string) => void): void {
    const message = readEnvelope(text);
    if (!message) return hand(text);
    const direction: Direction = (from === side.self) === side.isA ? 'A to B' : 'B to A';
    this.#take(this.#queue.enter({ ...message, direction, from, to, text, side, hand }, side.now()));
  }

  #take(steps: readonly Step<Parcel>[]): void {
    for (const step of steps) carryOut(step);
    for (const watcher of this.#watchers) watcher();
    clearTimeout(this.#timer);
    const next = this.#queue.nextAt;
    if (next === null) return;
    this.#timer = setTimeout(
      () => this.#take(this.#queue.due(this.#clock())),
      Math.max(0, next - this.#clock()),
    );
  }
}

/** Tells of it in the log, and hands on what leaves. */
function carryOut(step: Step<Parcel>): void {
  const { side, from, to, text, id, hand } = step.message;
  const kind = step.message.kind as Signal['kind'];
  const common = { peer: side.self, at: side.now(), correlation: id };
  const value = { kind, from, to };
  switch (step.type) {
    case 'held':
      return side.emit({
        ...common,
        type: ':signal.held',
        value: { ...value, by: step.by, for: step.for === null ? null : roundTime(step.for) },
      });
    case 'dropped':
      return side.emit({ ...common, type: ':signal.dropped', value: { ...value, by: step.by } });
    case 'duplicated':
      return side.emit({ ...common, type: ':signal.duplicated', value });
    case 'leaves':
      if (step.by !== null)
        side.emit({ ...common, type: ':signal.released', value: { ...value, by: step.by } });
      return hand(text);
  }
}

/** What End writes on a message; null for whatever else a channel may carry. */
function readEnvelope(text: string): { readonly id: string; readonly kind: string } | null {
  try {
    const { id, kind } = JSON.parse(text) as { readonly id?: unknown; readonly kind?: unknown };
    return typeof id === 'string' && typeof kind === 'string' ? { id, kind } : null;
  } catch {
    return null;
  }
}
