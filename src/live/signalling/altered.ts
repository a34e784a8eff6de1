/** A channel in which somebody writes other descriptions: only DTLS, later, may notice (RFC 8827, section 4.3). */
import type { Description } from '../../core/session/event.ts';
import type { Channel } from './channel.ts';

/** The text that arrives in the place of the description's. */
export type Alter = (description: Description) => string;

/** What goes out of it is altered; each of two ends has a channel of its own. */
export const alteredChannel = (channel: Channel, alter: Alter): Channel => ({
  id: channel.id,
  send: (text) => channel.send(alterMessage(text, alter)),
  listen: (listener) => channel.listen(listener),
  close: () => channel.close(),
});

function alterMessage(text: string, alter: Alter): string {
  const message = JSON.parse(text) as { readonly kind: string; readonly payload: Description };
  if (message.kind !== 'offer' && message.kind !== 'answer') return text;
  return JSON.stringify({ ...message, payload: { ...message.payload, sdp: alter(message.payload) } });
}
