import type { MachineId } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Edge } from './edges.ts';
import type { Place } from './machine-facts.ts';
import type { Node, Token } from './nodes.ts';
import { type Point, along } from './route.ts';

/** A piece on its way from one state to the next. */
export interface Sliding extends Token {
  readonly from: string;
  readonly to: string;
}

/** Of the time that led to a change, how much its slide takes; and of the whole session, the most that it may take. */
const SHARE = 0.3;
const MOST = 0.03;

/** States in which something is under way all the while; elsewhere only a call that is pending leads on. */
const UNDER_WAY = new Set(['gathering', 'checking', 'connecting']);

/**
 * Where the cursor stands shortly before a recorded change, the piece has left its state. What it slides towards is
 * taken from the recording, so there is nothing to see in a live session that has not got there yet.
 */
export function slidingPieces(
  view: View,
  id: MachineId,
  places: readonly Place[],
  nodes: readonly Node[],
  edges: readonly Edge[],
): readonly Sliding[] {
  return places.flatMap((place) => {
    const change = nextChange(view, id, place);
    if (!change) return [];
    const share = shareDone(view, change.since, change.at);
    const from = nodes.find(({ state }) => state === place.facts.current);
    const token = from?.tokens.find(({ letter }) => letter === place.letter);
    const edge = edges.find((way) => way.from === place.facts.current && way.to === change.to);
    const target = nodes.find(({ state }) => state === change.to);
    if (share <= 0 || !token || !edge || !target) return [];
    const [x, y] = along(path(token, edge, target), share);
    return [{ letter: place.letter, x, y, from: edge.from, to: edge.to }];
  });
}

interface Change {
  readonly to: string;
  readonly at: number;
  /** When what led to it began. */
  readonly since: number;
}

function nextChange(view: View, id: MachineId, { id: peer, facts }: Place): Change | null {
  const step = view.whole.states[peer]?.[id].history[facts.history.length];
  if (!step || step.at < view.time) return null;
  const since = id === 'signaling' ? pendingSince(view, peer) : runningSince(facts);
  return since === null ? null : { to: step.state, at: step.at, since };
}

function pendingSince({ facts }: View, peer: string): number | null {
  const index = facts.calls.findLastIndex((call) => call.peer === peer && settles.has(call.name));
  const call = facts.calls.get(index);
  return call?.outcome === 'pending' ? call.startedAt : null;
}

const settles: ReadonlySet<string> = new Set(['setLocalDescription', 'setRemoteDescription']);

const runningSince = (facts: Place['facts']): number | null =>
  UNDER_WAY.has(facts.current) ? facts.history.at(-1)!.at : null;

/** 0 before the slide, 1 at the change. */
function shareDone({ time, events }: View, since: number, at: number): number {
  const length = Math.min(SHARE * (at - since), MOST * (events.at(-1)?.at ?? 0));
  return length <= 0 ? 0 : 1 - (at - time) / length;
}

function path(token: Token, edge: Edge, target: Node): readonly Point[] {
  return [[token.x, token.y], ...edge.points, [target.x, target.y]];
}
