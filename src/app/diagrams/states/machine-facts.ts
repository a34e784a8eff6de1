import { type Machine, type Transition } from '../../../core/projections/machines.ts';
import type { MachineFacts } from '../../../core/projections/states.ts';
import type { View } from '../../../core/projections/view.ts';
import { type Member, peersOf } from '../parts/peer-labels.ts';

/** Where one peer's machine is, as States draws it. */
export interface Place extends Member {
  readonly facts: MachineFacts;
}

/** How a transition is drawn: the first that fits. */
export type Look = 'taken' | 'next' | 'idle';

export interface Way {
  readonly from: string;
  readonly to: string;
  /** What causes it, from the table; nothing for what only a browser did. */
  readonly label: string;
  readonly taken: boolean;
  readonly next: boolean;
  /** Ids of the events that told that it was taken, oldest first. */
  readonly events: readonly string[];
}

/** The connections that the picture has room for: the first two of the session. */
export const shownPeers = (view: View): readonly Member[] =>
  peersOf(view.whole)
    .slice(0, 2)
    .filter(({ id }) => view.facts.states[id]);

export const placesOf = (view: View, { id }: Machine): readonly Place[] =>
  shownPeers(view).map((member) => ({ ...member, facts: view.facts.states[member.id]![id] }));

/** What is drawn: the table without its rare transitions, and whatever was recorded, be it in the table or not. */
export function waysOf(machine: Machine, places: readonly Place[]): readonly Way[] {
  const taken = takenBy(places);
  const now = new Set(places.map(({ facts }) => facts.current));
  const drawn = machine.transitions.filter((way) => !way.rare || taken.has(keyOf(way)));
  const known = new Set(machine.transitions.map(keyOf));
  const strange = [...taken.keys()].filter((key) => !known.has(key)).map(wayOfKey);
  return [...drawn, ...strange].map((way) => ({
    from: way.from,
    to: way.to,
    label: way.label,
    taken: taken.has(keyOf(way)),
    next: !way.rare && now.has(way.from),
    events: taken.get(keyOf(way)) ?? [],
  }));
}

export const lookOf = ({ taken, next }: Pick<Way, 'taken' | 'next'>): Look =>
  taken ? 'taken' : next ? 'next' : 'idle';

function takenBy(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  for (const { facts } of places) {
    for (const [index, step] of facts.history.entries()) {
      const before = facts.history[index - 1];
      if (before) note(taken, keyOf({ from: before.state, to: step.state }), step.event);
    }
  }
  return taken;
}

function note(taken: Map<string, string[]>, key: string, event: string | null): void {
  const events = taken.get(key) ?? [];
  if (event !== null) events.push(event);
  taken.set(key, events);
}

const keyOf = ({ from, to }: Pick<Transition, 'from' | 'to'>): string => `${from}\n${to}`;

function wayOfKey(key: string): Transition {
  const [from, to] = key.split('\n') as [string, string];
  return { from, to, label: '', rare: true };
}

/** The states to draw: those of the table, then what a dump brought along. */
export function statesOf(machine: Machine, places: readonly Place[]): readonly string[] {
  const seen = places.flatMap(({ facts }) => facts.history.map(({ state }) => state));
  return [...new Set([...machine.states, ...seen])];
}
