import { CALLS, type SessionEvent } from '../../../core/session/event.ts';
import { asked } from './server-requests.ts';
import { type Book, type Entry, emptyBook } from './state.ts';
import type { Band } from './channel.ts';
import { beginCall, refuse, succeed } from './calls.ts';
import { skipOn } from './digest.ts';
import type { Ends } from './lifelines.ts';
import type { Row } from './row.ts';
import { enterBand, leaveBand, noteInBand } from './passages.ts';
import { receive, send } from './signals.ts';
import { changeState, failedToAsk, gathered, noteText, receiveData, sendData, tell } from './events.ts';

const CALLING: ReadonlySet<string> = new Set(['create', ...CALLS]);

type Opposite = Ends['opposite'];

/** The rows that events `from` to `to` (exclusive) of the log make, of the peers that the ladder shows. */
export function rowsOf(
  events: readonly SessionEvent[],
  [from, to]: readonly [number, number],
  { letters, opposite, others }: Ends,
  band: Band | null,
  wasSentBefore: (arrival: SessionEvent) => boolean,
): readonly Row[] {
  const book = emptyBook();
  for (let place = skipOn(events, from, to); place < to; place = skipOn(events, place + 1, to)) {
    const event = events[place]!;
    if (letters.has(event.peer) && !isToOthers(event, others))
      write(book, { event, place, wasSentBefore }, opposite, band);
  }
  return book.rows;
}

function write(book: Book, entry: Entry, opposite: Opposite, band: Band | null): void {
  const { event } = entry;
  if (CALLING.has(event.type)) return beginCall(book, entry);
  if (event.type.endsWith('OnSuccess')) return succeed(book, entry);
  if (event.type.endsWith('OnFailure')) return refuse(book, entry);
  switch (event.type) {
    case 'onicecandidate':
      return gathered(book, entry, event);
    case 'onicecandidateerror':
      return failedToAsk(book, entry, event);
    case 'onsignalingstatechange':
    case 'onicegatheringstatechange':
      return changeState(book, entry, event.value);
    case ':signal.sent':
      return enterBand(book, band, entry, event) ? undefined : send(book, entry, event);
    case ':signal.received':
      return receive(book, entry, event);
    case ':signal.held':
    case ':signal.duplicated':
      return noteInBand(book, event);
    case ':signal.released':
    case ':signal.dropped':
      return leaveBand(book, band, entry, event);
    case ':packet':
      return asked(book, entry, event);
    case ':data.sent':
      return sendData(book, entry, event);
    case ':data.received':
      return receiveData(book, entry, event, opposite(event.peer));
    default: {
      const text = noteText(event);
      if (text !== null) tell(book, entry, text);
    }
  }
}

/** A message from or to a connection that the ladder does not show. */
function isToOthers(event: SessionEvent, others: Ends['others']): boolean {
  if (event.type === ':signal.sent') return others.has(event.value.to);
  return event.type === ':signal.received' && others.has(event.value.from);
}
