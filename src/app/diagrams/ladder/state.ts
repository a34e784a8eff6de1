import type { SessionEvent } from '../../../core/session/event.ts';
import type { CallRow, CandidateRow, ChannelRow, DataRow, Draft, Flight, SignalRow } from './row.ts';

/** A row on which a letter travels. */
type Carrier = SignalRow | CandidateRow | ChannelRow;

/** The rows as they are written, event by event, and what later events may still add to them. */
export interface LadderState {
  readonly rows: Draft[];
  /** Rows of the calls whose outcome is awaited. */
  readonly pending: Map<string, Draft>;
  /** By peer: the call that a change of signalingState or iceGatheringState comes from. */
  readonly settling: Map<string, CallRow>;
  /** Messages under way, by correlation and receiver. */
  readonly flights: Map<string, Carrier>;
  /** By receiver and candidate line: the row on which it travelled. */
  readonly carried: Map<string, Carrier>;
  readonly data: Map<string, DataRow>;
}

export const emptyLadder = (): LadderState => ({
  rows: [],
  pending: new Map(),
  settling: new Map(),
  flights: new Map(),
  carried: new Map(),
  data: new Map(),
});

/** An event and its position in the log. */
export interface Entry {
  readonly event: SessionEvent;
  readonly place: number;
  /** Whether the message that arrives was sent before the reading began: then its row is not among these. */
  readonly wasSentBefore: (arrival: SessionEvent) => boolean;
}

/** What every row begins with. */
export const base = ({ event, place }: Entry) => ({
  id: event.id,
  at: event.at,
  order: event.at,
  until: event.at,
  place,
  peer: event.peer,
  events: [event.id],
  candidates: [] as string[],
  pairs: [] as string[],
});

/** The newest row, if it is of this kind and peer and not long ago: what comes now may join it. */
export function lastOf<K extends Draft['kind']>(
  ladder: LadderState,
  kind: K,
  { event }: Entry,
): Extract<Draft, { kind: K }> | null {
  const row = ladder.rows.at(-1);
  const fits = row?.kind === kind && row.peer === event.peer && event.at - row.until < TOGETHER;
  return fits ? (row as Extract<Draft, { kind: K }>) : null;
}

/** Longer apart, in ms, things are told in rows of their own. */
const TOGETHER = 500;

export function join(row: Draft, { event }: Entry): void {
  row.events.push(event.id);
  row.until = event.at;
}

export const flightOf = (row: Carrier): Flight | null => (row.kind === 'candidate' ? row.sent : row.flight);
