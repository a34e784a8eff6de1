/** Where an item of a list stands that only grows, by its key. The table is made once and goes on with the list. */
export interface Listed<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

interface Table {
  /** The items read so far. */
  count: number;
  readonly places: Map<string, number>;
}

export class Lookup<T> {
  readonly #tables = new WeakMap<Listed<T>, Table>();
  readonly #keyOf: (item: T) => string;

  /** The key of an item never changes. */
  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  /** The place of the last item of this key, or -1. */
  find(list: Listed<T>, key: string): number {
    let table = this.#tables.get(list);
    if (!table) this.#tables.set(list, (table = { count: 0, places: new Map() }));
    for (; table.count < list.length; table.count++)
      table.places.set(this.#keyOf(list.at(table.count)!), table.count);
    return table.places.get(key) ?? -1;
  }

  /** `after` is `before` with more items, or with others of the same keys. It takes the table over; gives `after` back. */
  carry<L extends Listed<T>>(before: L, after: L): L {
    const table = this.#tables.get(before);
    if (table && before !== after) {
      this.#tables.delete(before);
      this.#tables.set(after, table);
    }
    return after;
  }
}
