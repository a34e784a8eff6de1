import { Vector } from '../base/vector.ts';
import { CALLS, type CallName, type SessionEvent, readFailure } from '../session/event.ts';
import type { Projection } from './projection.ts';

/** One call of the page on its connection, from its start to its outcome. */
export interface Call {
  /** Id of the event that began it. */
  readonly id: string;
  readonly peer: string;
  readonly name: CallName;
  /** What was handed over, in a word or two: `offer`, a candidate's type, a channel's label. */
  readonly detail: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: 'pending' | 'resolved' | 'rejected';
  readonly error: { readonly name: string; readonly message: string } | null;
  readonly correlation: string | null;
}

/** Every call on the API, in order. */
export const calls: Projection<Vector<Call>> = {
  id: 'calls',
  initial: Vector.empty(),
  reduce(facts, event) {
    if (names.has(event.type)) return begin(facts, event);
    if (event.type.endsWith('OnSuccess')) return end(facts, event, null);
    if (event.type.endsWith('OnFailure')) return end(facts, event, readFailure(String(event.value)));
    return facts;
  },
};

const names: ReadonlySet<string> = new Set(CALLS);
/** These give a promise; the others are done when they return. */
const promising: ReadonlySet<string> = new Set(CALLS.slice(0, 5));

function begin(facts: Vector<Call>, event: SessionEvent): Vector<Call> {
  const pending = promising.has(event.type);
  return facts.append({
    id: event.id,
    peer: event.peer,
    name: event.type as CallName,
    detail: detailOf(event),
    startedAt: event.at,
    endedAt: pending ? null : event.at,
    outcome: pending ? 'pending' : 'resolved',
    error: null,
    correlation: event.correlation ?? null,
  });
}

function end(facts: Vector<Call>, event: SessionEvent, error: Call['error']): Vector<Call> {
  const name = event.type.replace(/On(?:Success|Failure)$/, '');
  const isOwn = (call: Call): boolean => call.peer === event.peer && call.name === name;
  const joined = facts.findLastIndex(
    (call) => isOwn(call) && event.correlation !== undefined && call.correlation === event.correlation,
  );
  // Several may be on their way at once; without a name for each, the newest that waits is as good as any.
  const index =
    joined >= 0 ? joined : facts.findLastIndex((call) => isOwn(call) && call.outcome === 'pending');
  if (index < 0) return facts;
  const call = facts.get(index)!;
  const detail = call.detail || detailOf(event);
  return facts.set(index, {
    ...call,
    detail,
    endedAt: event.at,
    outcome: error ? 'rejected' : 'resolved',
    error,
  });
}

/** What a call was given, in a word: the type of a description, of a candidate, the label of a channel, the kind of a track. */
export function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case 'setLocalDescription':
    case 'setLocalDescriptionOnSuccess':
    case 'setRemoteDescription':
      return event.value?.type ?? '';
    case 'addIceCandidate':
      return event.value?.candidate
        ? (/ typ (\S+)/.exec(event.value.candidate)?.[1] ?? '')
        : 'end of candidates';
    case 'createDataChannel':
      return event.value.label;
    case 'addTrack':
    case 'addTransceiver':
    case 'removeTrack':
      return event.value.kind;
    default:
      return '';
  }
}
