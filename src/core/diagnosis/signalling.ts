/**
 * What a signalling channel that keeps, loses, copies or mixes letters does to a connection: concluded from the letters
 * and from the states of both sides. RFC 9429, section 3.2; RFC 8445, sections 6.1 and 7.3; RFC 8838; W3C WebRTC.
 */
import { readCandidate } from '../projections/candidates.ts';
import type { Facts } from '../projections/index.ts';
import type { Message } from '../projections/messages.ts';
import { stateOf } from '../projections/states.ts';
import { TYPE_WORDS } from '../ice/priority.ts';

export interface Consequence {
  /** Unique among those of one session. */
  readonly id: string;
  /** `fail`: it stops the connection, or one way to it. */
  readonly weight: 'fail' | 'note';
  /** What happened. */
  readonly claim: string;
  /** What comes of it. */
  readonly because: string;
  readonly spec: string;
  /** The event of the letter. */
  readonly event: string;
}

interface Scene {
  readonly facts: Facts;
  readonly messages: readonly Message[];
  readonly letterOf: (peer: string) => string;
}

export function signallingConsequences(facts: Facts): readonly Consequence[] {
  const messages = facts.messages.toArray();
  const letterOf = (peer: string): string => facts.peers.find(({ id }) => id === peer)?.letter ?? peer;
  const scene = { facts, messages, letterOf };
  return [...messages.flatMap((message) => ofLetter(message, scene)), ...ofCandidates(scene)];
}

function ofLetter(message: Message, scene: Scene): readonly Consequence[] {
  const { passage, kind } = message;
  if (!passage) return [];
  if (kind === 'offer' && passage.dropped) return [lostOffer(message, scene)];
  if (kind === 'offer' && message.receivedAt === null) return [waitingOffer(message, scene)];
  if (kind === 'answer' && message.receivedAt === null) return [missingAnswer(message, scene)];
  return passage.copies > 1 && message.receivedAt !== null ? twice(message, scene) : [];
}

const base = (message: Message, id: string): Pick<Consequence, 'id' | 'event'> => ({
  id: `${id} ${message.id}`,
  event: message.id,
});

const OFFER_ANSWER = 'RFC 9429, section 3.2';
const SET = 'W3C WebRTC, section 4.4.1.4';
const ADD = 'W3C WebRTC, section 4.4.2';

function lostOffer(message: Message, { facts, letterOf }: Scene): Consequence {
  const [from, to] = [letterOf(message.from), letterOf(message.to)];
  const state = stateOf(facts.states, message.from, 'signaling');
  return {
    ...base(message, 'lost offer'),
    weight: 'fail',
    claim: `The offer of ${from} is lost.`,
    because: `${to} knows nothing of it and gathers nothing. ${from}: signalingState ${state}; nothing in WebRTC sends an offer again, the page must.`,
    spec: OFFER_ANSWER,
  };
}

function waitingOffer(message: Message, { letterOf }: Scene): Consequence {
  const [from, to] = [letterOf(message.from), letterOf(message.to)];
  return {
    ...base(message, 'waiting offer'),
    weight: 'note',
    claim: `The offer of ${from} is in the channel.`,
    because: `${to} can do nothing before it has it; ${from} waits in have-local-offer, and no clock runs out.`,
    spec: OFFER_ANSWER,
  };
}

/** The answerer has all it needs and begins to check; the offerer may answer checks, but starts none. */
function missingAnswer(message: Message, { facts, letterOf }: Scene): Consequence {
  const [from, to] = [letterOf(message.from), letterOf(message.to)];
  const isLost = message.passage?.dropped != null;
  const [mine, theirs] = [
    stateOf(facts.states, message.to, 'signaling'),
    stateOf(facts.states, message.from, 'ice'),
  ];
  return {
    ...base(message, 'missing answer'),
    weight: isLost ? 'fail' : 'note',
    claim: `${from} has answered, but ${to} ${isLost ? 'never learns it' : 'does not know it yet'}.`,
    because: `${from} has an offer, ${to} has no answer: its signalingState ${stays(mine, isLost)}, and it begins no check. It may answer those of ${from}, whose ICE is ${theirs}; DTLS can not begin.`,
    spec: `${OFFER_ANSWER}; RFC 8445, sections 6.1.2 and 7.3`,
  };
}

const stays = (state: string, isLost: boolean): string => (isLost ? `stays ${state}` : `is ${state}`);

/** The second copy of a description meets another state than the first did. */
function twice(message: Message, { facts, letterOf }: Scene): readonly Consequence[] {
  const to = letterOf(message.to);
  if (message.kind === 'offer') {
    return [
      {
        ...base(message, 'offer twice'),
        weight: 'note',
        claim: `${to} has the same offer twice.`,
        because: `In stable it counts as a new one: ${to} answers it again, and that second answer finds ${letterOf(message.from)} without an open offer.`,
        spec: 'RFC 9429, section 3.2; RFC 3264, section 8',
      },
    ];
  }
  if (message.kind === 'answer') {
    const state = stateOf(facts.states, message.to, 'signaling');
    return [
      {
        ...base(message, 'answer twice'),
        weight: 'note',
        claim: `${to} has the same answer twice.`,
        because: `The second one is refused: ${to} is in ${state} and waits for none. The connection does not mind.`,
        spec: SET,
      },
    ];
  }
  return [];
}

