/** Rows of the letters that levers touched: each enters the channel, and leaves it once, twice or never. */
import type { EventOf } from '../../../core/session/event.ts';
import { type Band, type Touched, keyOf, overtaken } from './channel.ts';
import { type Book, type Entry, base, lastOf } from './state.ts';
import type { ChannelRow } from './row.ts';
import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';

/** True when the letter is one of the band, and its row is written. */
export function enterBand(
  book: Book,
  band: Band | null,
  entry: Entry,
  event: EventOf<':signal.sent'>,
): boolean {
  const letter = band?.letters.get(keyOf(event.value.to, event.correlation));
  if (!band || !letter) return false;
  const gathered = takeGathered(book, entry, letter);
  const row = channelRow(entry, band, letter, 'enter');
  row.events.unshift(...gathered);
  book.rows.push(row);
  return true;
}

/** A candidate that was gathered just now and leaves at once has one row: that of its letter. */
function takeGathered(book: Book, entry: Entry, { message }: Touched): readonly string[] {
  const row = lastOf(book, 'candidate', entry);
  const line = message.payload && 'candidate' in message.payload ? message.payload.candidate : '';
  if (!row || row.sent || row.line !== line) return [];
  book.rows.pop();
  return row.events;
}

/** What befalls it at the entrance belongs to the row on which it came. */
export function noteInBand(book: Book, event: EventOf<':signal.held'> | EventOf<':signal.duplicated'>): void {
  const key = keyOf(event.value.to, event.correlation);
  book.rows.findLast((row) => row.kind === 'channel' && row.letter === key)?.events.push(event.id);
}

export function leaveBand(
  book: Book,
  band: Band | null,
  entry: Entry,
  event: EventOf<':signal.released'> | EventOf<':signal.dropped'>,
): void {
  const key = keyOf(event.value.to, event.correlation);
  const letter = band?.letters.get(key);
  if (!band || !letter) return;
  if (event.type === ':signal.dropped') return drop(book, band, entry, letter, event.value.by);
  const before = book.flights.get(key);
  const row = before?.kind === 'channel' ? before : channelRow(entry, band, letter, 'leave');
  if (row !== before) book.rows.push(row);
  else row.events.push(event.id);
  row.flight.count++;
  row.flight.waiting.push(event.correlation!);
  book.flights.set(key, row);
  const line = message(letter);
  if (line !== null) book.carried.set(`${event.value.to} ${line}`, row);
}

/** Lost at the entrance it stays on the row on which it came. */
function drop(book: Book, band: Band, entry: Entry, letter: Touched, by: 'chance' | 'hand'): void {
  const came = book.rows.find((row) => row.kind === 'channel' && row.letter === letter.key);
  if (by === 'chance' && came?.kind === 'channel') {
    came.dropped = true;
    came.events.push(entry.event.id);
  } else book.rows.push({ ...channelRow(entry, band, letter, 'drop'), dropped: true });
}

const message = ({ message: { kind, payload } }: Touched): string | null =>
  kind === 'candidate' || kind === 'end'
    ? payload && 'candidate' in payload
      ? (payload.candidate ?? '')
      : ''
    : null;

function channelRow(entry: Entry, band: Band, letter: Touched, step: ChannelRow['step']): ChannelRow {
  const { from, to, kind, bytes } = letter.message;
  const candidate = readCandidate(message(letter) ?? '');
  return {
    ...base(entry),
    kind: 'channel',
    peer: from,
    candidates: candidate ? [candidateKey(candidate)] : [],
    step,
    letter: letter.key,
    what: kind,
    type: letter.type,
    bytes,
    took: entry.event.at - letter.sentAt,
    overtakes: step === 'leave' ? (overtaken(band, letter, entry.event.at)?.message.kind ?? null) : null,
    dropped: false,
    flight: { to, count: 0, bytes, arrived: 0, arrivedAt: null, waiting: [], added: false },
  };
}
