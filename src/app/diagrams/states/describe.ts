import { MACHINES } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Caption } from '../diagram.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { awaited } from './machines.ts';

/** Every state of every peer, in the words of the W3C interface. */
export function describe(view: View): string {
  const peers = peersOf(view.whole).filter(({ id }) => view.facts.states[id]);
  if (peers.length === 0) return 'No connection exists yet: all five state machines wait for one.';
  return peers
    .map(({ id, label }) => {
      const own = view.facts.states[id]!;
      const words = MACHINES.map((machine) => `${machine.title} ${own[machine.id].current}`).join(', ');
      return `${label}: ${words}.${isGone(view, id) ? ` ${label}’s page went away, so this is inferred.` : ''}`;
    })
    .join(' ');
}

const isGone = ({ facts }: View, peer: string): boolean =>
  facts.peers.some(({ id, isGone: gone }) => id === peer && gone);

/** The newest change of a state, and what is awaited now. */
export function caption(view: View): Caption {
  const change = lastChange(view);
  if (!change) {
    return Object.keys(view.facts.states).length === 0
      ? { text: ['Five machines keep the state of a connection, and ', { strong: 'none exists yet' }, '.'] }
      : {
          text: ['All five machines stand ', { strong: 'where a connection is born' }, '.'],
          next: nextWords(view),
        };
  }
  const { id, label, title, state } = change;
  if (state === 'closed' && isGone(view, id)) {
    return {
      text: [`${label}’s page went away: that its connection is `, { strong: 'closed' }, ' is inferred.'],
      next: nextWords(view),
    };
  }
  return { text: [`${label}’s ${title} is now `, { strong: state }, '.'], next: nextWords(view) };
}

function nextWords(view: View): string {
  return `Signalling: ${awaited(view, 'signaling')}. ICE: ${awaited(view, 'ice')}.`;
}

interface Change {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly state: string;
}

/** The newest step of any machine of any peer; of several at one time the last in the order of the picture. */
function lastChange({ facts, whole }: View): Change | null {
  const steps = peersOf(whole).flatMap(({ id, label }) =>
    MACHINES.map((machine) => ({
      id,
      label,
      title: machine.title,
      ...facts.states[id]?.[machine.id].history.at(-1),
    })),
  );
  let newest: (Change & { readonly at: number }) | null = null;
  for (const { id, label, title, state, at, event } of steps) {
    if (state === undefined || at === undefined || !event) continue;
    if (newest === null || at >= newest.at) newest = { id, label, title, state, at };
  }
  return newest;
}