function ofCandidates(scene: Scene): readonly Consequence[] {
  const senders = [...new Set(scene.messages.filter(isCandidate).map(({ from }) => from))];
  return [
    ...scene.messages.filter(isCandidate).flatMap((message) => early(message, scene)),
    ...senders.flatMap((sender) => lostCandidates(sender, scene)),
    ...senders.flatMap((sender) => candidatesTwice(sender, scene)),
  ].filter(
    // One that came too early is told once for each side.
    (one, at, all) =>
      !one.id.startsWith('early ') || all.findIndex(({ claim }) => claim === one.claim) === at,
  );
}

const isCandidate = ({ kind, payload }: Message): boolean =>
  kind === 'candidate' && payload !== null && 'candidate' in payload;

/** It arrived while its description was still in the channel, or lost there. */
function early(message: Message, { facts, messages, letterOf }: Scene): readonly Consequence[] {
  const arrived = message.receivedAt;
  const description = messages.findLast(
    ({ from, kind, sentAt }) =>
      from === message.from && /^(?:offer|answer)$/.test(kind) && (sentAt ?? 0) <= (message.sentAt ?? 0),
  );
  if (arrived === null || !description?.passage || (description.receivedAt ?? Infinity) < arrived) return [];
  const refused = facts.calls
    .toArray()
    .some(
      ({ peer, name, outcome, startedAt }) =>
        peer === message.to && name === 'addIceCandidate' && outcome === 'rejected' && startedAt >= arrived,
    );
  const to = letterOf(message.to);
  return [
    {
      ...base(message, 'early'),
      weight: refused ? 'fail' : 'note',
      claim: `A candidate overtook the ${description.kind}.`,
      because: refused
        ? `${to} has no description to add it to, so addIceCandidate fails and the candidate is gone; a good page keeps it until the ${description.kind} is there.`
        : `${to} must keep it until the ${description.kind} is there.`,
      spec: `${ADD}; RFC 8838, section 18`,
    },
  ];
}

function lostCandidates(sender: string, scene: Scene): readonly Consequence[] {
  const own = scene.messages.filter((message) => message.from === sender && isCandidate(message));
  const lost = own.filter(({ passage }) => passage?.dropped);
  const [first] = lost;
  if (!first) return [];
  const [from, to] = [scene.letterOf(sender), scene.letterOf(first.to)];
  const isAll = lost.length === own.length;
  return [
    {
      ...base(first, 'lost candidates'),
      weight: isAll ? 'fail' : 'note',
      claim: isAll ? `No candidate of ${from} arrives.` : lostClaim(lost, from),
      because: isAll
        ? nobodyKnows(sender, from, to, scene)
        : 'Nobody notices, until the ways that are known fail.',
      spec: isAll ? 'RFC 8445, sections 7.3.1.3 and 6.1.2' : 'RFC 8838, section 18',
    },
  ];
}

function lostClaim(lost: readonly Message[], from: string): string {
  const names = lost.map(({ payload }) => {
    const type = readCandidate(payload && 'candidate' in payload ? String(payload.candidate) : '')?.type;
    return type ? TYPE_WORDS[type] : '';
  });
  return lost.length === 1
    ? `The ${names[0]} candidate of ${from} is lost.`
    : `${lost.length} candidates of ${from} are lost.`;
}

/** One side's candidates are enough: the other is found by its own checks. */
function nobodyKnows(sender: string, from: string, to: string, { facts, messages }: Scene): string {
  const others = messages.filter((message) => message.from !== sender && isCandidate(message));
  const ice = stateOf(facts.states, sender, 'ice');
  if (others.some(({ receivedAt }) => receivedAt !== null)) {
    return `${to} knows no way to ${from}, but ${from} knows one to ${to}: its checks arrive, and ${to} learns ${from}’s address from them, as a peer reflexive candidate. ICE of ${from} is ${ice}.`;
  }
  return `Neither side knows a way to the other: there is no pair to check, and ICE is ${ice}.`;
}

function candidatesTwice(sender: string, { messages, letterOf }: Scene): readonly Consequence[] {
  const first = messages.find(
    (message) =>
      message.from === sender && isCandidate(message) && (message.passage?.arrivedAgainAt.length ?? 0) > 0,
  );
  if (!first) return [];
  return [
    {
      ...base(first, 'candidates twice'),
      weight: 'note',
      claim: `A candidate of ${letterOf(sender)} came twice.`,
      because: 'One is enough: the second makes no new pair.',
      spec: 'RFC 8838, section 11',
    },
  ];
}
