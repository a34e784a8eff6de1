import type { EventValues } from '../core/session/event.ts';
import { type Stop, listen } from './listen.ts';
import type { Emitter } from './emit.ts';

type Events = RTCPeerConnectionEventMap;

export interface EventHooks {
  readonly channel: (channel: RTCDataChannel) => void;
  /** The ICE or the connection state is another, and told. */
  readonly moved: () => void;
}

/** Tells the events of the W3C interface; gives back how to stop. */
export function observeEvents(pc: RTCPeerConnection, emit: Emitter, { channel, moved }: EventHooks): Stop {
  const on = <K extends keyof Events>(type: K, listener: (event: Events[K]) => void) =>
    listen<Event & Events[K]>(pc, [type], listener);
  const stops = [
    on('icecandidate', ({ candidate }) => emit('onicecandidate', candidate && gathered(candidate))),
    on('icecandidateerror', ({ url, address, port, errorCode, errorText }) =>
      emit('onicecandidateerror', { url, address, port, errorCode, errorText }),
    ),
    on('signalingstatechange', () => emit('onsignalingstatechange', pc.signalingState)),
    on('icegatheringstatechange', () => emit('onicegatheringstatechange', pc.iceGatheringState)),
    on('iceconnectionstatechange', () => {
      emit('oniceconnectionstatechange', pc.iceConnectionState);
      moved();
    }),
    on('connectionstatechange', () => {
      emit('onconnectionstatechange', pc.connectionState);
      moved();
    }),
    on('negotiationneeded', () => emit('onnegotiationneeded', null)),
    on('track', ({ track, transceiver }) => emit('ontrack', { kind: track.kind, mid: transceiver.mid })),
    on('datachannel', ({ channel: dc }) => {
      // Its id is not read: Chromium asks another thread for it, just when the channel is about to open.
      emit('ondatachannel', { label: dc.label, ordered: dc.ordered });
      channel(dc);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Written out: the browser's own object needs none of the care that a page's arguments do. */
const gathered = (found: RTCIceCandidate): EventValues['onicecandidate'] => ({
  candidate: found.candidate,
  sdpMid: found.sdpMid,
  sdpMLineIndex: found.sdpMLineIndex,
  usernameFragment: found.usernameFragment,
  url: (found as { url?: string | null }).url ?? null,
  relayProtocol: (found as { relayProtocol?: string | null }).relayProtocol ?? null,
});
