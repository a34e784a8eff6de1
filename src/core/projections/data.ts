import { append, replace } from '../base/in-place.ts';
import { Lookup } from '../base/lookup.ts';
import { Vector } from '../base/vector.ts';
import type { EventOf } from '../session/event.ts';
import type { Projection } from './projection.ts';

export interface Channel {
  readonly peer: string;
  readonly label: string;
  readonly state: string;
  readonly openedAt: number | null;
  /** Id of the event that told so. */
  readonly openEvent: string | null;
}

export interface Packet {
  readonly id: string;
  readonly label: string;
  readonly number: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly bytes: number;
  readonly text: string | null;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
}

export interface DataFacts {
  readonly channels: readonly Channel[];
  readonly messages: Vector<Packet>;
}

/** Data channels and what went over them. */
export const data: Projection<DataFacts> = {
  id: 'data',
  initial: { channels: [], messages: Vector.empty() },
  reduce(facts, event) {
    switch (event.type) {
      case ':datachannel.state':
        return { ...facts, channels: moved(facts.channels, event) };
      case ':data.sent':
        return {
          ...facts,
          messages: more(facts.messages, { ...common(event), from: event.peer, sentAt: event.at }),
        };
      case ':data.received':
        return { ...facts, messages: arrive(facts.messages, event) };
      default:
        return facts;
    }
  },
};

const byLabel = new Lookup<Channel>(({ peer, label }) => JSON.stringify([peer, label]));

function moved(
  channels: readonly Channel[],
  { id, peer, at, value }: EventOf<':datachannel.state'>,
): readonly Channel[] {
  const index = byLabel.find(channels, JSON.stringify([peer, value.label]));
  const before = channels[index] ?? { peer, label: value.label, state: '', openedAt: null, openEvent: null };
  const opens = value.state === 'open';
  const after = {
    ...before,
    state: value.state,
    openedAt: opens ? at : before.openedAt,
    openEvent: opens ? id : before.openEvent,
  };
  return byLabel.carry(channels, index < 0 ? append(channels, after) : replace(channels, index, after));
}

const keyOf = (label: string, number: number): string => JSON.stringify([label, number]);
const byNumber = new Lookup<Packet>(({ label, number }) => keyOf(label, number));
const more = (messages: Vector<Packet>, packet: Packet): Vector<Packet> =>
  byNumber.carry(messages, messages.append(packet));

/** The n-th message sent on a channel is the n-th to arrive at the other end (ordered channels, RFC 8831 section 6.6). */
function arrive(messages: Vector<Packet>, event: EventOf<':data.received'>): Vector<Packet> {
  const { label, number } = event.value;
  const isIt = (sent: Packet): boolean =>
    sent.label === label && sent.number === number && sent.from !== event.peer && sent.to === null;
  const last = byNumber.find(messages, keyOf(label, number));
  const index = last >= 0 && isIt(messages.get(last)!) ? last : messages.findLastIndex(isIt, NEAR);
  if (index < 0) return more(messages, { ...common(event), to: event.peer, receivedAt: event.at });
  const after = { ...messages.get(index)!, to: event.peer, receivedAt: event.at };
  return byNumber.carry(messages, messages.set(index, after));
}

/** How far back a message is looked for whose number another one took: both ends number theirs from 1. */
const NEAR = 64;

const common = (event: EventOf<':data.sent'> | EventOf<':data.received'>): Packet => ({
  id: event.id,
  label: event.value.label,
  number: event.value.number,
  bytes: event.value.bytes,
  text: event.value.text ?? null,
  from: null,
  to: null,
  sentAt: null,
  receivedAt: null,
});
