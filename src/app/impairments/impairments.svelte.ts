import type { Clock } from '../../core/base/clock.ts';
import type { Emit } from '../../core/session/event.ts';
import type { Waiting } from '../../core/signalling/impaired-queue.ts';
import {
  ALL_SMOOTH,
  DIRECTIONS,
  type Direction,
  MESSAGE_KINDS,
  type Impairment,
  type MessageKind,
  type Preset,
  type Settings,
  isSmooth,
  pull,
  settingsOf,
} from '../../core/signalling/impairments.ts';
import type { Between } from '../../live/loopback.ts';
import { Impairments } from '../../live/signalling/impaired.ts';

/** How often the times to go are counted down, in ms. */
const TICK = 100;

/** The levers of one session as the panel shows and moves them. They outlive a connection: the next one has them too. */
export class ImpairmentsState {
  readonly impairments = new Impairments();
  settings: Settings = $state.raw(ALL_SMOOTH);
  /** Which letters the panel's levers are for. */
  direction: Direction | 'both' = $state('both');
  kind: MessageKind | 'all' = $state('all');
  waiting: readonly Waiting[] = $state.raw([]);
  /** Milliseconds since the session began, while letters wait. */
  now = $state(0);
  readonly smooth: boolean = $derived(isSmooth(this.settings));
  readonly #where = $derived({
    directions: this.direction === 'both' ? DIRECTIONS : [this.direction],
    kinds: this.kind === 'all' ? MESSAGE_KINDS : [this.kind],
  });
  /** What stands on the panel; null where the chosen letters differ in it. */
  readonly shown: { readonly [K in keyof Impairment]: Impairment[K] | null } = $derived.by(() =>
    this.#shown(),
  );
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.impairments.watch(() => this.#follow());
  }

  /** Puts them between the two ends of a loopback. */
  between(emit: Emit, now: Clock): Between {
    return (channel, self) =>
      this.impairments.on(channel, {
        self,
        other: self === 'A' ? 'B' : 'A',
        isA: self === 'A',
        passes: 'outgoing',
        emit,
        now,
      });
  }

  pull(change: Partial<Impairment>): void {
    this.#set(pull(this.settings, this.#where, change));
  }

  try(preset: Preset): void {
    this.#set(settingsOf(preset));
    this.direction = 'both';
    this.kind = 'all';
  }

  /** All levers at once. */
  put(settings: Settings): void {
    this.#set(settings);
  }

  smoothAll(): void {
    this.#set(ALL_SMOOTH);
  }

  #set(settings: Settings): void {
    this.settings = settings;
    this.impairments.settings = settings;
  }

  #follow(): void {
    this.waiting = this.impairments.waiting;
    this.now = this.impairments.now;
    clearInterval(this.#timer);
    if (this.waiting.some(({ until }) => until !== null))
      this.#timer = setInterval(() => (this.now = this.impairments.now), TICK);
  }

  #shown() {
    const { directions, kinds } = this.#where;
    const chosen = directions.flatMap((direction) => kinds.map((kind) => this.settings[direction][kind]));
    const same = <K extends keyof Impairment>(key: K): Impairment[K] | null =>
      chosen.every((impairment) => impairment[key] === chosen[0]![key]) ? chosen[0]![key] : null;
    return {
      delay: same('delay'),
      drop: same('drop'),
      duplicate: same('duplicate'),
      reorder: same('reorder'),
      hold: same('hold'),
    };
  }
}
