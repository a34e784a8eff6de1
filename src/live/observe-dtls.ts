import { type Stop, listen } from './listen.ts';
import type { Emitter } from './emit.ts';

/**
 * Tells the states of the DTLS transport of the first m-section, until it is closed and the connection has another: an
 * answer that bundles sections, for one, leaves a transport. Before ICE moves, DTLS does not, so that is when to look:
 * while descriptions are set the connection has more urgent things to do. `look` at each change of the ICE or connection
 * state.
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
    unfollow = listen(found, ['statechange'], look);
  }

  return { look, stop: () => unfollow() };
}

/** Transceivers stand in the order of their m-sections; the one of data channels is none of them. */
function firstTransport(pc: RTCPeerConnection): RTCDtlsTransport | null {
  const first = pc.getTransceivers().find(({ mid }) => mid !== null);
  return first ? first.sender.transport : (pc.sctp?.transport ?? null);
}
