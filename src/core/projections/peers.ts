import { append, replace } from '../base/in-place.ts';
import { Lookup } from '../base/lookup.ts';
import type { Configuration, SessionEvent } from '../session/event.ts';
import type { Projection } from './projection.ts';

export interface Peer {
  readonly id: string;
  /** `A` for the first connection of the session, `B` for the second. */
  readonly label: string;
  /** Known from the first offer on. */
  readonly role: 'offers' | 'answers' | null;
  readonly place: string;
  readonly browser: string | null;
  /** What stands between it and the internet, where whoever recorded it says so. */
  readonly behind: string | null;
  readonly configuration: Configuration | null;
  readonly closedAt: number | null;
  /** Its page went away and told of no close: that it is closed is inferred. */
  readonly isGone: boolean;
}

/** Who takes part, in order of appearance. */
export const peers: Projection<readonly Peer[]> = {
  id: 'peers',
  initial: [],
  reduce(facts, event) {
    switch (event.type) {
      case ':peer':
        return change(facts, event, {
          place: event.value.place,
          browser: event.value.browser ?? null,
          behind: event.value.behind ?? null,
        });
      case 'create':
        return change(facts, event, { configuration: event.value, closedAt: null, isGone: false });
      case 'setConfiguration':
        return change(facts, event, { configuration: event.value });
      case 'close':
        return change(facts, event, { closedAt: event.at, isGone: false });
      case ':peer.gone':
        return change(facts, event, { closedAt: event.at, isGone: true });
      case 'onsignalingstatechange':
        return takeRole(facts, event, event.value);
      default:
        return facts;
    }
  },
};

/** Who offers first is the offerer of the picture, also when a later offer goes the other way. */
function takeRole(facts: readonly Peer[], event: SessionEvent, state: string): readonly Peer[] {
  if (peerIn(facts, event.peer)?.role) return facts;
  if (state === 'have-local-offer') return change(facts, event, { role: 'offers' });
  return state === 'have-remote-offer' ? change(facts, event, { role: 'answers' }) : facts;
}

const byId = new Lookup<Peer>(({ id }) => id);

export const peerIn = (facts: readonly Peer[], id: string): Peer | undefined => facts[byId.find(facts, id)];

function change(facts: readonly Peer[], event: SessionEvent, what: Partial<Peer>): readonly Peer[] {
  const index = byId.find(facts, event.peer);
  const after =
    index < 0
      ? append(facts, { ...fresh(event.peer, facts.length), ...what })
      : replace(facts, index, { ...facts[index]!, ...what });
  return byId.carry(facts, after);
}

const fresh = (id: string, position: number): Peer => ({
  id,
  label: String.fromCharCode(65 + (position % 26)),
  role: null,
  place: '',
  browser: null,
  behind: null,
  configuration: null,
  closedAt: null,
  isGone: false,
});
