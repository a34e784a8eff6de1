import { append, noneNamed, put } from '../base/in-place.ts';
import type { EventOf, SessionEvent } from '../session/event.ts';
import { MACHINES, type MachineId, machine } from './machines.ts';
import type { ByPeer, Projection } from './projection.ts';

export interface StateStep {
  readonly state: string;
  readonly at: number;
  /** The event that told it; null for the state a connection is born in. */
  readonly event: string | null;
}

export interface MachineFacts {
  readonly current: string;
  /** From birth on, oldest first. */
  readonly history: readonly StateStep[];
}

export type PeerStates = Readonly<Record<MachineId, MachineFacts>>;

/** Where each of the five machines of each peer is, and how it got there: as recorded, also where no textbook allows it. */
export const states: Projection<ByPeer<PeerStates>> = {
  id: 'states',
  initial: noneNamed(),
  reduce(facts, event) {
    switch (event.type) {
      case 'create':
        return facts[event.peer] ? bornAgain(facts, event) : put(facts, event.peer, born(event.at));
      case 'onsignalingstatechange':
        return move(facts, event, 'signaling', event.value);
      case 'onicegatheringstatechange':
        return move(facts, event, 'gathering', event.value);
      case 'oniceconnectionstatechange':
        return move(facts, event, 'ice', event.value);
      case 'onconnectionstatechange':
        return move(withKeys(facts, event), event, 'connection', event.value);
      case ':dtls.state':
        return move(facts, event, 'dtls', event.value);
      case 'close':
        return closed(facts, event);
      case ':peer.gone':
        return facts[event.peer] ? closed(facts, event) : facts;
      default:
        return facts;
    }
  },
};

/** Connected are the transports first (W3C WebRTC, section 4.3.3), though Chromium at times tells of DTLS after. */
const withKeys = (
  facts: ByPeer<PeerStates>,
  event: EventOf<'onconnectionstatechange'>,
): ByPeer<PeerStates> =>
  event.value === 'connected' && facts[event.peer]?.dtls.current === 'connecting'
    ? move(facts, event, 'dtls', 'connected')
    : facts;

/** close() changes these at once and fires no event for it (W3C WebRTC, section 4.4.2). */
const closing: readonly MachineId[] = ['signaling', 'ice', 'dtls', 'connection'];

const closed = (facts: ByPeer<PeerStates>, event: SessionEvent): ByPeer<PeerStates> =>
  closing.reduce((all, id) => move(all, event, id, 'closed'), facts);

const born = (at: number): PeerStates =>
  Object.fromEntries(
    MACHINES.map(({ id, initial }) => [
      id,
      { current: initial, history: [{ state: initial, at, event: null }] },
    ]),
  ) as unknown as PeerStates;

/** The peer makes another connection, after a reload for one: its machines start anew, and what was stays told. */
const bornAgain = (facts: ByPeer<PeerStates>, event: SessionEvent): ByPeer<PeerStates> =>
  MACHINES.reduce((all, { id, initial }) => move(all, event, id, initial), facts);

function move(
  facts: ByPeer<PeerStates>,
  event: SessionEvent,
  id: MachineId,
  state: string,
): ByPeer<PeerStates> {
  const peer = facts[event.peer] ?? born(event.at);
  const before = peer[id];
  if (before.current === state) return facts;
  const history = append(before.history, { state, at: event.at, event: event.id });
  return put(facts, event.peer, { ...peer, [id]: { current: state, history } });
}

/** The state that a peer's machine is in; its first state before the peer exists. */
export const stateOf = (facts: ByPeer<PeerStates>, peer: string, id: MachineId): string =>
  facts[peer]?.[id].current ?? machine(id).initial;
