import { processorTime } from '../../support/processor-time.ts';
import type { Family } from './families.ts';

/** Milliseconds: below this the clock and the compiler say more than the work does. */
const MEASURABLE = 25;
const BYTES = 40_000;
const MOST = Number(process.env['ICESCOPE_GROWTH_BYTES'] ?? 640_000);
const TRIES = 4;

/** How many times as long four times as much takes: the kindest of some tries, on a text long enough to be measured. */
export function growth(make: Family['make'], run: (text: string) => unknown, most = MOST): number {
  for (let bytes = BYTES; ; bytes *= 4) {
    const [few, many] = [make(bytes), make(4 * bytes)];
    run(few);
    let [short, long] = [Infinity, processorTime(() => run(many))];
    const isLast = 16 * bytes > most;
    if (long < MEASURABLE && isLast) return 1;
    if (long < MEASURABLE) continue;
    for (let again = 0; again < TRIES && long / short >= 6; again++) {
      short = Math.min(
        again === 0 ? Infinity : short,
        processorTime(() => run(few)),
      );
      long = Math.min(
        long,
        processorTime(() => run(many)),
      );
    }
    return long / short;
  }
}
