import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import { type Outside, natsOf } from '../../../core/projections/nats.ts';
import type { Pair } from '../../../core/projections/pairs.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import type { View } from '../../../core/projections/view.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { FRONT_WORDS } from './front-words.ts';
import { isLoopback } from './model.ts';
import { addressAndPort, ms } from './words.ts';

/** The picture in words, with the states, candidates and pairs exactly as each end reports them. */
export function describe(view: View): string {
  const { peers } = view.facts;
  if (peers.length === 0) {
    return FRONT_WORDS;
  }
  return [...peers.map((peer) => describePeer(view.facts, peer)), ...wallWords(view), ...traffic(view)].join(
    ' ',
  );
}

function describePeer(facts: Facts, peer: Peer): string {
  const { id, label } = peer;
  const machines = facts.states[id];
  const states = machines
    ? `ICE ${machines.ice.current}, DTLS ${machines.dtls.current}, connection ${machines.connection.current}, gathering ${machines.gathering.current}`
    : 'no state known';
  const local = facts.candidates[id]?.local ?? [];
  const role = peer.role ? ` ${peer.role}` : '';
  return [
    `${label}${role}: ${states}.`,
    candidateWords(label, local),
    pairWords(facts, peer),
    selectedWords(facts, peer),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Long lists are counted: a session of many restarts gathers hundreds. */
const NAMED = 12;

function candidateWords(label: string, candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return `${label} has no candidates.`;
  const named = candidates.slice(0, NAMED).map(inWords);
  const more = candidates.length > NAMED ? [`${candidates.length - NAMED} more`] : [];
  return `${label}’s candidates: ${[...named, ...more].join('; ')}.`;
}

const inWords = (candidate: Candidate): string =>
  `${TYPE_WORDS[candidate.type]} ${candidate.protocol.toUpperCase()} ${candidate.address || 'address hidden'} port ${candidate.port}`;

function pairWords(facts: Facts, { id, label }: Peer): string {
  const pairs = facts.pairs[id]?.pairs ?? [];
  if (pairs.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { spans } of pairs) {
    const state = spans.at(-1)?.state ?? 'unknown';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const list = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${label}’s pairs: ${list}.`;
}

function selectedWords(facts: Facts, { id, label }: Peer): string {
  const told = facts.pairs[id];
  const pair = told?.pairs.find((one) => one.id === told.selectedId);
  if (!told || !pair) return `${label} has no selected pair.`;
  const since = told.selections.at(-1);
  const when = since ? `, ${since.candidates ? 'since' : 'by'} ${ms(since.until)}` : '';
  return `${label}’s selected pair: local ${endWords(facts, id, pair, 'local')}, remote ${endWords(facts, id, pair, 'remote')}${when}.`;
}

function endWords(facts: Facts, peer: string, pair: Pair, side: 'local' | 'remote'): string {
  const statsId = side === 'local' ? pair.localId : pair.remoteId;
  const candidate = facts.candidates[peer]?.[side].find((one) => one.statsId === statsId);
  return candidate ? `${candidate.type} port ${candidate.port}` : 'not known';
}

/** Where one machine holds both ends, nothing is between them. */
function wallWords(view: View): string[] {
  if (isLoopback(view)) return [];
  const outsides = natsOf(view.facts);
  return view.facts.peers.slice(0, 2).map(({ label }, side) => natWords(label, outsides[side as 0 | 1]));
}

function natWords(label: string, { nat, reason }: Outside): string {
  if (!nat) return `No NAT is known before ${label}: ${reason}.`;
  if (nat.mappings.length === 0) return `${label} is behind a NAT: ${reason}.`;
  const doors = nat.mappings.map(({ candidate, address, port, seenBy }) => {
    const where = address ? addressAndPort({ address, port }) : `port ${port}, address hidden`;
    return `${where} (${candidate.protocol.toUpperCase()}, seen by ${seenBy})`;
  });
  const kind = nat.perDestination ? ' It has another port for another destination (symmetric).' : '';
  const carrier = nat.isBeforeCarriers
    ? ' That address is one that carriers share out (100.64.0.0/10, RFC 6598), so most likely another NAT, the carrier’s, stands before the internet.'
    : '';
  return `${label} is behind a NAT, inferred: ${reason}. Its doors: ${doors.join('; ')}.${kind}${carrier}`;
}

function traffic({ facts }: View): string[] {
  const { messages } = facts.data;
  const labels = facts.messages.length;
  return [
    ...(labels > 0 ? [`${labels} signalling ${labels === 1 ? 'message' : 'messages'} so far.`] : []),
    ...(messages.length > 0
      ? [`${messages.length} data ${messages.length === 1 ? 'message' : 'messages'} so far.`]
      : []),
  ];
}
