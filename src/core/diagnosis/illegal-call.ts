/**
 * Why the browser refused a call, from the state that the connection was in and the order of what came before.
 * W3C WebRTC, sections 4.4.1.4 (set a description) and 4.4.2 (methods); RFC 9429, section 5 (JSEP procedures).
 */
import type { Call } from '../projections/calls.ts';
import type { Facts } from '../projections/index.ts';
import { stateOf } from '../projections/states.ts';

export interface Explanation {
  readonly why: string;
  readonly next: string;
  /** Where it is written. */
  readonly spec: string;
}

interface Case {
  /** The peer that called, and the one on the other side, by letter. */
  readonly me: string;
  readonly other: string;
  readonly state: string;
  readonly call: Call;
  readonly facts: Facts;
}

/** `facts` are those from just before the refusal was told. */
export function explainRefusal(call: Call, facts: Facts): Explanation {
  const me = facts.peers.find(({ id }) => id === call.peer)?.label ?? call.peer;
  const other = facts.peers.find(({ id }) => id !== call.peer)?.label ?? 'the other side';
  const state = stateOf(facts.states, call.peer, 'signaling');
  const known: Case = { me, other, state, call, facts };
  if (state === 'closed') return closed(known);
  return (BY_CALL[call.name]?.(known) ?? unknown(known)) as Explanation;
}

const CALLS = 'W3C WebRTC, section 4.4.2';
const SET = 'W3C WebRTC, section 4.4.1.4';

const BY_CALL: Readonly<Partial<Record<Call['name'], (known: Case) => Explanation>>> = {
  createOffer: ({ me, other, state }) => ({
    why: `${me} holds ${other}’s offer (${state}), and an offer must be answered before ${me} may make one of its own.`,
    next: `Press createAnswer on ${me}, or rollback to drop ${other}’s offer.`,
    spec: CALLS,
  }),
  createAnswer: (known) => noOffer(known),
  setLocalDescription: (known) => local(known),
  setRemoteDescription: (known) => remote(known),
  addIceCandidate: (known) => candidate(known),
};

const closed = ({ me }: Case): Explanation => ({
  why: `${me} is closed. A closed connection takes no more calls and can not be opened again.`,
  next: 'Start again with a new connection.',
  spec: 'W3C WebRTC, section 4.4.2',
});

function noOffer({ me, other, state }: Case): Explanation {
  const holds =
    state === 'have-local-offer'
      ? `${me} has made an offer itself and waits for the answer`
      : `${me} holds no offer`;
  return {
    why: `There is nothing to answer: ${holds} (${state}).`,
    next:
      state === 'have-local-offer'
        ? `Let ${other} answer: send the offer, and let ${other} press createAnswer.`
        : `Set ${other}’s offer first: setRemoteDescription on ${me}.`,
    spec: CALLS,
  };
}

function local(known: Case): Explanation {
  const { me, other, state, call } = known;
  if (call.detail === 'rollback') return rollback(known);
  if (call.error?.name === 'InvalidModificationError') {
    return {
      why: `The text is not the one that createOffer or createAnswer gave last: a browser sets only what it wrote itself.`,
      next: `Press ${state === 'have-remote-offer' ? 'createAnswer' : 'createOffer'} on ${me} again, then setLocalDescription.`,
      spec: SET,
    };
  }
  if (call.detail === 'offer') {
    return {
      why: `${me} holds ${other}’s offer, and an offer must be answered first. ${me} tried to set a new one of its own.`,
      next: `Press createAnswer on ${me}.`,
      spec: SET,
    };
  }
  return { ...noOffer(known), spec: SET };
}

const rollback = ({ me, state }: Case): Explanation => ({
  why: `There is nothing to roll back: ${me} is in ${state}, with no offer half way.`,
  next: 'Rollback takes back an offer that has no answer yet; press it after setLocalDescription or setRemoteDescription.',
  spec: 'RFC 9429, section 4.1.10.2',
});

function remote(known: Case): Explanation {
  const { me, other, state, call, facts } = known;
  if (call.detail === 'rollback') return rollback(known);
  if (call.detail === '') {
    return {
      why: `Nothing has come from ${other} yet, so there was no description to set.`,
      next: `Let ${other} press send, then try again.`,
      spec: SET,
    };
  }
  if (call.error && /OperationError|RTCError|SyntaxError|InvalidAccessError/.test(call.error.name)) {
    return {
      why: `The state allows it, but the browser can not use this ${call.detail}: its words above say what is wrong in the text.`,
      next: `Let ${other} write a new one and send it again.`,
      spec: SET,
    };
  }
  const answered = facts.descriptions.exchanges.last?.outcome === 'answered';
  if (state === 'stable') {
    return {
      why: answered
        ? `The offer has its answer already: ${me} is in stable again and waits for none.`
        : `${me} has made no offer, so it can take no ${call.detail}.`,
      next: `An answer fits only after an offer of ${me}’s own: createOffer, then setLocalDescription.`,
      spec: SET,
    };
  }
  return {
    why: `${me} is in ${state}: a remote ${call.detail} does not fit there.`,
    next:
      state === 'have-remote-offer'
        ? `Press createAnswer on ${me}.`
        : `Finish or roll back what is half way.`,
    spec: SET,
  };
}

function candidate({ me, other, call, facts }: Case): Explanation {
  const held = facts.descriptions.byPeer[call.peer];
  if (!held?.currentRemote && !held?.pendingRemote) {
    return {
      why: `${me} has no description of ${other} yet, so it does not know which m-section the candidate belongs to.`,
      next: `Press setRemoteDescription on ${me} first, then addIceCandidate.`,
      spec: CALLS,
    };
  }
  if (call.error?.name === 'TypeError') {
    return {
      why: 'A candidate must say to which m-section it belongs: sdpMid and sdpMLineIndex are both missing.',
      next: 'Hand over the candidate as it came from icecandidate.',
      spec: CALLS,
    };
  }
  return {
    why: `The candidate does not fit ${other}’s description: its m-section or its ufrag is not there, or its text can not be read.`,
    next: `Set ${other}’s newest description first; candidates of an older generation are of no use any more.`,
    spec: 'RFC 8839, section 5.1',
  };
}

const unknown = ({ me, call, state }: Case): Explanation => ({
  why: `${me} was in ${state} when ${call.name} was called; the browser’s own words above are all that is known.`,
  next: 'Look at States for what may come next from here.',
  spec: CALLS,
});
