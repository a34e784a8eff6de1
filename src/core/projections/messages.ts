import { Vector } from '../base/vector.ts';
import type { EventOf, Signal } from '../session/event.ts';
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
}

/** What the two told each other over the signalling channel, and when it arrived. */
export const messages: Projection<Vector<Message>> = {
  id: 'messages',
  initial: Vector.empty(),
  reduce(facts, event) {
    if (event.type === ':signal.sent') return facts.append(sent(event));
    if (event.type === ':signal.received') return arrive(facts, event);
    return facts;
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
  const index = facts.findLastIndex(
    (message) =>
      message.correlation !== null && message.correlation === event.correlation && message.to === event.peer,
  );
  if (index >= 0) return facts.set(index, { ...facts.get(index)!, receivedAt: event.at });
  return facts.append({
    ...common(event),
    from: event.value.from,
    to: event.peer,
    sentAt: null,
    receivedAt: event.at,
  });
}

const common = (event: EventOf<':signal.sent'> | EventOf<':signal.received'>) => ({
  id: event.id,
  kind: event.value.kind,
  channel: event.value.channel,
  bytes: event.value.bytes,
  payload: event.value.payload,
  correlation: event.correlation ?? null,
});
