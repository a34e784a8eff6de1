import { append, isOwned, own, replace } from './in-place.ts';

/**
 * A persistent list: `append` and `set` give a new list and leave the old one as it was, sharing all but one chunk.
 * Projections keep their long lists in it, so that hundreds of checkpoints of one session cost little.
 */
export class Vector<T> implements Iterable<T> {
  static readonly #empty = new Vector<never>([], 0);
  readonly #chunks: readonly (readonly T[])[];
  #length: number;

  private constructor(chunks: readonly (readonly T[])[], length: number) {
    this.#chunks = chunks;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  static empty<T>(): Vector<T> {
    return Vector.#empty as Vector<T>;
  }

  get(index: number): T | undefined {
    return this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK];
  }

  /** As of an array, for an index that is not negative. */
  at(index: number): T | undefined {
    return this.get(index);
  }

  get last(): T | undefined {
    return this.get(this.length - 1);
  }

  append(item: T): Vector<T> {
    const list = this.#changeable();
    const last = list.#chunks.at(-1);
    if (last && last.length < CHUNK) list.#put(list.#chunks.length - 1, append(last, item));
    else list.#put(list.#chunks.length, own([item]));
    list.#length++;
    return list;
  }

  /** Replaces the item at `index`; an index outside gives the list unchanged. */
  set(index: number, item: T): Vector<T> {
    const at = Math.floor(index / CHUNK);
    const chunk = this.#chunks[at];
    if (!chunk || index < 0 || index >= this.length) return this;
    const list = this.#changeable();
    list.#put(at, replace(chunk, index % CHUNK, item));
    return list;
  }

  #changeable(): Vector<T> {
    return isOwned(this) ? this : own(new Vector([...this.#chunks], this.#length));
  }

  #put(at: number, chunk: readonly T[]): void {
    (this.#chunks as (readonly T[])[])[at] = chunk;
  }

  /**
   * The position of the newest item that fits, or -1. Only the newest `within` are looked at: what belongs together
   * lies near, and where nothing fits the search must not walk through all of a long session.
   */
  findLastIndex(fits: (item: T) => boolean, within = WITHIN): number {
    const oldest = Math.max(0, this.length - within);
    for (let index = this.length - 1; index >= oldest; index--) if (fits(this.get(index) as T)) return index;
    return -1;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  /** The newest `count` items, oldest first. */
  newest(count: number): T[] {
    const from = Math.max(0, this.length - count);
    const chunks = this.#chunks.slice(Math.floor(from / CHUNK)).flat();
    return chunks.slice(from % CHUNK);
  }

  toArray(): T[] {
    return this.#chunks.flat();
  }
}

const CHUNK = 64;
const WITHIN = 1024;
