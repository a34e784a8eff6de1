/**
 * Attaches to an RTCPeerConnection and tells everything that happens on it: calls with their outcome, events of the W3C
 * interface, DTLS and data channel states, and getStats while it matters. The page sees the same values, promises,
 * errors and events as without it. TURN credentials are taken out here.
 */
import type { Clock } from '../core/base/clock.ts';
import type { Emit, NewEvent, PeerId } from '../core/session/event.ts';
import { hasWebRtc } from './has-web-rtc.ts';
import type { Stop } from './listen.ts';
import { configurationOf } from './observe-arguments.ts';
import { observeCalls } from './observe-calls.ts';
import { type Kept, observeChannel } from './observe-channel.ts';
import { observeDtls } from './observe-dtls.ts';
import { observeEvents } from './observe-events.ts';
import { type OnMethod, onMethod as onOwnMethod } from './observe-method.ts';
import { pollStats } from './poll-stats.ts';
import type { Emitter } from './emit.ts';

export interface ObserveOptions {
  readonly peer: PeerId;
  readonly emit: Emit;
  /** Milliseconds since the session began. */
  readonly now: Clock;
  /** Keep the text of data channel messages: only where the page's owner agreed. */
  readonly recordText?: boolean;
  /** Of a channel with this label no message is recorded: what carries the recording would else record itself. */
  readonly unrecorded?: string;
  /** How calls are met. Left out: by layers on the methods of this one connection. */
  readonly onMethod?: OnMethod;
}

const getConfiguration = hasWebRtc ? RTCPeerConnection.prototype.getConfiguration : null;

/** Begins with `create`; gives back how to stop, which leaves the connection as it was found. */
export function observe(pc: RTCPeerConnection, options: ObserveOptions): Stop {
  const stops: Stop[] = [];
  const emit = emitterFor(options);
  const { onMethod = onOwnMethod } = options;
  emit('create', configurationOf(getConfiguration!.call(pc)));
  const stats = pollStats(pc, emit);
  const dtls = observeDtls(pc, emit);
  const channel = (dc: RTCDataChannel) =>
    void stops.push(observeChannel(dc, emit, keptOf(dc, options), onMethod));
  const moved = () => {
    dtls.look();
    stats.changed();
  };
  stops.push(
    observeEvents(pc, emit, { channel, moved }),
    observeCalls(pc, emit, { channel, closing: stats.closing }, onMethod),
    dtls.stop,
    stats.stop,
    emit.stop,
  );
  return () => stops.splice(0).forEach((stop) => stop());
}

const keptOf = ({ label }: RTCDataChannel, { recordText, unrecorded }: ObserveOptions): Kept =>
  label === unrecorded ? 'nothing' : recordText ? 'text' : 'size';

/** A listener of ours that throws is reported like any other, and the page's call goes on. */
function emitterFor({ peer, emit, now }: ObserveOptions): Emitter & { readonly stop: Stop } {
  let stopped = false;
  const emitter: Emitter = (type, value, correlation) => {
    if (stopped) return;
    const event = { type, peer, at: now(), value };
    try {
      emit((correlation === undefined ? event : { ...event, correlation }) as NewEvent);
    } catch (error) {
      reportError(error);
    }
  };
  return Object.assign(emitter, { stop: () => void (stopped = true) });
}
