import type { Tell } from './tell.ts';

/**
 * Tells the states of the DTLS transport of the first m-section, until it is closed and the connection has another: a
 * rollback closes transports, and an answer that bundles sections leaves one of theirs. The returned function looks.
 */
export function observeDtls(pc: RTCPeerConnection, tell: Tell, signal: AbortSignal): () => void {
  let followed: RTCDtlsTransport | null = null;
  let told: RTCDtlsTransportState = 'new';

  function look(): void {
    if (!followed || followed.state === 'closed') follow(firstTransport(pc));
    if (!followed || followed.state === told) return;
    told = followed.state;
    tell(':dtls.state', told);
  }

  function follow(found: RTCDtlsTransport | null): void {
    if (!found || found === followed) return;
    followed?.removeEventListener('statechange', look);
    followed = found;
    followed.addEventListener('statechange', look, { signal });
  }

  return look;
}

/** Transceivers stand in the order of their m-sections; the one of data channels is none of them. */
function firstTransport(pc: RTCPeerConnection): RTCDtlsTransport | null {
  const first = pc.getTransceivers().find(({ mid }) => mid !== null);
  return first ? first.sender.transport : (pc.sctp?.transport ?? null);
}
