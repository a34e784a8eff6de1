/** Rows of the letters that levers touched: each enters the channel, and leaves it once, twice or never. */
import type { EventOf } from '../../../core/session/event.ts';
import { type Band, type Touched, keyOf, overtaken } from './channel.ts';
import { type LadderState, type Entry, base, lastOf } from './state.ts';
import type { ChannelRow } from './row.ts';
import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';

/** True when the letter is one of the band, and its row is written. */
export function enterBand(
  ladder: LadderState,
  band: Band | null,
  entry: Entry,
  event: EventOf<':signal.sent'>,
): boolean {
  const touched = band?.messages.get(keyOf(event.value.to, event.correlation));
  if (!band || !touched) return false;
  const gathered = takeGathered(ladder, entry, touched);
  const row = channelRow(entry, band, touched, 'enter');
  row.events.unshift(...gathered);
  ladder.rows.push(row);
  return true;
}

/** A candidate that was gathered just now and leaves at once has one row: that of its letter. */
function takeGathered(ladder: LadderState, entry: Entry, { message }: Touched): readonly string[] {
  const row = lastOf(ladder, 'candidate', entry);
  const line = message.payload && 'candidate' in message.payload ? message.payload.candidate : '';
  if (!row || row.sent || row.line !== line) return [];
  ladder.rows.pop();
  return row.events;
}

/** What befalls it at the entrance belongs to the row on which it came. */
export function noteInBand(
  ladder: LadderState,
  event: EventOf<':signal.held'> | EventOf<':signal.duplicated'>,
): void {
  const key = keyOf(event.value.to, event.correlation);
  ladder.rows.findLast((row) => row.kind === 'channel' && row.key === key)?.events.push(event.id);
}

export function leaveBand(
  ladder: LadderState,
  band: Band | null,
  entry: Entry,
  event: EventOf<':signal.released'> | EventOf<':signal.dropped'>,
): void {
  const key = keyOf(event.value.to, event.correlation);
  const touched = band?.messages.get(key);
  if (!band || !touched) return;
  if (event.type === ':signal.dropped') return drop(ladder, band, entry, touched, event.value.by);
  const before = ladder.flights.get(key);
  const row = before?.kind === 'channel' ? before : channelRow(entry, band, touched, 'leave');
  if (row !== before) ladder.rows.push(row);
  else row.events.push(event.id);
  row.flight.count++;
  row.flight.waiting.push(event.correlation!);
  ladder.flights.set(key, row);
  const line = message(touched);
  if (line !== null) ladder.carried.set(`${event.value.to} ${line}`, row);
}

/** Lost at the entrance it stays on the row on which it came. */
function drop(ladder: LadderState, band: Band, entry: Entry, touched: Touched, by: 'chance' | 'hand'): void {
  const came = ladder.rows.find((row) => row.kind === 'channel' && row.key === touched.key);
  if (by === 'chance' && came?.kind === 'channel') {
    came.dropped = true;
    came.events.push(entry.event.id);
  } else ladder.rows.push({ ...channelRow(entry, band, touched, 'drop'), dropped: true });
}

const message = ({ message: { kind, payload } }: Touched): string | null =>
  kind === 'candidate' || kind === 'end'
    ? payload && 'candidate' in payload
      ? (payload.candidate ?? '')
      : ''
    : null;

function channelRow(entry: Entry, band: Band, touched: Touched, step: ChannelRow['step']): ChannelRow {
  const { from, to, kind, bytes } = touched.message;
  const candidate = readCandidate(message(touched) ?? '');
  return {
    ...base(entry),
    kind: 'channel',
    peer: from,
    candidates: candidate ? [candidateKey(candidate)] : [],
    step,
    key: touched.key,
    what: kind,
    type: touched.type,
    bytes,
    took: entry.event.at - touched.sentAt,
    overtakes: step === 'leave' ? (overtaken(band, touched, entry.event.at)?.message.kind ?? null) : null,
    dropped: false,
    flight: { to, count: 0, bytes, arrived: 0, arrivedAt: null, waiting: [], added: false },
  };
}
