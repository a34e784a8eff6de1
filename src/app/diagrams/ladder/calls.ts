import { detailOf } from '../../../core/projections/calls.ts';
import { readCandidate } from '../../../core/projections/candidates.ts';
import { type EventOf, type SessionEvent, readFailure } from '../../../core/session/event.ts';
import { type LadderState, type Entry, base, flightOf, join, lastOf } from './state.ts';
import type { CallRow, Draft } from './row.ts';

/** These give a promise; the others are done when they return. */
const PROMISING: ReadonlySet<string> = new Set([
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'addIceCandidate',
]);
/** These move signalingState or iceGatheringState. */
const SETTLING: ReadonlySet<string> = new Set(['setLocalDescription', 'setRemoteDescription', 'close']);
/** An addIceCandidate that follows its message within this many ms is told on the message's row. */
const AT_ONCE = 50;

export function beginCall(ladder: LadderState, entry: Entry): void {
  const { event } = entry;
  if (event.type === 'addIceCandidate') return addCandidate(ladder, entry, event);
  const row = callRow(entry, detailOf(event));
  ladder.rows.push(row);
  remember(ladder, event, row);
  if (SETTLING.has(event.type)) ladder.settling.set(event.peer, row);
  else ladder.settling.delete(event.peer);
  if (event.type === 'close') row.led.push('closed');
}

function callRow(entry: Entry, detail: string): CallRow {
  const { event } = entry;
  return {
    ...base(entry),
    kind: 'call',
    name: event.type === 'create' ? 'new RTCPeerConnection' : event.type,
    detail,
    count: 1,
    outcome: PROMISING.has(event.type) ? 'pending' : 'resolved',
    error: null,
    led: [],
    marks: [],
  };
}

function addCandidate(ladder: LadderState, entry: Entry, event: EventOf<'addIceCandidate'>): void {
  const line = event.value?.candidate ?? '';
  const type = readCandidate(line)?.type;
  const carrier = ladder.carried.get(`${event.peer} ${line}`);
  const flight = carrier ? flightOf(carrier) : null;
  if (carrier && flight?.arrivedAt != null && event.at - flight.arrivedAt <= AT_ONCE) {
    flight.added = true;
    carrier.events.push(event.id);
    remember(ladder, event, carrier);
    return;
  }
  const last = lastOf(ladder, 'call', entry);
  const together = last?.name === 'addIceCandidate' && last.outcome !== 'refused' ? last : null;
  const row = together ?? callRow(entry, '');
  if (together) {
    join(row, entry);
    row.count++;
    row.detail = '';
  } else {
    ladder.rows.push(row);
    row.detail = type ?? (line === '' ? 'end of candidates' : '');
  }
  row.outcome = 'pending';
  if (type) row.marks.push(type);
  remember(ladder, event, row);
}

const keyOf = (event: SessionEvent, name: string): string => `${event.peer} ${event.correlation ?? name}`;

const remember = (ladder: LadderState, event: SessionEvent, row: Draft): unknown =>
  ladder.pending.set(keyOf(event, event.type), row);

export function succeed(ladder: LadderState, { event }: Entry): void {
  const row = take(ladder, event, 'OnSuccess');
  if (!row) return;
  row.events.push(event.id);
  if (row.kind !== 'call') return;
  if (![...ladder.pending.values()].includes(row)) row.outcome = 'resolved';
  if (event.type === 'setLocalDescriptionOnSuccess') row.detail ||= event.value?.type ?? '';
}

/** A refused call has a row of its own, also where it was one of many. */
export function refuse(ladder: LadderState, entry: Entry): void {
  const { event } = entry;
  const row = take(ladder, event, 'OnFailure');
  const error = readFailure(String(event.value)).name;
  if (row?.kind === 'call' && row.count === 1) {
    row.events.push(event.id);
    row.outcome = 'refused';
    row.error = error;
    return;
  }
  const name = event.type.replace(/OnFailure$/, '');
  ladder.rows.push({ ...callRow(entry, ''), name, outcome: 'refused', error });
}

function take(ladder: LadderState, event: SessionEvent, ending: string): Draft | undefined {
  const key = keyOf(event, event.type.slice(0, -ending.length));
  const row = ladder.pending.get(key);
  ladder.pending.delete(key);
  return row;
}
