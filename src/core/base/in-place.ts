/**
 * Facts never change once somebody holds them. While a run of events is reduced nobody does, besides the run: what it made
 * itself it may go on changing. So a long list is copied once a run instead of once an event, and the whole stays linear.
 */
let current: Run | null = null;

/** What one run made. */
export class Run {
  #made = new WeakSet<object>();

  /** What `work` appends, replaces or puts changes what this run made before. */
  do<T>(work: () => T): T {
    const before = enter(this);
    try {
      return work();
    } finally {
      current = before;
    }
  }

  /** What was made so far is now held by somebody else too. */
  release(): void {
    this.#made = new WeakSet();
  }

  static owns(made: object): boolean {
    return current !== null && current.#made.has(made);
  }

  static own<T extends object>(made: T): T {
    if (current !== null) current.#made.add(made);
    return made;
  }
}

function enter(run: Run): Run | null {
  const before = current;
  current = run;
  return before;
}

export const isOwned = (made: object): boolean => Run.owns(made);
export const own = <T extends object>(made: T): T => Run.own(made);

export function append<T>(list: readonly T[], item: T): readonly T[] {
  if (!isOwned(list)) return own([...list, item]);
  (list as T[]).push(item);
  return list;
}

export function replace<T>(list: readonly T[], place: number, item: T): readonly T[] {
  if (!isOwned(list)) return own(list.with(place, item));
  (list as T[])[place] = item;
  return list;
}

type Named<T> = Readonly<Record<string, T>>;

/** Without a prototype: whoever names a connection `constructor` or `__proto__` finds nothing there. */
export const noneNamed = <T>(): Named<T> => Object.freeze(Object.create(null) as Named<T>);

export function put<T>(record: Named<T>, name: string, value: T): Named<T> {
  const changed = isOwned(record) ? record : copied(record);
  (changed as Record<string, T>)[name] = value;
  return changed;
}

const copied = <T>(record: Named<T>): Named<T> => own(Object.assign(Object.create(null) as Named<T>, record));

export function omit<T>(record: Named<T>, name: string): Named<T> {
  if (!(name in record)) return record;
  const changed = isOwned(record) ? record : copied(record);
  Reflect.deleteProperty(changed, name);
  return changed;
}
