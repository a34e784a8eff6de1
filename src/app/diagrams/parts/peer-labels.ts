import type { Facts } from '../../../core/projections/index.ts';
import type { View } from '../../../core/projections/view.ts';
import type { SessionInfo } from '../../../core/session/event.ts';

/** A connection as a picture calls it. */
export interface Member {
  readonly id: string;
  readonly label: string;
}

/** Every connection of the session in order of appearance, also those that a dump never saw being made. */
export function peersOf({ peers, states }: Pick<Facts, 'peers' | 'states'>): readonly Member[] {
  const known = peers.map(({ id, label }) => ({ id, label }));
  const others = Object.keys(states).filter((id) => known.every((member) => member.id !== id));
  return [...known, ...others.map((id, place) => ({ id, label: labelAt(known.length + place) }))];
}

const labelAt = (place: number): string => String.fromCharCode(65 + (place % 26));

/** What the recording says of itself at its beginning; null where it does not. */
export function sessionInfo({ events }: Pick<View, 'events'>): SessionInfo | null {
  const told = events.slice(0, 8).find(({ type }) => type === ':session');
  return told?.type === ':session' ? told.value : null;
}
