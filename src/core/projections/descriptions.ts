import { Vector } from '../base/vector.ts';
import type { Description, SessionEvent } from '../session/event.ts';
import type { ByPeer, Projection } from './projection.ts';

export interface SetDescription extends Description {
  readonly at: number;
  /** Id of the event that proved it. */
  readonly event: string;
}

/** RTCPeerConnection's four descriptions (W3C WebRTC, section 4.4.2). */
export interface PeerDescriptions {
  readonly currentLocal: SetDescription | null;
  readonly pendingLocal: SetDescription | null;
  readonly currentRemote: SetDescription | null;
  readonly pendingRemote: SetDescription | null;
  /** The argument of a setRemoteDescription whose outcome is awaited. */
  readonly asked: Readonly<Record<string, Description | null>>;
}

/** One offer and what became of it. */
export interface Exchange {
  readonly number: number;
  readonly offerer: string;
  readonly offer: SetDescription;
  readonly answerer: string | null;
  readonly answer: SetDescription | null;
  readonly outcome: 'open' | 'answered' | 'rolled back';
}

export interface DescriptionFacts {
  readonly byPeer: ByPeer<PeerDescriptions>;
  readonly exchanges: Vector<Exchange>;
}

/** What each side holds as offer and answer, and the exchanges so far. */
export const descriptions: Projection<DescriptionFacts> = {
  id: 'descriptions',
  initial: { byPeer: {}, exchanges: Vector.empty() },
  reduce(facts, event) {
    switch (event.type) {
      case 'setLocalDescription':
      case 'setRemoteDescription':
        return remember(facts, event, event.value);
      case 'setLocalDescriptionOnSuccess':
        return take(facts, event, 'Local', event.value ?? asked(facts, event));
      case 'setRemoteDescriptionOnSuccess':
        return take(facts, event, 'Remote', event.value ?? asked(facts, event));
      case 'setLocalDescriptionOnFailure':
      case 'setRemoteDescriptionOnFailure':
        return take(facts, event, 'Local', null);
      default:
        return facts;
    }
  },
};

const none: PeerDescriptions = {
  currentLocal: null,
  pendingLocal: null,
  currentRemote: null,
  pendingRemote: null,
  asked: {},
};
const ofPeer = (facts: DescriptionFacts, peer: string): PeerDescriptions => facts.byPeer[peer] ?? none;
const keyOf = (event: SessionEvent): string =>
  event.correlation ?? event.type.replace(/On(?:Success|Failure)$/, '');
const asked = (facts: DescriptionFacts, event: SessionEvent): Description | null =>
  ofPeer(facts, event.peer).asked[keyOf(event)] ?? null;

function withPeer(
  facts: DescriptionFacts,
  peer: string,
  change: Partial<PeerDescriptions>,
): DescriptionFacts {
  return { ...facts, byPeer: { ...facts.byPeer, [peer]: { ...ofPeer(facts, peer), ...change } } };
}

function remember(facts: DescriptionFacts, event: SessionEvent, value: Description | null): DescriptionFacts {
  return withPeer(facts, event.peer, {
    asked: { ...ofPeer(facts, event.peer).asked, [keyOf(event)]: value },
  });
}

function take(
  facts: DescriptionFacts,
  event: SessionEvent,
  side: 'Local' | 'Remote',
  value: Description | null,
): DescriptionFacts {
  const { [keyOf(event)]: _done, ...waiting } = ofPeer(facts, event.peer).asked;
  const cleared = withPeer(facts, event.peer, { asked: waiting });
  if (!value) return cleared;
  const set: SetDescription = { ...value, sdp: value.sdp ?? '', at: event.at, event: event.id };
  return exchange(
    withPeer(cleared, event.peer, place(ofPeer(cleared, event.peer), side, set)),
    event.peer,
    side,
    set,
  );
}

/** The steps of "set the RTCSessionDescription" that move descriptions (W3C WebRTC, section 4.4.1.5). */
function place(
  peer: PeerDescriptions,
  side: 'Local' | 'Remote',
  set: SetDescription,
): Partial<PeerDescriptions> {
  if (set.type === 'rollback') return { pendingLocal: null, pendingRemote: null };
  if (set.type === 'offer') {
    return side === 'Local'
      ? { pendingLocal: set, pendingRemote: null }
      : { pendingRemote: set, pendingLocal: null };
  }
  if (set.type === 'pranswer') return side === 'Local' ? { pendingLocal: set } : { pendingRemote: set };
  const settled = { pendingLocal: null, pendingRemote: null };
  return side === 'Local'
    ? { ...settled, currentLocal: set, currentRemote: peer.pendingRemote }
    : { ...settled, currentRemote: set, currentLocal: peer.pendingLocal };
}

function exchange(
  facts: DescriptionFacts,
  peer: string,
  side: 'Local' | 'Remote',
  set: SetDescription,
): DescriptionFacts {
  const last = facts.exchanges.last;
  const at = facts.exchanges.length - 1;
  if (set.type === 'offer') {
    const known = last?.outcome === 'open' && originOf(last.offer.sdp) === originOf(set.sdp);
    if (side === 'Remote' && known) return facts;
    const next: Exchange = {
      number: facts.exchanges.length + 1,
      offerer: side === 'Local' ? peer : '',
      offer: set,
      answerer: side === 'Remote' ? peer : null,
      answer: null,
      outcome: 'open',
    };
    return { ...facts, exchanges: facts.exchanges.append(next) };
  }
  if (!last || last.outcome !== 'open') return facts;
  if (set.type === 'rollback') {
    const own = side === 'Local' ? last.offerer === peer : last.offerer !== peer;
    return own
      ? { ...facts, exchanges: facts.exchanges.set(at, { ...last, outcome: 'rolled back' }) }
      : facts;
  }
  if (set.type !== 'answer') return facts;
  const answered = {
    ...last,
    answer: set,
    answerer: side === 'Local' ? peer : last.answerer,
    outcome: 'answered' as const,
  };
  return { ...facts, exchanges: facts.exchanges.set(at, answered) };
}

/** The `o=` line names a description and its version (RFC 8866, section 5.2): candidates may have been added since. */
const originOf = (sdp: string): string => /^o=.*$/m.exec(sdp)?.[0] ?? sdp;
