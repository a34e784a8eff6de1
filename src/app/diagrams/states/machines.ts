/** Where each peer's machines are: as facts, as what they wait for, as the states that were passed with their times. */
import type { Label } from '../parts/labels.ts';
import type { Machine, MachineId, Transition } from '../../../core/projections/machines.ts';
import type { MachineFacts } from '../../../core/projections/states.ts';
import type { View } from '../../../core/projections/view.ts';
import { firstFit } from '../parts/fitting.ts';
import { ms } from '../../format/words.ts';
import { type Member, peersOf } from '../parts/peer-labels.ts';

/** Where one peer's machine is, as States draws it. */
export interface Place extends Member {
  readonly facts: MachineFacts;
}

/** How a transition is drawn: the first that fits. */
export type Look = 'taken' | 'next' | 'idle';

export interface Way {
  readonly from: string;
  readonly to: string;
  /** What causes it, from the table; nothing for what only a browser did. */
  readonly label: string;
  readonly taken: boolean;
  readonly next: boolean;
  /** Ids of the events that told that it was taken, oldest first. */
  readonly events: readonly string[];
}

/** The connections that the picture has room for: the first two of the session. */
const shownPeers = (view: View): readonly Member[] =>
  peersOf(view.whole)
    .slice(0, 2)
    .filter(({ id }) => view.facts.states[id]);

export const placesOf = (view: View, { id }: Machine): readonly Place[] =>
  shownPeers(view).map((member) => ({ ...member, facts: view.facts.states[member.id]![id] }));

/** What is drawn: the table without its rare transitions, and whatever was recorded, be it in the table or not. */
export function waysOf(machine: Machine, places: readonly Place[]): readonly Way[] {
  const taken = takenBy(places);
  const now = new Set(places.map(({ facts }) => facts.current));
  const drawn = machine.transitions.filter((way) => !way.rare || taken.has(keyOf(way)));
  const known = new Set(machine.transitions.map(keyOf));
  const strange = [...taken.keys()].filter((key) => !known.has(key)).map(wayOfKey);
  return [...drawn, ...strange].map((way) => ({
    from: way.from,
    to: way.to,
    label: way.label,
    taken: taken.has(keyOf(way)),
    next: !way.rare && now.has(way.from),
    events: taken.get(keyOf(way)) ?? [],
  }));
}

export const lookOf = ({ taken, next }: Pick<Way, 'taken' | 'next'>): Look =>
  taken ? 'taken' : next ? 'next' : 'idle';

function takenBy(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  for (const { facts } of places) {
    for (const [index, step] of facts.history.entries()) {
      const before = facts.history[index - 1];
      if (before) note(taken, keyOf({ from: before.state, to: step.state }), step.event);
    }
  }
  return taken;
}

function note(taken: Map<string, string[]>, key: string, event: string | null): void {
  const events = taken.get(key) ?? [];
  if (event !== null) events.push(event);
  taken.set(key, events);
}

const keyOf = ({ from, to }: Pick<Transition, 'from' | 'to'>): string => `${from}\n${to}`;

function wayOfKey(key: string): Transition {
  const [from, to] = key.split('\n') as [string, string];
  return { from, to, label: '', rare: true };
}

/** The states to draw: those of the table, then what a dump brought along. */
export function statesOf(machine: Machine, places: readonly Place[]): readonly string[] {
  const seen = places.flatMap(({ facts }) => facts.history.map(({ state }) => state));
  return [...new Set([...machine.states, ...seen])];
}

/**
 * What each machine waits for, in words, from the facts at the cursor. Short: it stands at the right of the machine's
 * name. Every phrase follows a peer's letter: `A waits for ICE`.
 */

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

/** Under the graph of a machine, where there is room: the way that each peer took through it, with times. */

const GAP = 8;
const LINE = 17;
/** Where the words begin, right of the peer's letter. */
const INDENT = 16;

/** What the trails of `peers` peers take, in pixels. */
export const trailHeight = (peers: number): number => (peers === 0 ? 0 : GAP + peers * LINE);

interface TrailGround {
  readonly left: number;
  readonly inner: number;
  /** Where the graph ends. */
  readonly bottom: number;
}

export function trailLabels(
  places: readonly Place[],
  { left, inner, bottom }: TrailGround,
): readonly Label[] {
  const style = { size: 12, mono: true } as const;
  return places.flatMap((place, at): Label[] => {
    const y = bottom + GAP + (at + 1) * LINE - 4;
    const text = firstFit(forms(place), inner - INDENT, style);
    return [
      { text: place.label, x: left, y, size: 12, bold: true },
      { ...style, text, x: left + INDENT, y, tone: 'ink-2' },
    ];
  });
}

/** `new 15.3 → checking 97.2 → connected 101.4 ms`; where that is too long the oldest give way. */
function forms({ facts }: Place): readonly string[] {
  const steps = facts.history.map(({ state, at }) => `${state} ${ms(at)}`);
  return steps.map((_, from) => `${from > 0 ? '… → ' : ''}${steps.slice(from).join(' → ')} ms`);
}
