import type { Tell } from './tell.ts';

/**
 * Tells the states of the DTLS transport of the first m-section. Which one that is may change when an answer bundles
 * sections; the returned function looks again.
 */
export function observeDtls(pc: RTCPeerConnection, tell: Tell, signal: AbortSignal): () => void {
  let followed: RTCDtlsTransport | null = null;
  let told = 'new';

  function say(): void {
    if (!followed || followed.state === told) return;
    told = followed.state;
    tell(':dtls.state', told as RTCDtlsTransportState);
  }

  function look(): void {
    const found = firstTransport(pc);
    if (found && found !== followed) {
      followed?.removeEventListener('statechange', look);
      followed = found;
      followed.addEventListener('statechange', look, { signal });
    }
    say();
  }

  return look;
}

/** Media stand before data in a first offer (RFC 9429, section 5.2.1). */
function firstTransport(pc: RTCPeerConnection): RTCDtlsTransport | null {
  const sender = pc.getSenders().find(({ transport }) => transport);
  return sender?.transport ?? pc.sctp?.transport ?? null;
}
