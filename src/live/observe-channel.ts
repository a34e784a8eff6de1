import type { Tell } from './tell.ts';

/** Tells a data channel's states and messages: their number and size, and their text only where that was agreed. */
export function observeChannel(
  channel: RTCDataChannel,
  tell: Tell,
  signal: AbortSignal,
  recordText: boolean,
): void {
  const { label } = channel;
  let sent = 0;
  let received = 0;
  const state = () => tell(':datachannel.state', { label, state: channel.readyState });
  const message = (number: number, data: unknown) => ({
    label,
    number,
    bytes: sizeOf(data),
    ...(recordText && typeof data === 'string' ? { text: data } : {}),
  });
  state();
  for (const type of ['open', 'closing', 'close']) channel.addEventListener(type, state, { signal });
  channel.addEventListener('message', ({ data }) => tell(':data.received', message(++received, data)), {
    signal,
  });
  const { send } = channel;
  const observed = {
    send(this: RTCDataChannel, data: unknown): void {
      send.call(this, data as never);
      if (this === channel) tell(':data.sent', message(++sent, data));
    },
  };
  Object.defineProperty(channel, 'send', {
    value: observed.send,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}

/** Bytes as they travel: text is UTF-8 (RFC 8831, section 6.6). */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return new TextEncoder().encode(data).length;
  if (data instanceof Blob) return data.size;
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}
