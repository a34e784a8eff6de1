/**
 * Attaches to an RTCPeerConnection and tells everything that happens on it: calls with their outcome, events of the W3C
 * interface, DTLS and data channel states, and getStats while it matters. The page sees the same values, promises,
 * errors and events as without it. TURN credentials are taken out here.
 */
import type { Clock } from '../core/base/clock.ts';
import type { Emit, EventValues, NewEvent, PeerId } from '../core/session/event.ts';
import { candidateOf, configurationOf } from './observe-arguments.ts';
import { observeCalls } from './observe-calls.ts';
import { observeChannel } from './observe-channel.ts';
import { observeDtls } from './observe-dtls.ts';
import { pollStats } from './poll-stats.ts';
import type { Tell } from './tell.ts';

export interface ObserveOptions {
  readonly peer: PeerId;
  readonly emit: Emit;
  /** Milliseconds since the session began. */
  readonly now: Clock;
  /** Keep the text of data channel messages: only where the page's owner agreed. */
  readonly recordText?: boolean;
}

/** Begins with `create`; gives back how to stop, which leaves the connection as it was found. */
export function observe(pc: RTCPeerConnection, options: ObserveOptions): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const tell = teller(options, signal);
  tell('create', configurationOf(pc.getConfiguration()));
  const stats = pollStats(pc, tell, signal);
  const channel = (dc: RTCDataChannel) => observeChannel(dc, tell, signal, options.recordText ?? false);
  const settled = observeDtls(pc, tell, signal);
  observeEvents(pc, tell, signal, channel);
  const restore = observeCalls(pc, tell, { channel, settled, closed: stats.stop });
  return () => {
    ended.abort();
    stats.stop();
    restore();
  };
}

/** A listener of ours that throws is reported like any other, and the page's call goes on. */
function teller({ peer, emit, now }: ObserveOptions, signal: AbortSignal): Tell {
  return (type, value, correlation) => {
    if (signal.aborted) return;
    const event = { type, peer, at: now(), value, ...(correlation === undefined ? {} : { correlation }) };
    try {
      emit(event as NewEvent);
    } catch (error) {
      reportError(error);
    }
  };
}

function observeEvents(
  pc: RTCPeerConnection,
  tell: Tell,
  signal: AbortSignal,
  channel: (dc: RTCDataChannel) => void,
): void {
  const on = <K extends keyof RTCPeerConnectionEventMap>(
    type: K,
    listener: (event: RTCPeerConnectionEventMap[K]) => void,
  ) => pc.addEventListener(type, listener, { signal });
  on('icecandidate', ({ candidate }) => tell('onicecandidate', candidate && gathered(candidate)));
  on('icecandidateerror', ({ url, address, port, errorCode, errorText }) =>
    tell('onicecandidateerror', { url, address, port, errorCode, errorText }),
  );
  on('signalingstatechange', () => tell('onsignalingstatechange', pc.signalingState));
  on('icegatheringstatechange', () => tell('onicegatheringstatechange', pc.iceGatheringState));
  on('iceconnectionstatechange', () => tell('oniceconnectionstatechange', pc.iceConnectionState));
  on('connectionstatechange', () => tell('onconnectionstatechange', pc.connectionState));
  on('negotiationneeded', () => tell('onnegotiationneeded', null));
  on('track', ({ track, transceiver }) => tell('ontrack', { kind: track.kind, mid: transceiver.mid }));
  on('datachannel', ({ channel: dc }) => {
    tell('ondatachannel', { label: dc.label, ordered: dc.ordered, id: dc.id });
    channel(dc);
  });
}

const gathered = (candidate: RTCIceCandidate): EventValues['onicecandidate'] => ({
  ...candidateOf(candidate),
  url: (candidate as { url?: string | null }).url ?? null,
  relayProtocol: (candidate as { relayProtocol?: string | null }).relayProtocol ?? null,
});
