/** What lost, late and doubled candidates come to: RFC 8838 (trickle ICE), RFC 8445, W3C WebRTC. */
import { TYPE_WORDS } from '../sdp/priority.ts';
import { readCandidate } from '../projections/candidates.ts';
import type { Message } from '../projections/messages.ts';
import { stateOf } from '../projections/states.ts';
import { type Consequence, type Scene, base, isCandidate, isDescription } from './consequence.ts';

const ADD = 'W3C WebRTC, section 4.4.2';

export function ofCandidates(scene: Scene): readonly Consequence[] {
  const senders = [...new Set(scene.messages.filter(isCandidate).map(({ from }) => from))];
  return [
    ...scene.messages.filter(isCandidate).flatMap((message) => early(message, scene)),
    ...senders.flatMap((sender) => lostCandidates(sender, scene)),
    ...senders.flatMap((sender) => waitingCandidates(sender, scene)),
    ...senders.flatMap((sender) => candidatesTwice(sender, scene)),
  ].filter(
    // One that came too early is told once for each side.
    (one, at, all) =>
      !one.id.startsWith('early ') || all.findIndex(({ claim }) => claim === one.claim) === at,
  );
}

/** It arrived while its description was still in the channel, or lost there. */
function early(message: Message, { facts, messages, labelOf }: Scene): readonly Consequence[] {
  const arrived = message.receivedAt;
  const description = messages.findLast(
    (one) => one.from === message.from && isDescription(one) && (one.sentAt ?? 0) <= (message.sentAt ?? 0),
  );
  if (arrived === null || !description?.passage || (description.receivedAt ?? Infinity) < arrived) return [];
  const refused = facts.calls
    .toArray()
    .some(
      ({ peer, name, outcome, startedAt }) =>
        peer === message.to && name === 'addIceCandidate' && outcome === 'rejected' && startedAt >= arrived,
    );
  const to = labelOf(message.to);
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
  const [from, to] = [scene.labelOf(sender), scene.labelOf(first.to)];
  // After an ICE restart only the new ones count.
  const isAll = own.filter((message) => isNewest(message, scene)).every((message) => lost.includes(message));
  return [
    {
      ...base(first, 'lost candidates'),
      weight: isAll ? 'fail' : 'note',
      claim: isAll ? `No candidate of ${from} arrives.` : lostClaim(lost, from),
      because: isAll
        ? nobodyKnows(sender, from, to, scene)
        : 'Nobody notices, until the ways that are known fail.',
      spec: isAll ? 'RFC 8445, sections 6.1.2, 7.3.1.3 and 9' : 'RFC 8838, section 18',
    },
  ];
}

/** With the ufrag that its sender uses now, or without any. */
function isNewest({ from, payload }: Message, { facts }: Scene): boolean {
  const ufrag = payload && 'usernameFragment' in payload ? payload.usernameFragment : null;
  const own = facts.descriptions.byPeer[from];
  const sdp = (own?.pendingLocal ?? own?.currentLocal)?.sdp;
  return !ufrag || !sdp || sdp.includes(`a=ice-ufrag:${ufrag}\r\n`);
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
function nobodyKnows(sender: string, from: string, to: string, scene: Scene): string {
  const others = scene.messages.filter(
    (message) => message.from !== sender && isCandidate(message) && isNewest(message, scene),
  );
  const ice = stateOf(scene.facts.states, sender, 'ice');
  if (others.some(({ receivedAt }) => receivedAt !== null)) {
    return `${to} knows no way to ${from}, but ${from} knows one to ${to}: where its checks get in, ${to} learns ${from}’s address from them, as a peer reflexive candidate. ICE of ${from} is ${ice}.`;
  }
  const before = stateOf(scene.facts.states, sender, 'connection') === 'connected';
  const rest = before ? ' The way from before the restart is still used.' : '';
  return `Neither side knows a way to the other: there is no pair to check, and ICE is ${ice}.${rest}`;
}

function waitingCandidates(sender: string, { facts, messages, labelOf }: Scene): readonly Consequence[] {
  const inside = messages.filter(
    (message) =>
      message.from === sender &&
      isCandidate(message) &&
      message.passage &&
      message.receivedAt === null &&
      !message.passage.dropped,
  );
  const [first] = inside;
  if (!first) return [];
  const [from, to] = [labelOf(sender), labelOf(first.to)];
  const count = inside.length === 1 ? 'A candidate' : `${inside.length} candidates`;
  return [
    {
      ...base(first, 'waiting candidates'),
      weight: 'note',
      claim: `${count} of ${from} ${inside.length === 1 ? 'is' : 'are'} in the channel.`,
      because: `${to} can not use what it does not have, and waits: with trickle ICE more candidates may come at any time. ICE of ${to} is ${stateOf(facts.states, first.to, 'ice')}.`,
      spec: 'RFC 9429, section 3.5.2',
    },
  ];
}

function candidatesTwice(sender: string, { messages, labelOf }: Scene): readonly Consequence[] {
  const first = messages.find(
    (message) =>
      message.from === sender && isCandidate(message) && (message.passage?.arrivedAgainAt.length ?? 0) > 0,
  );
  if (!first) return [];
  return [
    {
      ...base(first, 'candidates twice'),
      weight: 'note',
      claim: `A candidate of ${labelOf(sender)} came twice.`,
      because: 'One is enough: the second makes no new pair.',
      spec: 'RFC 8838, section 11',
    },
  ];
}
