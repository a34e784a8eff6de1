import type { Emitter } from './emit.ts';
import { type Stop, listen } from './listen.ts';

/**
 * Emits the states of the DTLS transport of the first m-section, and the pair that the ICE transport below it selects,
 * until it is closed and the connection has another: an answer that bundles sections, for one, leaves a transport.
 * Before ICE moves, DTLS does not, so that is when to look: while descriptions are set the connection has more urgent
 * things to do. `look` at each change of the ICE or connection state.
 */
export function observeDtls(
  pc: RTCPeerConnection,
  emit: Emitter,
): { readonly look: () => void; readonly stop: Stop } {
  let followed: RTCDtlsTransport | null = null;
  let told: RTCDtlsTransportState = 'new';
  let unfollow: Stop = () => {};

  function look(): void {
    if (!followed || followed.state === 'closed') follow(firstTransport(pc));
    // No transport becomes new again: this one takes the place of another that had begun, and goes the same way.
    if (!followed || followed.state === told || followed.state === 'new') return;
    told = followed.state;
    emit(':dtls.state', told);
  }

  function follow(found: RTCDtlsTransport | null): void {
    if (!found || found === followed) return;
    unfollow();
    followed = found;
    const stops = [listen(found, ['statechange'], look), observeSelected(found.iceTransport, emit)];
    unfollow = () => stops.forEach((stop) => stop());
  }

  return { look, stop: () => unfollow() };
}

/** Where the browser tells of it: Firefox has neither the event nor the method. */
function observeSelected(transport: RTCIceTransport, emit: Emitter): Stop {
  const selected = (): void => {
    const { local, remote } = transport.getSelectedCandidatePair?.() ?? {};
    if (local && remote) emit(':ice.selected', { local: local.candidate, remote: remote.candidate });
  };
  return listen(transport, ['selectedcandidatepairchange'], selected);
}

/** Transceivers stand in the order of their m-sections; the one of data channels is none of them. */
function firstTransport(pc: RTCPeerConnection): RTCDtlsTransport | null {
  const first = pc.getTransceivers().find(({ mid }) => mid !== null);
  return first ? first.sender.transport : (pc.sctp?.transport ?? null);
}
