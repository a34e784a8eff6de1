import { type Stop, listen } from './listen.ts';
import type { OnMethod } from './observe-method.ts';
import type { Emitter } from './emit.ts';

/** What is kept of a message: its text, its number and size, or not even that it went. */
export type Kept = 'text' | 'size' | 'nothing';

/** Tells a data channel's states, and what is kept of its messages. */
export function observeChannel(channel: RTCDataChannel, emit: Emitter, kept: Kept, onMethod: OnMethod): Stop {
  const { label } = channel;
  let told = '';
  const state = () => {
    if (channel.readyState === told) return;
    told = channel.readyState;
    emit(':datachannel.state', { label, state: told });
  };
  state();
  const stops = [listen(channel, ['open', 'closing', 'close'], state)];
  if (kept !== 'nothing') stops.push(...observeMessages(channel, emit, kept, onMethod));
  return () => stops.forEach((stop) => stop());
}

function observeMessages(
  channel: RTCDataChannel,
  emit: Emitter,
  kept: 'text' | 'size',
  onMethod: OnMethod,
): readonly Stop[] {
  const { label } = channel;
  let sent = 0;
  let received = 0;
  const message = (number: number, data: unknown) => ({ label, number, ...sizeOf(data, kept === 'text') });
  return [
    listen<MessageEvent>(channel, ['message'], ({ data }) =>
      emit(':data.received', message(++received, data)),
    ),
    onMethod(channel, 'send', (proceed, args) => {
      const result = proceed(args);
      emit(':data.sent', message(++sent, args[0]));
      return result;
    }),
  ];
}

/** Bytes as they travel: text is UTF-8 (RFC 8831, section 6.6). What is no Blob or buffer travels as text. */
function sizeOf(data: unknown, recordText: boolean): { readonly bytes: number; readonly text?: string } {
  if (data instanceof Blob) return { bytes: data.size };
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { bytes: data.byteLength };
  const text = String(data);
  return { bytes: utf8.encode(text).length, ...(recordText ? { text } : {}) };
}

const utf8 = new TextEncoder();
