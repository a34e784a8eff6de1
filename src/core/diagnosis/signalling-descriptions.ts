/** What lost, late, doubled and crossing offers and answers come to: RFC 9429, W3C WebRTC. */
import { type Exchange, originOf } from '../projections/descriptions.ts';
import type { Message } from '../projections/messages.ts';
import { stateOf } from '../projections/states.ts';
import { type Consequence, type Scene, base, isDescription } from './consequence.ts';

const OFFER_ANSWER = 'RFC 9429, section 3.2';
const SET = 'W3C WebRTC, section 4.4.1.4';
const PERFECT = 'W3C WebRTC, section 10.7';

export function ofDescriptions(scene: Scene): readonly Consequence[] {
  const messages = scene.messages.filter(isDescription);
  const all = messages.flatMap((message) => [...ofMessage(message, scene), ...crossing(message, scene)]);
  // Several later offers may cross the same one: what comes of it is told once.
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function ofMessage(message: Message, scene: Scene): readonly Consequence[] {
  const { passage, kind, receivedAt } = message;
  if (!passage) return [];
  const isOffer = kind === 'offer';
  if (receivedAt === null) {
    if (!isOffer) return [missingAnswer(message, scene)];
    return [passage.dropped ? lostOffer(message, scene) : waitingOffer(message, scene)];
  }
  if (isOffer && isStale(message, scene)) return [staleOffer(message, scene)];
  if (passage.copies < 2) return [];
  return [isOffer ? offerTwice(message, scene) : answerTwice(message, scene)];
}

function lostOffer(message: Message, scene: Scene): Consequence {
  const { facts, labelOf } = scene;
  const [from, to] = [labelOf(message.from), labelOf(message.to)];
  const state = stateOf(facts.states, message.from, 'signaling');
  const isOver = isTakenBack(message, scene);
  return {
    ...base(message, 'lost offer'),
    weight: isOver ? 'note' : 'fail',
    claim: `The offer of ${from} is lost.`,
    because: isOver
      ? `${to} knows nothing of it, and need not: ${from} has taken it back for the offer of ${to}.`
      : `${to} knows nothing of it and gathers nothing. ${from}: signalingState ${state}; nothing in WebRTC sends an offer again, the page must.${goesOn(message.from, scene)}`,
    spec: OFFER_ANSWER,
  };
}

function waitingOffer(message: Message, scene: Scene): Consequence {
  const [from, to] = [scene.labelOf(message.from), scene.labelOf(message.to)];
  const waits = isTakenBack(message, scene)
    ? `${from} has taken it back, so it says what no longer holds`
    : `${from} waits in have-local-offer, and no clock runs out`;
  return {
    ...base(message, 'waiting offer'),
    weight: 'note',
    claim: `The offer of ${from} is in the channel.`,
    because: `${to} can do nothing before it has it; ${waits}.${goesOn(message.from, scene)}`,
    spec: OFFER_ANSWER,
  };
}

/** The answerer has all it needs and begins to check; the offerer may answer checks, but starts none. */
function missingAnswer(message: Message, scene: Scene): Consequence {
  const { facts, labelOf } = scene;
  const [from, to] = [labelOf(message.from), labelOf(message.to)];
  const isLost = message.passage?.dropped != null;
  const mine = stateOf(facts.states, message.to, 'signaling');
  const words = `its signalingState ${isLost ? 'stays' : 'is'} ${mine}`;
  const theirs = stateOf(facts.states, message.from, 'ice');
  const because =
    mine === 'stable'
      ? `${to} does not wait for it any more: it has taken back the offer that it is for.`
      : stands(message.to, scene)
        ? `${from} holds what is new as agreed, ${to} has no answer: ${words}.${goesOn(message.to, scene)}`
        : `${from} has an offer, ${to} has no answer: ${words}, and it begins no check. It answers those of ${from}, whose ICE is ${theirs}; DTLS can begin once one of them gets through, if ${from} is the one to begin it.`;
  return {
    ...base(message, 'missing answer'),
    weight: isLost ? 'fail' : 'note',
    claim: `${from} has answered, but ${to} ${isLost ? 'never learns it' : 'does not know it yet'}.`,
    because,
    spec: `${OFFER_ANSWER}; RFC 8445, sections 6.1.2 and 7.3; RFC 8842, section 5.2`,
  };
}

/** In stable the second copy counts as a new offer. */
function offerTwice(message: Message, scene: Scene): Consequence {
  const [from, to] = [scene.labelOf(message.from), scene.labelOf(message.to)];
  return {
    ...base(message, 'offer twice'),
    weight: 'note',
    claim: `${to} has the same offer twice.`,
    because: isIgnored(message, scene)
      ? `It ignores both: an offer of its own stands, and ${to} is the impolite side.`
      : `In stable it counts as a new one: ${to} answers it again, and that second answer finds ${from} without an open offer.`,
    spec: isIgnored(message, scene) ? PERFECT : `${OFFER_ANSWER}; RFC 3264, section 8`,
  };
}

function answerTwice(message: Message, { facts, labelOf }: Scene): Consequence {
  const to = labelOf(message.to);
  const state = stateOf(facts.states, message.to, 'signaling');
  return {
    ...base(message, 'answer twice'),
    weight: 'note',
    claim: `${to} has the same answer twice.`,
    because: `The second one is refused: ${to} is in ${state} and waits for none. The connection does not mind.`,
    spec: SET,
  };
}

function staleOffer(message: Message, { labelOf }: Scene): Consequence {
  const [from, to] = [labelOf(message.from), labelOf(message.to)];
  return {
    ...base(message, 'stale offer'),
    weight: 'fail',
    claim: `An offer that ${from} had taken back still reached ${to}.`,
    because: `${to} can not know it, and answers; ${from} waits for no answer and refuses it. Both are stable and hold different descriptions, until the next offer. Perfect negotiation needs a channel that keeps the order.`,
    spec: PERFECT,
  };
}

/**
 * Two offers of which neither side knew the other's when it made its own, seen from the later one. Of the other side's it is
 * the newest: an older one that never arrived went with its connection.
 */
function crossing(message: Message, scene: Scene): readonly Consequence[] {
  const { kind, from, to, sentAt } = message;
  if (kind !== 'offer' || sentAt === null) return [];
  // Two of one time, by the coarse clocks of two pages, cross once: the later one in the log sees the other.
  const before = scene.messages.slice(0, scene.messages.indexOf(message));
  const other = before.findLast(
    (one) =>
      one.kind === 'offer' &&
      one.from === to &&
      one.sentAt !== null &&
      (one.receivedAt ?? Infinity) >= madeAt(from, sentAt, scene),
  );
  if (!other) return [];
  if (isTakenBack(message, scene) && isTakenBack(other, scene)) return [bothTakenBack(message, scene)];
  return [[message, other] as const, [other, message] as const].flatMap(([one, own]) =>
    own.receivedAt === null && isIgnored(one, scene) ? [ignoredForNothing(one, own, scene)] : [],
  );
}

function bothTakenBack(message: Message, { labelOf }: Scene): Consequence {
  const [from, to] = [labelOf(message.from), labelOf(message.to)].sort();
  return {
    ...base(message, 'both taken back'),
    weight: 'fail',
    claim: `The offers of ${from} and ${to} crossed, and both sides took their own back.`,
    because:
      'Each answers an offer that the other does not stand by any more, so both answers are refused. Both are stable, and yet they hold different descriptions. Perfect negotiation lets only one side give way.',
    spec: PERFECT,
  };
}

/** Impolite, it ignores every offer while its own stands, and its own did not arrive. */
function ignoredForNothing(ignored: Message, own: Message, { labelOf }: Scene): Consequence {
  const [impolite, polite] = [labelOf(ignored.to), labelOf(ignored.from)];
  const isLost = own.passage?.dropped != null;
  return {
    ...base(ignored, 'ignored for nothing'),
    weight: isLost ? 'fail' : 'note',
    claim: `${impolite} ignores the offer of ${polite}, while its own ${isLost ? 'is lost' : 'has not arrived'}.`,
    because: isLost
      ? 'Each waits for an answer that nobody will write. Perfect negotiation can not help here: it settles who gives way when both offers arrive. The page must send the offer again, or take it back.'
      : `Its own stands. Once it arrives, ${polite} takes its offer back and answers.`,
    spec: PERFECT,
  };
}

const stands = (peer: string, { facts }: Scene): boolean =>
  stateOf(facts.states, peer, 'connection') === 'connected';

const goesOn = (peer: string, scene: Scene): string =>
  stands(peer, scene) ? ' The connection goes on as it was agreed before.' : '';

/** The exchange that an offer began. */
function exchangeOf({ from, payload }: Message, { facts }: Scene): Exchange | undefined {
  const origin = payload && 'sdp' in payload ? originOf(payload.sdp ?? '') : null;
  return facts.descriptions.exchanges
    .toArray()
    .find(({ offerer, offer }) => offerer === from && originOf(offer.sdp) === origin);
}

const isTakenBack = (offer: Message, scene: Scene): boolean =>
  exchangeOf(offer, scene)?.outcome === 'rolled back';

/** It came when its sender had gone back to stable. */
function isStale(offer: Message, scene: Scene): boolean {
  const history = scene.facts.states[offer.from]?.signaling.history ?? [];
  const then = history.findLast(({ at }) => at <= (offer.receivedAt ?? 0));
  return isTakenBack(offer, scene) && then?.state === 'stable';
}

/** When the call began that made the description which was there at that time. */
const madeAt = (peer: string, at: number, { facts }: Scene): number =>
  facts.calls
    .toArray()
    .findLast((call) => call.peer === peer && call.name === 'setLocalDescription' && call.startedAt <= at)
    ?.startedAt ?? at;

/** An offer of its own stood, or was being made, when it came, and was not taken back for it. */
const isIgnored = ({ to, receivedAt }: Message, scene: Scene): boolean =>
  receivedAt !== null &&
  scene.facts.descriptions.exchanges
    .toArray()
    .some(
      ({ offerer, offer, outcome, answer }) =>
        offerer === to &&
        madeAt(to, offer.at, scene) <= receivedAt &&
        (outcome === 'open' || (outcome === 'answered' && answer!.at >= receivedAt)),
    );
