import type { EventValues } from '../core/session/event.ts';
import { type Stop, listen } from './listen.ts';
import type { Tell } from './emit.ts';

type Events = RTCPeerConnectionEventMap;

export interface EventHooks {
  readonly channel: (channel: RTCDataChannel) => void;
  /** The ICE or the connection state is another, and told. */
  readonly moved: () => void;
}

/** Tells the events of the W3C interface; gives back how to stop. */
export function observeEvents(pc: RTCPeerConnection, tell: Tell, { channel, moved }: EventHooks): Stop {
  const on = <K extends keyof Events>(type: K, listener: (event: Events[K]) => void) =>
    listen<Event & Events[K]>(pc, [type], listener);
  const stops = [
    on('icecandidate', ({ candidate }) => tell('onicecandidate', candidate && gathered(candidate))),
    on('icecandidateerror', ({ url, address, port, errorCode, errorText }) =>
      tell('onicecandidateerror', { url, address, port, errorCode, errorText }),
    ),
    on('signalingstatechange', () => tell('onsignalingstatechange', pc.signalingState)),
    on('icegatheringstatechange', () => tell('onicegatheringstatechange', pc.iceGatheringState)),
    on('iceconnectionstatechange', () => {
      tell('oniceconnectionstatechange', pc.iceConnectionState);
      moved();
    }),
    on('connectionstatechange', () => {
      tell('onconnectionstatechange', pc.connectionState);
      moved();
    }),
    on('negotiationneeded', () => tell('onnegotiationneeded', null)),
    on('track', ({ track, transceiver }) => tell('ontrack', { kind: track.kind, mid: transceiver.mid })),
    on('datachannel', ({ channel: dc }) => {
      // Its id is not read: Chromium asks another thread for it, just when the channel is about to open.
      tell('ondatachannel', { label: dc.label, ordered: dc.ordered });
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
