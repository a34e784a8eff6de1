/** The readings that the reports of a connection were made in: equal times are as many readings as one report has of them. */
export class Polls {
  readonly times: readonly number[];
  readonly #first = new Map<number, number>();

  /** `all`: the times of each report. */
  constructor(reports: Iterable<readonly number[]>) {
    const counts = new Map<number, number>();
    for (const times of new Set(reports))
      for (const [time, count] of countsOf(times)) counts.set(time, Math.max(count, counts.get(time) ?? 0));
    const sorted = [...counts].sort(([a], [b]) => a - b);
    const all: number[] = [];
    for (const [time, count] of sorted) {
      this.#first.set(time, all.length);
      for (let nth = 0; nth < count; nth++) all.push(time);
    }
    this.times = all;
  }

  /** The reading of each of a report's times; -1 for one that belongs to none. */
  indexesOf(times: readonly number[], isPolled: boolean): readonly number[] {
    return isPolled ? this.#own(times) : this.#remote(times);
  }

  #own(times: readonly number[]): readonly number[] {
    let before = NaN;
    let nth = 0;
    return times.map((time) => {
      nth = time === before ? nth + 1 : 0;
      before = time;
      return this.#first.get(time)! + nth;
    });
  }

  /** The newest report of the other side was there when the reading after it was made; it stays until the next one. */
  #remote(times: readonly number[]): readonly number[] {
    const last = times.at(-1);
    if (last === undefined) return [];
    const repeated = times.length - times.indexOf(last);
    const found = this.times.findIndex((time) => time >= last);
    const end = Math.min(this.times.length, (found < 0 ? this.times.length : found) + repeated) - 1;
    return times.map((_, index) => end - (times.length - 1 - index));
  }
}

function countsOf(times: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  return counts;
}
