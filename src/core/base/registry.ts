/** An ordered list of entries with unique ids. */
export interface Registry<T extends { readonly id: string }> {
  readonly all: readonly T[];
  get(id: string): T | undefined;
}

/** Makes a registry; throws when two entries share an id, so that a mistake is seen at once. */
export function defineRegistry<T extends { readonly id: string }>(entries: readonly T[]): Registry<T> {
  const byId = new Map<string, T>();
  for (const entry of entries) {
    if (byId.has(entry.id)) throw new Error(`registry: the id "${entry.id}" is used twice`);
    byId.set(entry.id, entry);
  }
  return { all: entries, get: (id) => byId.get(id) };
}
