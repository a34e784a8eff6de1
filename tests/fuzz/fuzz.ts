/** What a kind of fuzzing is made of. One file a kind beside this one; `index.ts` lists them. */
import { random, type Random } from '../support/random.ts';

export interface Budget {
  readonly cases: number;
  /** False when the time is over. */
  readonly goesOn: () => boolean;
}

export interface Failure {
  readonly seed: number;
  readonly error: string;
}

export interface Outcome {
  /** How many inputs were tried. */
  readonly cases: number;
  readonly failures: readonly Failure[];
}

export interface Kind {
  readonly id: string;
  /** Inputs that a night's run should try at least; `npm test` tries a tenth, as far as its time goes. */
  readonly night: number;
  /** Tries inputs made from `seed`, `seed + 1`, …; a failure's seed alone makes its input again. */
  run(seed: number, budget: Budget): Promise<Outcome>;
}

/** So many failures say what is wrong. */
const ENOUGH = 10;

/** A kind whose `attempt` makes one input and throws when something does not hold. */
export const kind = (id: string, night: number, attempt: (draw: Random) => unknown): Kind => ({
  id,
  night,
  async run(seed, { cases, goesOn }) {
    const failures: Failure[] = [];
    let tried = 0;
    for (; tried < cases && goesOn() && failures.length < ENOUGH; tried++)
      try {
        await attempt(random(seed + tried));
      } catch (error) {
        failures.push({
          seed: seed + tried,
          error: error instanceof Error ? (error.stack ?? '') : String(error),
        });
      }
    return { cases: tried, failures };
  },
});

export function hold(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
