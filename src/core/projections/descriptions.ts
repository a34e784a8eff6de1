import { noneNamed, omit, put } from '../base/in-place.ts';
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
  initial: { byPeer: noneNamed(), exchanges: Vector.empty() },
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
  asked: noneNamed(),
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
  return { ...facts, byPeer: put(facts.byPeer, peer, { ...ofPeer(facts, peer), ...change }) };
}

function remember(facts: DescriptionFacts, event: SessionEvent, value: Description | null): DescriptionFacts {
  return withPeer(facts, event.peer, {
    asked: put(ofPeer(facts, event.peer).asked, keyOf(event), value),
  });
}

function take(
  facts: DescriptionFacts,
  event: SessionEvent,
  side: 'Local' | 'Remote',
  value: Description | null,
): DescriptionFacts {
  const waiting = omit(ofPeer(facts, event.peer).asked, keyOf(event));
  const cleared = withPeer(facts, event.peer, { asked: waiting });
  if (!value) return cleared;
  const set: SetDescription = { ...value, sdp: value.sdp ?? '', at: event.at, event: event.id };
  const before = ofPeer(cleared, event.peer);
  const settled = side === 'Remote' && set.type === 'offer' ? rollBackOwn(cleared, event.peer) : cleared;
  return exchange(withPeer(settled, event.peer, place(before, side, set)), event.peer, side, set);
}

/** The steps of "set the session description" that move descriptions (W3C WebRTC, section 4.4.1.4). */
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
  if (set.type === 'offer') return offered(facts, peer, side, set);
  const at = facts.exchanges.findLastIndex(({ outcome }) => outcome === 'open');
  if (at < 0) return facts;
  const open = facts.exchanges.get(at)!;
  if (set.type === 'rollback') {
    const own = side === 'Local' ? open.offerer === peer : open.offerer !== peer;
    return own ? withExchange(facts, at, { outcome: 'rolled back' }) : facts;
  }
  if (set.type !== 'answer') return facts;
  const answerer = side === 'Local' ? peer : open.answerer;
  return withExchange(facts, at, { answer: set, answerer, outcome: 'answered' });
}

function offered(
  facts: DescriptionFacts,
  peer: string,
  side: 'Local' | 'Remote',
  offer: SetDescription,
): DescriptionFacts {
  const origin = originOf(offer.sdp);
  const isKnown = ({ outcome, offer: known }: Exchange): boolean =>
    outcome === 'open' && originOfOffer(known) === origin;
  if (side === 'Remote' && facts.exchanges.findLastIndex(isKnown) >= 0) return facts;
  const next: Exchange = {
    number: facts.exchanges.length + 1,
    offerer: side === 'Local' ? peer : '',
    offer,
    answerer: side === 'Remote' ? peer : null,
    answer: null,
    outcome: 'open',
  };
  return { ...facts, exchanges: facts.exchanges.append(next) };
}

/**
 * Taking an offer while an own one waits rolls that one back (W3C WebRTC, section 4.4.1.4), also where the other side has
 * answered it already: then that answer is for nothing.
 */
function rollBackOwn(facts: DescriptionFacts, peer: string): DescriptionFacts {
  const pending = ofPeer(facts, peer).pendingLocal;
  if (pending?.type !== 'offer') return facts;
  const origin = originOf(pending.sdp);
  const own = facts.exchanges.findLastIndex(
    ({ offerer, offer }) => offerer === peer && originOfOffer(offer) === origin,
  );
  return own < 0 ? facts : withExchange(facts, own, { outcome: 'rolled back' });
}

const withExchange = (facts: DescriptionFacts, at: number, change: Partial<Exchange>): DescriptionFacts => ({
  ...facts,
  exchanges: facts.exchanges.set(at, { ...facts.exchanges.get(at)!, ...change }),
});

/** The `o=` line names a description and its version (RFC 8866, section 5.2): candidates may have been added since. */
export const originOf = (sdp: string): string => /^o=.*$/m.exec(sdp)?.[0] ?? sdp;

const origins = new WeakMap<SetDescription, string>();

/** Each is asked again and again for as long as it is among the newest. */
function originOfOffer(offer: SetDescription): string {
  const known = origins.get(offer);
  if (known !== undefined) return known;
  const origin = originOf(offer.sdp);
  origins.set(offer, origin);
  return origin;
}
