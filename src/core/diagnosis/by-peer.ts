/** The events of a session by their connection: each one asks for its own, and there may be thousands. */
import type { EventOf, PeerId, SessionEvent } from '../session/event.ts';

interface Sorted {
  readonly of: Map<PeerId, SessionEvent[]>;
  session: (EventOf<':session'> & SessionEvent) | undefined;
  /** The events read so far, and the last of them. */
  count: number;
  last: SessionEvent | undefined;
}

const known = new WeakMap<readonly SessionEvent[], Sorted>();

/** Reads on where it stopped for this list; all of it again when events came in between. */
export function byPeer(events: readonly SessionEvent[]): Readonly<Sorted> {
  let sorted = known.get(events);
  if (!sorted || events[sorted.count - 1] !== sorted.last) {
    sorted = { of: new Map(), session: undefined, count: 0, last: undefined };
    known.set(events, sorted);
  }
  for (; sorted.count < events.length; sorted.count++) {
    const event = events[sorted.count]!;
    sorted.last = event;
    if (event.type === ':session') sorted.session ??= event;
    const own = sorted.of.get(event.peer);
    if (own) own.push(event);
    else sorted.of.set(event.peer, [event]);
  }
  return sorted;
}
