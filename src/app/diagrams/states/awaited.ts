/**
 * What each machine waits for, in words, from the facts at the cursor. Short: it stands at the right of the machine's
 * name. Every phrase follows a peer's letter: `A waits for ICE`.
 */
import type { MachineId } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Member } from '../parts/peer-labels.ts';
import { shownPeers } from './machine-facts.ts';

/** One peer, and what the view knows of it. */
interface Asked {
  readonly view: View;
  readonly peer: Member;
  readonly state: string;
}

/** `A waits for the answer · B owes one`; both the same, `waits for ICE`; nothing while nobody is there. */
export function awaited(view: View, id: MachineId): string {
  const asked = shownPeers(view).map((peer) => ({
    view,
    peer,
    state: view.facts.states[peer.id]![id].current,
  }));
  const said = asked.map((one) => ({ label: one.peer.label, words: WORDS[id](one) }));
  const [first, second] = said;
  if (!first) return '';
  if (!second) return `${first.label} ${first.words}`;
  if (first.words === second.words) return first.words;
  return `${first.label} ${first.words} · ${second.label} ${after(first.words, second.words)}`;
}

/** `A waits for the answer · B owes the answer` would say one word twice. */
function after(first: string, second: string): string {
  if (first.startsWith('waits for the') && second.startsWith('owes')) return 'owes one';
  return first.startsWith('owes') && second.startsWith('waits for the') ? 'waits for it' : second;
}

const otherwise = (state: string): string => `is ${state}`;

function signaling({ view, state }: Asked): string {
  if (state === 'stable')
    return view.facts.descriptions.exchanges.last?.outcome === 'answered' ? 'has agreed' : 'may offer';
  return SIGNALING[state] ?? otherwise(state);
}

const SIGNALING: Readonly<Record<string, string>> = {
  'have-local-offer': 'waits for the answer',
  'have-remote-offer': 'owes the answer',
  'have-local-pranswer': 'owes the final answer',
  'have-remote-pranswer': 'waits for the final answer',
};

function gathering({ view, peer, state }: Asked): string {
  const found = view.facts.candidates[peer.id]?.local.length ?? 0;
  if (state === 'complete') return `found ${found}`;
  if (state === 'gathering') return found === 0 ? 'asks around' : `found ${found} so far`;
  if (state !== 'new') return otherwise(state);
  return view.facts.states[peer.id]?.signaling.current === 'have-remote-offer'
    ? 'gathers when it answers'
    : 'gathers when it offers';
}

function ice({ view, peer, state }: Asked): string {
  const tried = view.facts.pairs[peer.id]?.pairs.length ?? 0;
  if (state === 'new') return hasBoth(view, peer) ? 'waits for a candidate' : 'needs both descriptions';
  if (state === 'checking') return tried > 0 ? `tries ${count(tried, 'pair')}` : 'looks for a pair';
  return ICE[state] ?? otherwise(state);
}

const ICE: Readonly<Record<string, string>> = {
  connected: 'has a working pair',
  completed: 'has decided all',
  disconnected: 'gets no answers',
  failed: 'found no pair',
};

function hasBoth({ facts }: View, { id }: Member): boolean {
  const own = facts.descriptions.byPeer[id];
  return Boolean(own && (own.currentLocal ?? own.pendingLocal) && (own.currentRemote ?? own.pendingRemote));
}

const DTLS: Readonly<Record<string, string>> = {
  new: 'waits for ICE',
  connecting: 'shakes hands',
  connected: 'is encrypted',
  failed: 'could not shake hands',
};

function connection({ view, peer, state }: Asked): string {
  const own = view.facts.states[peer.id]!;
  if (state === 'connecting') return isUp(own.ice.current) ? 'waits for DTLS' : 'waits for ICE';
  if (state === 'failed') return own.dtls.current === 'failed' ? 'failed in DTLS' : 'gave up on ICE';
  return CONNECTION[state] ?? otherwise(state);
}

const CONNECTION: Readonly<Record<string, string>> = {
  new: 'waits for ICE and DTLS',
  connected: 'has ICE and DTLS',
  disconnected: 'waits for ICE to return',
};

const WORDS: Readonly<Record<MachineId, (asked: Asked) => string>> = {
  signaling,
  gathering,
  ice,
  dtls: ({ state }) => DTLS[state] ?? otherwise(state),
  connection,
};

const isUp = (state: string): boolean => state === 'connected' || state === 'completed';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
