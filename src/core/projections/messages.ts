import { append } from '../base/in-place.ts';
import { Vector } from '../base/vector.ts';
import type { EventOf, SessionEvent, Signal } from '../session/event.ts';
import type { Projection } from './projection.ts';

/** One message of the signalling channel. */
export interface Message {
  /** Id of the event of sending, or of arrival where the sending was not seen. */
  readonly id: string;
  readonly kind: Signal['kind'];
  readonly from: string;
  readonly to: string;
  readonly channel: string;
  readonly bytes: number;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly payload: Signal['payload'];
  readonly correlation: string | null;
  /** What impairments on the channel did to it; absent where nothing touched it. */
  readonly passage?: Passing;
}

/** How a message fared inside a channel with impairments. Times in ms since the session began. */
export interface Passing {
  readonly heldAt: number | null;
  readonly by: 'delay' | 'reorder' | 'hold' | null;
  /** When its time is over; null while it is held until somebody lets it go, or not held at all. */
  readonly until: number | null;
  /** When each copy left. */
  readonly leftAt: readonly number[];
  readonly dropped: { readonly at: number; readonly by: 'chance' | 'hand' } | null;
  readonly copies: number;
  /** When each copy after the first arrived. */
  readonly arrivedAgainAt: readonly number[];
}

/** What the two told each other over the signalling channel, and when it arrived. */
export const messages: Projection<Vector<Message>> = {
  id: 'messages',
  initial: Vector.empty(),
  reduce(facts, event) {
    if (event.type === ':signal.sent') return facts.append(sent(event));
    if (event.type === ':signal.received') return arrive(facts, event);
    return isPassage(event) ? pass(facts, event) : facts;
  },
};

const sent = (event: EventOf<':signal.sent'>): Message => ({
  ...common(event),
  from: event.peer,
  to: event.value.to,
  sentAt: event.at,
  receivedAt: null,
});

function arrive(facts: Vector<Message>, event: EventOf<':signal.received'>): Vector<Message> {
  const index = find(facts, event.correlation, event.peer);
  if (index >= 0) return facts.set(index, arrived(facts.get(index)!, event.at));
  return facts.append({
    ...common(event),
    from: event.value.from,
    to: event.peer,
    sentAt: null,
    receivedAt: event.at,
  });
}

/** A second arrival is that of a copy: the first one counts. */
function arrived(message: Message, at: number): Message {
  const { receivedAt, passage } = message;
  if (receivedAt === null || !passage) return { ...message, receivedAt: at };
  return { ...message, passage: { ...passage, arrivedAgainAt: append(passage.arrivedAgainAt, at) } };
}

const find = (facts: Vector<Message>, correlation: string | undefined, to: string): number =>
  correlation === undefined
    ? -1
    : facts.findLastIndex((message) => message.correlation === correlation && message.to === to);

type PassageEvent = EventOf<':signal.held' | ':signal.released' | ':signal.dropped' | ':signal.duplicated'>;

const isPassage = (event: SessionEvent): event is PassageEvent & SessionEvent =>
  /^:signal\.(held|released|dropped|duplicated)$/.test(event.type);

const UNTOUCHED: Passing = {
  heldAt: null,
  by: null,
  until: null,
  leftAt: [],
  dropped: null,
  copies: 1,
  arrivedAgainAt: [],
};

function pass(facts: Vector<Message>, event: PassageEvent & SessionEvent): Vector<Message> {
  const index = find(facts, event.correlation, event.value.to);
  if (index < 0) return facts;
  const message = facts.get(index)!;
  return facts.set(index, { ...message, passage: passed(message.passage ?? UNTOUCHED, event) });
}

function passed(passage: Passing, event: PassageEvent & SessionEvent): Passing {
  const { at } = event;
  switch (event.type) {
    case ':signal.held': {
      const { by, for: length } = event.value;
      return { ...passage, heldAt: at, by, until: length === null ? null : at + length };
    }
    case ':signal.released':
      return { ...passage, leftAt: append(passage.leftAt, at) };
    case ':signal.dropped':
      return { ...passage, dropped: { at, by: event.value.by } };
    case ':signal.duplicated':
      return { ...passage, copies: passage.copies + 1 };
  }
}

const common = (event: EventOf<':signal.sent'> | EventOf<':signal.received'>) => ({
  id: event.id,
  kind: event.value.kind,
  channel: event.value.channel,
  bytes: event.value.bytes,
  payload: event.value.payload,
  correlation: event.correlation ?? null,
});
