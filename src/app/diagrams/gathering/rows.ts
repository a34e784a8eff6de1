import type { Fault, Found, Gatherer, Round, Search } from './model.ts';

/** A row of the picture, by its place from the top. */
export type Row = { readonly id: string; readonly place: number } & (
  | {
      readonly kind: 'peer' | 'again';
      readonly gatherer: Gatherer;
      readonly search: Search | null;
      readonly number: number;
    }
  /** Heads what was asked from an address that nothing tells. */
  | { readonly kind: 'unbased'; readonly gatherer: Gatherer }
  /** Says why nothing was found. */
  | { readonly kind: 'nothing'; readonly gatherer: Gatherer }
  | {
      readonly kind: 'candidate';
      readonly gatherer: Gatherer;
      readonly found: Found;
      /** Place of the row of its base. */
      readonly parent: number | null;
    }
  | {
      readonly kind: 'error';
      readonly gatherer: Gatherer;
      readonly fault: Fault;
      readonly parent: number | null;
    }
);

const remembered = new WeakMap<readonly Gatherer[], readonly Row[]>();

export function rowsOf(gatherers: readonly Gatherer[]): readonly Row[] {
  const rows = remembered.get(gatherers) ?? makeRows(gatherers);
  remembered.set(gatherers, rows);
  return rows;
}

function makeRows(gatherers: readonly Gatherer[]): readonly Row[] {
  const rows: Row[] = [];
  for (const gatherer of gatherers) {
    head(rows, gatherer, gatherer.rounds[0]?.search ?? null, 0);
    gatherer.rounds.forEach((round, number) => {
      if (number > 0) head(rows, gatherer, round.search, number);
      addRound(rows, gatherer, round);
    });
    if (gatherer.nothing !== null)
      rows.push({ id: `${gatherer.id}/nothing`, place: rows.length, kind: 'nothing', gatherer });
  }
  return rows;
}

function head(rows: Row[], gatherer: Gatherer, search: Search | null, number: number): void {
  const kind = number === 0 ? 'peer' : 'again';
  rows.push({ id: `${gatherer.id}/${number}`, place: rows.length, kind, gatherer, search, number });
}

function addRound(rows: Row[], gatherer: Gatherer, { found, faults }: Round): void {
  const parents = new Map<string, number>();
  const parentOf = (base: string | null): number | null =>
    base === null ? null : (parents.get(base) ?? null);
  const firstUnbased = found.find(({ basis }) => basis === 'unknown');
  found.forEach((one) => {
    if (one === firstUnbased)
      rows.push({
        id: `${gatherer.id}/${one.candidate.event}/from`,
        place: rows.length,
        kind: 'unbased',
        gatherer,
      });
    const { key, event, type, ufrag } = one.candidate;
    if (type === 'host') parents.set(key, rows.length);
    const id = `${gatherer.id}/${event}/${key}/${ufrag ?? ''}`;
    rows.push({
      id,
      place: rows.length,
      kind: 'candidate',
      gatherer,
      found: one,
      parent: parentOf(one.base),
    });
  });
  faults.forEach((fault) => {
    const { event, base } = fault;
    rows.push({ id: event, place: rows.length, kind: 'error', gatherer, fault, parent: parentOf(base) });
  });
}

/** The candidate that was waited for longest, of all peers. */
export function dearest(gatherers: readonly Gatherer[]): Found | null {
  let best: Found | null = null;
  for (const { rounds } of gatherers)
    for (const { found } of rounds)
      for (const one of found) if (waited(one) > (best ? waited(best) : 0)) best = one;
  return best;
}

/** In ms; -1 where it is not known. */
export const waited = ({ candidate, from }: Found): number => (from === null ? -1 : candidate.at - from);
