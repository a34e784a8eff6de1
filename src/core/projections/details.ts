/** What the stage says of the thing that is selected: what it is, what happened to it, and why. */
import { TYPE_WORDS, pairPriority } from '../sdp/priority.ts';
import { type Packet, readFailure, type SessionEvent } from '../session/event.ts';
import type { Candidate } from './candidates.ts';
import type { Facts } from './index.ts';
import { type Details, lineDetails } from './line-details.ts';
import { whyPair } from './pair-why.ts';
import type { Pair } from './pairs.ts';
import type { Selection, View } from './view.ts';

export type { Details };

export function details(view: View, selection: Selection): Details | null {
  switch (selection?.kind) {
    case 'event':
      return ofEvent(view, selection.id);
    case 'candidate':
      return ofCandidate(view.facts, selection.id);
    case 'pair':
      return ofPair(view, selection.id);
    case 'line':
      return lineDetails(view.facts, selection.id);
    default:
      return null;
  }
}

const labelOf = (facts: Facts, peer: string): string =>
  facts.peers.find(({ id }) => id === peer)?.label ?? peer;

function ofEvent(view: View, id: string): Details | null {
  const event = view.events.find((entry) => entry.id === id);
  if (!event) return null;
  const call = view.whole.calls.toArray().find((entry) => entry.id === id);
  const happened = [{ at: event.at, text: call ? 'the page calls it' : toldBy(event) }];
  if (call?.endedAt != null && call.endedAt !== call.startedAt) {
    happened.push({
      at: call.endedAt,
      text: call.outcome === 'rejected' ? 'the browser refuses' : 'it is done',
    });
  }
  return {
    title: `${labelOf(view.whole, event.peer)} ${event.type}`.trim(),
    facts: [
      ...valueFacts(event),
      ...(call?.error ? [['error', `${call.error.name}: ${call.error.message}`] as const] : []),
    ],
    happened,
    why: null,
  };
}

const packetFacts = ({
  direction,
  local,
  remote,
  transport,
  seenAt,
}: Packet): (readonly [string, string])[] => [
  ['from', direction === 'received' ? remote : local],
  ['to', direction === 'received' ? local : remote],
  ['over', transport.toUpperCase()],
  ['seen at', seenAt === 'relay' ? 'the relayed address' : 'the server'],
];

const toldBy = ({ type }: SessionEvent): string =>
  type === ':packet' ? 'the server sees it' : 'the browser tells it';

function valueFacts(event: SessionEvent): (readonly [string, string])[] {
  const { value } = event;
  if (value === null || value === undefined) return [];
  if (event.type === ':packet') return packetFacts(event.value);
  if (typeof value === 'string')
    return event.type.endsWith('OnFailure') ? [['error', readFailure(value).name]] : [['value', value]];
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([name, inner]) => [name, brief(inner)] as const);
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const lines = text.split(/\r?\n/).filter(Boolean);
  return lines.length > 1 ? `${lines.length} lines` : text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

/** RFC 8445, section 5.1.1: where each type of candidate comes from. */
const TYPE_WHY: Readonly<Record<Candidate['type'], string>> = {
  host: 'An address of the device itself. It needs no server; RFC 8445 recommends the highest preference for it.',
  srflx:
    'The address that a STUN server saw the question come from: the outer side of a NAT, or the device itself.',
  prflx:
    'Nobody named this address before: it was learned from a connectivity check, or from the answer to one.',
  relay:
    'An address that a TURN server lends: packets sent to it are passed on. It is tried last, for it costs most.',
};

function ofCandidate(facts: Facts, key: string): Details | null {
  const known = Object.entries(facts.candidates).flatMap(([peer, { local, remote }]) =>
    [...local, ...remote]
      .filter((candidate) => candidate.key === key)
      .map((candidate) => ({ peer, candidate })),
  );
  const first = known.find(({ candidate }) => candidate.side === 'local') ?? known[0];
  if (!first) return null;
  const { candidate } = first;
  const optional: (readonly [string, string | null])[] = [
    ['address', `${candidate.address || 'hidden'} port ${candidate.port}`],
    ['transport', `${candidate.protocol.toUpperCase()}${candidate.family ? ` ${candidate.family}` : ''}`],
    ['priority', String(candidate.priority)],
    ['foundation', candidate.foundation],
    ['related', candidate.relatedAddress ? `${candidate.relatedAddress}:${candidate.relatedPort}` : null],
    ['told by', candidate.url],
    ['network', candidate.networkType],
    ['ufrag', candidate.ufrag],
  ];
  return {
    title: `${TYPE_WORDS[candidate.type]} candidate`,
    facts: optional.filter((entry): entry is readonly [string, string] => Boolean(entry[1])),
    happened: known.map(({ peer, candidate: { side, at } }) => ({
      at,
      text: side === 'local' ? `${labelOf(facts, peer)} gathers it` : `${labelOf(facts, peer)} is told of it`,
    })),
    why: TYPE_WHY[candidate.type],
  };
}

function ofPair(view: View, id: string): Details | null {
  const { facts } = view;
  const peer = Object.keys(facts.pairs).find((name) =>
    facts.pairs[name]!.pairs.some((pair) => pair.id === id),
  );
  const pair = peer === undefined ? undefined : facts.pairs[peer]!.pairs.find((entry) => entry.id === id);
  if (peer === undefined || !pair) return null;
  const own = facts.candidates[peer];
  const local = own?.local.find(({ statsId }) => statsId === pair.localId);
  const remote = own?.remote.find(({ statsId }) => statsId === pair.remoteId);
  return {
    title: `${labelOf(facts, peer)}: ${local ? TYPE_WORDS[local.type] : 'unknown'} to ${remote ? TYPE_WORDS[remote.type] : 'unknown'}`,
    facts: [
      ['local', local ? `${local.address || 'hidden'} port ${local.port}` : 'not known'],
      ['remote', remote ? `${remote.address || 'hidden'} port ${remote.port}` : 'not known'],
      ['priority', String(priorityOf(pair, local, remote, facts.pairs[peer]!.role))],
      [
        'checks',
        `${pair.requestsSent} sent, ${pair.responsesReceived} answered; ${pair.requestsReceived} came in`,
      ],
      ...(pair.roundTripTime === null
        ? []
        : [['round trip', `${(pair.roundTripTime * 1000).toFixed(1)} ms`] as const]),
    ],
    happened: [
      ...pair.spans.map(({ state, from }) => ({ at: from, text: `getStats first says ${state}` })),
      ...(pair.nominatedAt === null ? [] : [{ at: pair.nominatedAt, text: 'nominated' }]),
    ].sort((a, b) => a.at - b.at),
    why: whyPair(view, peer, pair),
  };
}

/** getStats gives a double, which loses the last digits: they come from the two candidates, where the role is known. */
function priorityOf(
  pair: Pair,
  local: Candidate | undefined,
  remote: Candidate | undefined,
  role: string | null,
): bigint | number {
  if (!local?.priority || !remote?.priority || role === null) return pair.priority;
  const [own, other] = [local.priority, remote.priority];
  const exact = role === 'controlling' ? pairPriority(own, other) : pairPriority(other, own);
  return Number(exact) === pair.priority ? exact : pair.priority;
}
