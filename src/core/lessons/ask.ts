/** Short questions to the facts of a session, for the checks of lessons. */
import type { Candidate } from '../projections/candidates.ts';
import type { Facts } from '../projections/index.ts';
import type { Message } from '../projections/messages.ts';
import { stateOf } from '../projections/states.ts';
import { RECORD_CHANNEL } from '../session/event.ts';

/** Whether both ends say that they are connected, and the data channel is open at each: Icescope's own is none to learn of. */
export const isConnected = (facts: Facts): boolean =>
  facts.peers.length === 2 &&
  facts.peers.every(({ id }) => stateOf(facts.states, id, 'connection') === 'connected') &&
  facts.data.channels.filter(({ label, state }) => state === 'open' && label !== RECORD_CHANNEL).length === 2;

/**
 * Whether an end has given up looking for a way. Measured: where the names of the other's addresses (mDNS) can not be looked
 * up, Firefox 140 does so 5 seconds after both descriptions are set, unless the other end has begun as well.
 */
export const gaveUp = (facts: Facts): boolean =>
  !isConnected(facts) &&
  facts.peers.some(({ id }) =>
    // Chromium may leave its ICE state at “disconnected” where the connection has failed.
    (['ice', 'connection'] as const).some((machine) => stateOf(facts.states, id, machine) === 'failed'),
  );

export const isClosed = (facts: Facts): boolean =>
  facts.peers.length > 0 && facts.peers.every(({ closedAt }) => closedAt !== null);

/** Where Connect is the learner's button: why the two are not connected, and what to do. */
export function notConnected(facts: Facts): string {
  if (facts.peers.length === 0) return 'A and B do not exist yet. Press Connect, and they will.';
  if (isClosed(facts))
    return 'This connection is closed, and can not be opened again. Press Connect for a new one.';
  if (gaveUp(facts))
    return 'They looked for a way, found none, and gave up. Press Connect, and two new ends try once more.';
  return 'They are not connected yet. Wait a moment, then press Check again.';
}

/** Messages of the signalling channel of one kind, sent or arrived. */
export const messages = (facts: Facts, kind: Message['kind']): readonly Message[] =>
  facts.messages.toArray().filter((message) => message.kind === kind);

/** Whether a message of this kind has arrived. */
export const hasArrived = (facts: Facts, kind: Message['kind']): boolean =>
  messages(facts, kind).some(({ receivedAt }) => receivedAt !== null);

/** The candidates that a peer gathered itself. */
export const localCandidates = (facts: Facts, peer = facts.peers[0]?.id ?? ''): readonly Candidate[] =>
  facts.candidates[peer]?.local ?? [];

/** Whether the pair that A's browser chose begins or ends on a TURN server. */
export function isRelayed(facts: Facts): boolean {
  const id = facts.peers[0]?.id ?? '';
  const { pairs = [], selectedId } = facts.pairs[id] ?? {};
  const pair = pairs.find((one) => one.id === selectedId);
  const known = facts.candidates[id];
  const ends = [
    known?.local.find(({ statsId }) => statsId === pair?.localId),
    known?.remote.find(({ statsId }) => statsId === pair?.remoteId),
  ];
  return pair !== undefined && ends.some((end) => end?.type === 'relay');
}
