/** The messages inside a channel with impairments, and when each leaves. Time is a parameter and chance has a seed. */
import { least, most } from '../base/numbers.ts';
import { type Direction, type Impairment, type Settings, impairmentKind } from './impairments.ts';

/** Of a message, only what decides about it. */
export interface Enclosed {
  /** Its correlation: `A>B#3`. */
  readonly id: string;
  /** As events name it. */
  readonly kind: string;
  readonly direction: Direction;
}

export interface Waiting<L extends Enclosed = Enclosed> {
  readonly message: L;
  readonly since: number;
  /** When it leaves by itself, in ms; null while it is held. */
  readonly until: number | null;
  readonly by: 'delay' | 'reorder' | 'hold';
  readonly copies: number;
}

/** What happened to a message, in the order in which it did. */
export type Step<L extends Enclosed = Enclosed> =
  | {
      readonly type: 'held';
      readonly message: L;
      readonly by: Waiting['by'];
      readonly for: number | null;
    }
  | { readonly type: 'dropped'; readonly message: L; readonly by: 'chance' | 'hand' }
  | { readonly type: 'duplicated'; readonly message: L }
  /** One copy leaves. `by` is null for one that no impairment touched. */
  | { readonly type: 'leaves'; readonly message: L; readonly by: 'time' | 'hand' | null };

/** Without a delay, messages that keep no order are set back by up to this, in ms. */
const SCATTER = 300;

export class ImpairedQueue<L extends Enclosed = Enclosed> {
  settings: Settings;
  readonly #seed: number;
  #counts: Record<Direction, number> = { 'A to B': 0, 'B to A': 0 };
  #waiting: readonly Waiting<L>[] = [];

  constructor(settings: Settings, seed = 1) {
    this.settings = settings;
    this.#seed = seed;
  }

  /** In the order in which they came. */
  get waiting(): readonly Waiting<L>[] {
    return this.#waiting;
  }

  /** When the next one leaves by itself; null when none does. */
  get nextAt(): number | null {
    const times = this.#waiting.flatMap(({ until }) => until ?? []);
    return least(times);
  }

  enter(message: L, now: number): readonly Step<L>[] {
    const impairment = this.settings[message.direction][impairmentKind(message.kind)];
    const chance = this.#chances(message.direction);
    if (chance() < impairment.drop) return [{ type: 'dropped', message, by: 'chance' }];
    const isTwice = chance() < impairment.duplicate;
    const copied: readonly Step<L>[] = isTwice ? [{ type: 'duplicated', message }] : [];
    const place = this.#place(message, impairment, now, chance());
    const copies = isTwice ? 2 : 1;
    if (!place) return [...copied, ...leave(message, copies, isTwice ? 'time' : null)];
    this.#waiting = [...this.#waiting, { message, since: now, copies, ...place }];
    const length = place.until === null ? null : place.until - now;
    return [...copied, { type: 'held', message, by: place.by, for: length }];
  }

  /** Those whose time is over leave, the earliest first. */
  due(now: number): readonly Step<L>[] {
    const gone = this.#waiting
      .filter(({ until }) => until !== null && until <= now)
      .sort((a, b) => a.until! - b.until!);
    this.#waiting = this.#waiting.filter((entry) => !gone.includes(entry));
    return gone.flatMap(({ message, copies }) => leave(message, copies, 'time'));
  }

  /** Lets one go at once. */
  letGo(id: string): readonly Step<L>[] {
    return this.#take(id).flatMap(({ message, copies }) => leave(message, copies, 'hand'));
  }

  letAllGo(): readonly Step<L>[] {
    return this.#waiting.flatMap(({ message }) => this.letGo(message.id));
  }

  drop(id: string): readonly Step<L>[] {
    return this.#take(id).map(({ message }) => ({ type: 'dropped', message, by: 'hand' }));
  }

  #take(id: string): readonly Waiting<L>[] {
    const taken = this.#waiting.filter(({ message }) => message.id === id);
    this.#waiting = this.#waiting.filter(({ message }) => message.id !== id);
    return taken;
  }

  /** How long it stays; null when it passes at once. */
  #place(
    { direction }: L,
    impairment: Impairment,
    now: number,
    chance: number,
  ): Pick<Waiting, 'by' | 'until'> | null {
    if (impairment.hold) return { by: 'hold', until: null };
    if (impairment.reorder)
      return { by: 'reorder', until: now + Math.max(impairment.delay, SCATTER) * (0.4 + 0.8 * chance) };
    const until = Math.max(now + impairment.delay, this.#lastOf(direction));
    return until > now ? { by: 'delay', until } : null;
  }

  /** Messages that keep their order wait for those before them; the held are set aside and block nobody. */
  #lastOf(direction: Direction): number {
    const before = this.#waiting.filter(
      ({ message, by, until }) => message.direction === direction && by === 'delay' && until !== null,
    );
    return most(before.map(({ until }) => until!)) ?? 0;
  }

  /** Each message has chances of its own, so that what one direction does changes nothing in the other. */
  #chances(direction: Direction): () => number {
    const number = ++this.#counts[direction];
    let draw = 0;
    return () => chanceOf(this.#seed, direction === 'A to B' ? 1 : 2, number, ++draw);
  }
}

function leave<L extends Enclosed>(
  message: L,
  copies: number,
  by: 'time' | 'hand' | null,
): readonly Step<L>[] {
  return Array.from({ length: copies }, () => ({ type: 'leaves', message, by }));
}

/** Evenly spread from 0 (inclusive) to 1 (exclusive); the same for the same numbers. */
function chanceOf(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}
