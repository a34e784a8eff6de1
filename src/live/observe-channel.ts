import { type Stop, listen } from './listen.ts';
import { onMethod } from './observe-method.ts';
import type { Tell } from './tell.ts';

/** Tells a data channel's states and messages: their number and size, and their text only where that was agreed. */
export function observeChannel(channel: RTCDataChannel, tell: Tell, recordText: boolean): Stop {
  const { label } = channel;
  let sent = 0;
  let received = 0;
  let told = '';
  const state = () => {
    if (channel.readyState === told) return;
    told = channel.readyState;
    tell(':datachannel.state', { label, state: told });
  };
  const message = (number: number, data: unknown) => ({ label, number, ...sizeOf(data, recordText) });
  state();
  const stops = [
    listen(channel, ['open', 'closing', 'close'], state),
    listen<MessageEvent>(channel, ['message'], ({ data }) =>
      tell(':data.received', message(++received, data)),
    ),
    onMethod(channel, 'send', (proceed, args) => {
      const result = proceed(args);
      tell(':data.sent', message(++sent, args[0]));
      return result;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Bytes as they travel: text is UTF-8 (RFC 8831, section 6.6). What is no Blob or buffer travels as text. */
function sizeOf(data: unknown, recordText: boolean): { readonly bytes: number; readonly text?: string } {
  if (data instanceof Blob) return { bytes: data.size };
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { bytes: data.byteLength };
  const text = String(data);
  return { bytes: utf8.encode(text).length, ...(recordText ? { text } : {}) };
}

const utf8 = new TextEncoder();
