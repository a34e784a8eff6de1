import type { MachineId } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import { along, type Edge } from './edges.ts';
import type { Place } from './machines.ts';
import { TOKEN, type Token } from './nodes.ts';

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
 * Where the cursor stands shortly before a recorded change, the piece has left its state and is on the arrow. What it
 * slides towards is taken from the recording, so there is nothing to see in a live session that has not got there yet.
 */
export function slidingPieces(
  view: View,
  id: MachineId,
  places: readonly Place[],
  edges: readonly Edge[],
): readonly Sliding[] {
  const pieces: Sliding[] = [];
  for (const place of places) {
    const change = nextChange(view, id, place);
    const share = change ? shareDone(view, change.since, change.at) : 0;
    const edge = edges.find((way) => way.from === place.facts.current && way.to === change?.to);
    if (share <= 0 || !edge) continue;
    const ahead = pieces.filter(({ from, to }) => from === edge.from && to === edge.to).length;
    const [x, y] = along(edge.points, share, (TOKEN + 2) * ahead);
    pieces.push({ label: place.label, x, y, from: edge.from, to: edge.to });
  }
  return pieces;
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
