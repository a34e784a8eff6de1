/**
 * Which part of a session the ladder reads. It shows the newest rows, so it reads backwards from the cursor until there
 * are enough, however long the session is.
 */
import type { View } from '../../../core/projections/view.ts';
import { CALLS, type SessionEvent } from '../../../core/session/event.ts';
import { bandOf } from './channel.ts';
import { concluded } from './checks.ts';
import { isTold, skipBack } from './digest.ts';
import type { Ends } from './lifelines.ts';
import type { ChosenRow, Row } from './row.ts';
import { rowsOf } from './rows.ts';

export interface Reading {
  readonly rows: readonly Row[];
  /** The rows begin at the session's start: nothing was left out. */
  readonly isWhole: boolean;
}

/** The newest rows, at least `want` of them if there are as many. */
export function read(view: View, ends: Ends, want: number): Reading {
  const from = startFor(view, want);
  const peers = [...ends.labels.keys()];
  const made = rowsOf(
    view.events,
    [from, view.index],
    ends,
    bandOf(view),
    (arrival) => from > 0 && wasSent(view, arrival),
  );
  const since = from === 0 ? 0 : (view.events[from]?.at ?? 0);
  return { rows: fold(merge(made, concluded(view, peers, since))), isWhole: from === 0 };
}

/** Events that always make a row; of the others at most `DENSE` times as many are read. */
const SURE: ReadonlySet<string> = new Set([
  ...CALLS.filter((name) => name !== 'addIceCandidate'),
  'onicecandidate',
  'oniceconnectionstatechange',
]);
const DENSE = 8;

function startFor({ events, index }: View, want: number): number {
  let sure = 0;
  let seen = 0;
  let place = index;
  while (place > 0 && sure < want && seen < want * DENSE) {
    const event = events[--place]!;
    if (SURE.has(event.type)) sure++;
    if (isTold(event)) seen++;
    place = skipBack(events, place);
  }
  return runUp(events, place);
}

/** Events join rows that began up to half a second earlier: those are read too. In ms, and at most so many events. */
const RUN_UP = { time: 600, events: 200 };

function runUp(events: readonly SessionEvent[], from: number): number {
  const since = (events[from]?.at ?? 0) - RUN_UP.time;
  let place = from;
  while (place > 0 && from - place < RUN_UP.events && events[place - 1]!.at > since) place--;
  return place;
}

/** Whether the sending of a message that arrives was recorded. */
function wasSent({ facts }: View, arrival: SessionEvent): boolean {
  if (arrival.type === ':signal.received') {
    const { correlation, peer } = arrival;
    const index = facts.messages.findLastIndex(
      (message) => message.correlation === correlation && message.to === peer,
    );
    return correlation !== undefined && facts.messages.get(index)?.sentAt != null;
  }
  if (arrival.type !== ':data.received') return false;
  const { label, number } = arrival.value;
  const index = facts.data.messages.findLastIndex(
    (packet) => packet.label === label && packet.number === number && packet.to === arrival.peer,
  );
  return facts.data.messages.get(index)?.sentAt != null;
}

/** Checks stand after what began them and before what they led to; rows of one time keep their order. */
function merge(made: readonly Row[], concludedRows: readonly Row[]): Row[] {
  const rank = (row: Row): number => (row.kind !== 'check' ? 1 : row.way === 'ask' ? 2 : 0);
  return [...made, ...concludedRows].sort((a, b) => a.order - b.order || rank(a) - rank(b));
}

/** Both sides mostly choose the same pair, and a row of checks goes on: neighbours of the same kind become one. */
function fold(rows: readonly Row[]): readonly Row[] {
  const folded: Row[] = [];
  for (const row of rows) {
    const isFolding = row.kind === 'check' || row.kind === 'chosen';
    const at = isFolding ? folded.findLastIndex((other) => joins(other, row) || !isPassed(other, row)) : -1;
    const other = folded[at];
    if (other && joins(other, row)) folded[at] = joined(other, row);
    else folded.push(row);
  }
  return folded;
}

/** Rows of the same kind may stand between two that become one, save answers: they end a round of checks. */
const isPassed = (other: Row, row: Row): boolean =>
  other.kind === row.kind && (other.kind !== 'check' || other.way === 'ask');

function joins(a: Row, b: Row): boolean {
  if (a.kind === 'chosen' && b.kind === 'chosen') return isMirror(a, b);
  return a.kind === 'check' && b.kind === 'check' && a.peer === b.peer && a.way === b.way && a.way === 'ask';
}

const isMirror = (a: ChosenRow, b: ChosenRow): boolean =>
  a.ports !== null && b.ports !== null && samePorts(a.ports, b.ports);

const samePorts = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a.toSorted().join() === b.toSorted().join();

function joined(a: Row, b: Row): Row {
  const together = {
    until: b.until,
    events: [...a.events, ...b.events],
    pairs: [...new Set([...a.pairs, ...b.pairs])],
  };
  if (a.kind === 'check' && b.kind === 'check') {
    const ports = together.pairs.length === 1 ? a.ports : null;
    return { ...a, ...together, count: a.count + b.count, ports };
  }
  if (a.kind === 'chosen' && b.kind === 'chosen')
    return { ...a, ...together, by: b.by, isMutual: a.isMutual || a.peer !== b.peer };
  return a;
}
