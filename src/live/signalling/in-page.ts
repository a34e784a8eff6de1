import type { Channel } from './channel.ts';

/** Both ends in one page: a MessageChannel, so that a message arrives in a later task, as text, in order. */
export function inPageChannels(): readonly [Channel, Channel] {
  const { port1, port2 } = new MessageChannel();
  return [channelOf(port1), channelOf(port2)];
}

const channelOf = (port: MessagePort): Channel => ({
  id: 'in-page',
  send: (text) => port.postMessage(text),
  // A port holds its messages until a listener is set and it is started.
  listen: (listener) => (port.onmessage = ({ data }) => listener(String(data))),
  close: () => port.close(),
});
