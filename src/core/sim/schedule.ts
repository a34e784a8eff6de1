/** Virtual time: what is to happen, in a binary heap by time and, at the same time, in the order in which it was asked for. */
export interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

export class Schedule {
  readonly #heap: Timer[] = [];
  #now = 0;
  #order = 0;

  /** Milliseconds since the simulation began. */
  get now(): number {
    return this.#now;
  }

  /** How many wait, cancelled ones included. */
  get size(): number {
    return this.#heap.length;
  }

  after(delay: number, run: () => void): Timer {
    return this.at(this.#now + delay, run);
  }

  at(time: number, run: () => void): Timer {
    const timer: Timer = { at: Math.max(this.#now, time), order: this.#order++, run };
    this.#push(timer);
    return timer;
  }

  /** One that is over, or was never set, may be cancelled too. */
  cancel(timer: Timer | null): void {
    if (timer) timer.run = null;
  }

  /** Lets time pass up to `end`, or until `isDone` says so or nothing is left. Gives back how many things happened. */
  runUntil(end: number, isDone: () => boolean = () => false): number {
    let count = 0;
    while (this.#heap.length > 0 && this.#heap[0]!.at <= end && !isDone()) {
      const { at, run } = this.#pop();
      if (run === null) continue;
      this.#now = at;
      count++;
      run();
    }
    return count;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
