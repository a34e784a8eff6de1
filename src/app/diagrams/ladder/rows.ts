import { CALLS, type SessionEvent } from '../../../core/session/event.ts';
import { asked } from './server-requests.ts';
import { type LadderState, type Entry, emptyLadder } from './state.ts';
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
  { labels, opposite, others }: Ends,
  band: Band | null,
  wasSentBefore: (arrival: SessionEvent) => boolean,
): readonly Row[] {
  const ladder = emptyLadder();
  for (let place = skipOn(events, from, to); place < to; place = skipOn(events, place + 1, to)) {
    const event = events[place]!;
    if (labels.has(event.peer) && !isToOthers(event, others))
      write(ladder, { event, place, wasSentBefore }, opposite, band);
  }
  return ladder.rows;
}

function write(ladder: LadderState, entry: Entry, opposite: Opposite, band: Band | null): void {
  const { event } = entry;
  if (CALLING.has(event.type)) return beginCall(ladder, entry);
  if (event.type.endsWith('OnSuccess')) return succeed(ladder, entry);
  if (event.type.endsWith('OnFailure')) return refuse(ladder, entry);
  switch (event.type) {
    case 'onicecandidate':
      return gathered(ladder, entry, event);
    case 'onicecandidateerror':
      return failedToAsk(ladder, entry, event);
    case 'onsignalingstatechange':
    case 'onicegatheringstatechange':
      return changeState(ladder, entry, event.value);
    case ':signal.sent':
      return enterBand(ladder, band, entry, event) ? undefined : send(ladder, entry, event);
    case ':signal.received':
      return receive(ladder, entry, event);
    case ':signal.held':
    case ':signal.duplicated':
      return noteInBand(ladder, event);
    case ':signal.released':
    case ':signal.dropped':
      return leaveBand(ladder, band, entry, event);
    case ':packet':
      return asked(ladder, entry, event);
    case ':data.sent':
      return sendData(ladder, entry, event);
    case ':data.received':
      return receiveData(ladder, entry, event, opposite(event.peer));
    default: {
      const text = noteText(event);
      if (text !== null) tell(ladder, entry, text);
    }
  }
}

/** A message from or to a connection that the ladder does not show. */
function isToOthers(event: SessionEvent, others: Ends['others']): boolean {
  if (event.type === ':signal.sent') return others.has(event.value.to);
  return event.type === ':signal.received' && others.has(event.value.from);
}
