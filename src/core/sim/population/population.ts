/** Many calls: pairs of ends drawn from a mix of networks, each played, and what came of them counted. */
import { type CallChoices, callBetween } from '../call-between.ts';
import { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import { simulate } from '../simulate.ts';
import { NETWORK_KINDS, type Shares } from './mixes.ts';

/** The dearest help that a call needed: of no server, of STUN, of TURN; or nothing helped. */
export const HELP = ['none', 'stun', 'turn', 'never'] as const;
export type Help = (typeof HELP)[number];

export interface PopulationChoices {
  readonly shares: Shares;
  readonly stun: boolean;
  readonly turn: boolean;
  readonly turnTcp: boolean;
  readonly pairs: number;
  readonly seed: number;
}

/** Milliseconds that one step of `times` is wide; the last step holds all that took longer. */
export const STEP = 5;
export const STEPS = 1200;

export type Counts = Readonly<Record<Help, number>>;

export interface PopulationFigures {
  readonly pairs: number;
  readonly counts: Counts;
  /** By A's kind of network, then B's. */
  readonly cells: readonly (readonly Counts[])[];
  /** Calls by how long they took to connect. */
  readonly times: Readonly<Record<Exclude<Help, 'never'>, readonly number[]>>;
}

/** What several workers counted, together. */
export function together(parts: readonly PopulationFigures[]): PopulationFigures {
  const sum = (of: (figures: PopulationFigures) => number): number =>
    parts.reduce((all, figures) => all + of(figures), 0);
  const counts = (of: (figures: PopulationFigures) => Counts): Counts => ({
    none: sum((one) => of(one).none),
    stun: sum((one) => of(one).stun),
    turn: sum((one) => of(one).turn),
    never: sum((one) => of(one).never),
  });
  const times = (help: 'none' | 'stun' | 'turn'): readonly number[] =>
    steps().map((_, at) => sum((one) => one.times[help][at]!));
  return {
    pairs: sum(({ pairs }) => pairs),
    counts: counts((one) => one.counts),
    cells: NETWORK_KINDS.map((_, a) => NETWORK_KINDS.map((__, b) => counts((one) => one.cells[a]![b]!))),
    times: { none: times('none'), stun: times('stun'), turn: times('turn') },
  };
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
const noCounts = (): Open<Counts> => ({ none: 0, stun: 0, turn: 0, never: 0 });

/**
 * Model: the way from A to B takes log-normal time, half of them less than 25 ms, one in six more than 46; nothing is lost.
 */
const MEDIAN_DELAY = 25;
const SPREAD = 0.6;
const LONGEST_DELAY = 400;

export class Population {
  readonly #choices: PopulationChoices;
  readonly #step: number;
  #next: number;
  readonly #counts = noCounts();
  readonly #cells = NETWORK_KINDS.map(() => NETWORK_KINDS.map(noCounts));
  readonly #times = { none: steps(), stun: steps(), turn: steps() };
  /** By the kinds of both ends: what is enough for them. */
  readonly #needs = new Map<number, Exclude<Help, 'never'>>();
  #done = 0;

  /** Of several workers each has its own part of the pairs; a pair is the same whoever plays it. */
  constructor(choices: PopulationChoices, part = { number: 0, of: 1 }) {
    this.#choices = choices;
    this.#next = part.number;
    this.#step = part.of;
  }

  get isDone(): boolean {
    return this.#next >= this.#choices.pairs;
  }

  /** Plays so many pairs more, or what is left. */
  play(count: number): void {
    for (let left = count; left > 0 && !this.isDone; left--) {
      this.#playOne(randomOf(this.#choices.seed, this.#next));
      this.#next += this.#step;
    }
  }

  get figures(): PopulationFigures {
    return {
      pairs: this.#done,
      counts: { ...this.#counts },
      cells: this.#cells.map((row) => row.map((cell) => ({ ...cell }))),
      times: { none: [...this.#times.none], stun: [...this.#times.stun], turn: [...this.#times.turn] },
    };
  }

  #playOne(random: Random): void {
    const [a, b] = [this.#draw(random), this.#draw(random)];
    const delay = drawDelay(random);
    const seed = random.between(0, 0x7fffffff);
    const { stun, turn, turnTcp } = this.#choices;
    const { outcome } = simulate(
      call(a, b, {
        stun,
        delay,
        turn: [...(turn ? (['udp'] as const) : []), ...(turnTcp ? (['tcp'] as const) : [])],
      }),
      { seed, detail: 'nothing' },
    );
    const help = outcome.connected ? this.#needOf(a, b) : 'never';
    this.#done++;
    this.#counts[help]++;
    this.#cells[a]![b]![help]++;
    if (help === 'never') return;
    const step = Math.min(STEPS - 1, Math.floor((outcome.timeToConnected ?? 0) / STEP));
    this.#times[help][step]!++;
  }

  #draw(random: Random): number {
    const { shares } = this.#choices;
    const all = shares.reduce((sum, share) => sum + share, 0);
    let left = random.next() * all;
    const found = shares.findIndex((share) => (left -= share) < 0);
    return found < 0 ? shares.findLastIndex((share) => share > 0) : found;
  }

  /** What chose a relay because a check was late did not need it: so the same two are asked with less help. */
  #needOf(a: number, b: number): Exclude<Help, 'never'> {
    const key = a * NETWORK_KINDS.length + b;
    const known = this.#needs.get(key);
    if (known !== undefined) return known;
    const meet = (stun: boolean): boolean =>
      simulate(call(a, b, { stun, delay: MEDIAN_DELAY }), { seed: 1, detail: 'nothing' }).outcome.connected;
    const need = meet(false) ? 'none' : this.#choices.stun && meet(true) ? 'stun' : 'turn';
    this.#needs.set(key, need);
    return need;
  }
}

/** A pair's own, by its number. */
const randomOf = (seed: number, pair: number): Random =>
  new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(pair + 1, 0x85ebca6b));

/** The sum of twelve even draws is normal, near enough; rounded, it is the same on every machine. */
function drawDelay(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.next();
  return Math.round(Math.min(LONGEST_DELAY, MEDIAN_DELAY * Math.exp(SPREAD * sum)) * 10) / 10;
}

const steps = (): number[] => Array.from({ length: STEPS }, () => 0);

function call(a: number, b: number, choices: Pick<CallChoices, 'stun' | 'turn' | 'delay'>): Scenario {
  const [ofA, ofB] = [NETWORK_KINDS[a]!, NETWORK_KINDS[b]!];
  const scenario = callBetween({
    ...choices,
    natA: ofA.nat,
    natB: ofB.nat,
    firewallA: ofA.firewall,
    firewallB: ofB.firewall,
  });
  return { ...scenario, call: { ...scenario.call, lasts: 0 } };
}

/** Half of the calls took less, in ms; null where there were none. */
export function medianOf(times: readonly number[]): number | null {
  const all = times.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let below = 0;
  const at = times.findIndex((count) => (below += count) >= all / 2);
  const inside = 1 - (below - all / 2) / times[at]!;
  return (at + inside) * STEP;
}
