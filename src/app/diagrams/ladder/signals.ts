import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';
import type { EventOf } from '../../../core/session/event.ts';
import { type LadderState, type Entry, base, flightOf, join, lastOf } from './state.ts';
import type { Flight, SignalRow } from './row.ts';

type Sent = EventOf<':signal.sent'>;
type Received = EventOf<':signal.received'>;

export function send(ladder: LadderState, entry: Entry, event: Sent): void {
  const line = lineOf(event);
  const row =
    joinGathered(ladder, entry, event, line) ??
    joinRun(ladder, entry, event) ??
    begin(ladder, newRow(entry, event, event.value.to));
  const flight = flightOf(row)!;
  flight.count++;
  flight.bytes += event.value.bytes;
  if (event.correlation !== undefined) {
    flight.waiting.push(event.correlation);
    ladder.flights.set(`${event.value.to} ${event.correlation}`, row);
  }
  if (isTrickle(event)) ladder.carried.set(`${event.value.to} ${line}`, row);
}

/** A candidate that leaves as soon as it was gathered shares the row. */
function joinGathered(ladder: LadderState, entry: Entry, event: Sent, line: string) {
  const row = lastOf(ladder, 'candidate', entry);
  if (!row || row.sent || line === '' || row.line !== line) return null;
  join(row, entry);
  row.sent = newFlight(event.value.to);
  return row;
}

/** Candidates that are sent one after the other share a row. */
function joinRun(ladder: LadderState, entry: Entry, event: Sent): SignalRow | null {
  const row = lastOf(ladder, 'signal', entry);
  if (!isTrickle(event) || row?.what !== 'candidate' || row.flight.to !== event.value.to) return null;
  join(row, entry);
  note(row, event);
  return row;
}

function begin(ladder: LadderState, row: SignalRow): SignalRow {
  ladder.rows.push(row);
  return row;
}

function newRow(entry: Entry, event: Sent | Received, to: string): SignalRow {
  const row: SignalRow = {
    ...base(entry),
    kind: 'signal',
    peer: event.type === ':signal.received' ? event.value.from : event.peer,
    what: isTrickle(event) ? 'candidate' : event.value.kind,
    flight: newFlight(to),
    marks: [],
    ended: false,
  };
  note(row, event);
  return row;
}

function note(row: SignalRow, event: Sent | Received): void {
  if (event.value.kind === 'end') row.ended = true;
  const candidate = readCandidate(lineOf(event));
  if (!candidate) return;
  row.marks.push(candidate.type);
  row.candidates.push(candidateKey(candidate));
}

/**
 * Where the sending was not seen, the arrival tells of the message; where it was before the reading began, the row stands
 * in no list, and is only there for what the receiver does with it.
 */
export function receive(ladder: LadderState, entry: Entry, event: Received): void {
  const key = `${event.peer} ${event.correlation}`;
  const known = event.correlation === undefined ? undefined : ladder.flights.get(key);
  const row = known ?? newRow(entry, event, event.peer);
  const flight = flightOf(row)!;
  if (known) {
    if (known.kind !== 'channel') ladder.flights.delete(key);
    flight.waiting.splice(flight.waiting.indexOf(event.correlation!), 1);
    row.events.push(event.id);
  } else {
    if (!entry.wasSentBefore(event)) ladder.rows.push(row);
    flight.count++;
    flight.bytes += event.value.bytes;
    if (isTrickle(event)) ladder.carried.set(`${event.peer} ${lineOf(event)}`, row);
  }
  flight.arrived++;
  flight.arrivedAt = event.at;
}

const isTrickle = ({ value }: Sent | Received): boolean => value.kind === 'candidate' || value.kind === 'end';

function lineOf({ value }: Sent | Received): string {
  return value.payload && 'candidate' in value.payload ? (value.payload.candidate ?? '') : '';
}

const newFlight = (to: string): Flight => ({
  to,
  count: 0,
  bytes: 0,
  arrived: 0,
  arrivedAt: null,
  waiting: [],
  added: false,
});
