import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import { MACHINES } from '../../../core/projections/machines.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import { stateOf } from '../../../core/projections/states.ts';
import type { View } from '../../../core/projections/view.ts';
import { placeInWords } from './event-text.ts';

/** The facts of the picture at the cursor, lane by lane: what a reader would take from it. */
export function describe(view: View): string {
  if (view.whole.peers.length === 0) return 'Timeline. Nothing is recorded yet.';
  const peers = view.facts.peers.map((peer) => describePeer(view.facts, peer));
  return [`Timeline at ${placeInWords(view)}.`, counts(view.facts), ...peers].join(' ');
}

function counts({ calls, messages, data }: Facts): string {
  return `So far ${count(calls.length, 'API call')}, ${count(messages.length, 'letter')} between the two and ${count(data.messages.length, 'message')} over data channels.`;
}

const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? '' : 's'}`;

function describePeer(facts: Facts, { id, label }: Peer): string {
  const states = MACHINES.map(({ id: machine, title }) => `${title} ${stateOf(facts.states, id, machine)}`);
  const local = facts.candidates[id]?.local ?? [];
  const found = local.length > 0 ? local.map(candidateWords).join(', ') : 'none';
  return `${label}: ${states.join(', ')}. Candidates gathered: ${found}. ${pairWords(facts, id)}`;
}

/** `host udp :50124` */
const candidateWords = ({ type, protocol, port }: Candidate): string => `${type} ${protocol} :${port}`;

function pairWords(facts: Facts, peer: string): string {
  const known = facts.pairs[peer];
  const pair = known?.pairs.find(({ id }) => id === known.selectedId);
  if (!pair) return 'No pair is selected.';
  const of = facts.candidates[peer];
  const local = of?.local.find(({ statsId }) => statsId === pair.localId);
  const remote = of?.remote.find(({ statsId }) => statsId === pair.remoteId);
  return `Selected pair: ${local ? candidateWords(local) : 'unknown'} to ${remote ? candidateWords(remote) : 'unknown'}.`;
}
