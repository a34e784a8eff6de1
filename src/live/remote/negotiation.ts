/**
 * Offer and answer between two ends that run the same code. `perfect` is the perfect negotiation example of the
 * specification (W3C WebRTC, section 10.7): when two offers cross, the polite side takes its own back and the impolite
 * side ignores the other's. `naive` answers whatever comes.
 *
 * Unlike there, messages are read one after the other. The example expects a channel that brings each once and in order;
 * read side by side, the second copy of an offer finds nothing left to answer, and setLocalDescription() then makes an
 * offer of its own: on a channel that brings everything twice the two would offer for ever.
 */
import type { CandidateInit, Description } from '../../core/session/event.ts';
import type { Endpoint, SignallingMessage } from '../endpoint.ts';

export type Code = 'perfect' | 'naive';

export interface NegotiationOptions {
  readonly polite: boolean;
  /** Asked for each message, so that the code can be changed while it runs. */
  readonly code: () => Code;
}

/** Gives back how to offer without being asked for it. */
export function negotiate(end: Endpoint, { polite, code }: NegotiationOptions): () => Promise<void> {
  const { pc } = end;
  let makingOffer = false;
  let ignoreOffer = false;
  let before: Promise<void> = Promise.resolve();

  async function offer(): Promise<void> {
    try {
      makingOffer = true;
      await pc.setLocalDescription();
      postLocal(end);
    } finally {
      makingOffer = false;
    }
  }

  async function readDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const readyForOffer = !makingOffer && pc.signalingState === 'stable';
    const offerCollision = description.type === 'offer' && !readyForOffer;
    ignoreOffer = code() === 'perfect' && !polite && offerCollision;
    if (ignoreOffer) return;
    // Where an own offer stands, this takes it back (W3C WebRTC, section 4.4.1.4).
    await pc.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    await pc.setLocalDescription();
    postLocal(end);
  }

  async function readCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await pc.addIceCandidate(candidate);
    } catch (error) {
      if (!ignoreOffer) throw error;
    }
  }

  async function read({ kind, payload }: SignallingMessage): Promise<void> {
    if (pc.signalingState === 'closed') return;
    if (kind === 'candidate' || kind === 'end')
      await readCandidate(payload as CandidateInit as RTCIceCandidateInit);
    else await readDescription(payload as Description as RTCSessionDescriptionInit);
  }

  end.listen((message) => {
    before = before.then(() => recorded(read(message)));
  });
  pc.addEventListener('negotiationneeded', () => void recorded(offer()));
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) postCandidate(end, candidate);
  });
  return () => recorded(offer());
}

/** What a browser refuses is in the recording, as the failure of its call; the next message may still be good. */
const recorded = (done: Promise<void>): Promise<void> => done.catch(() => {});

function postLocal({ pc, post }: Endpoint): void {
  const { type, sdp } = pc.localDescription!;
  post({ kind: type, payload: { type, sdp } });
}

function postCandidate(
  { post }: Endpoint,
  { candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate,
): void {
  const payload = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
  post({ kind: candidate === '' ? 'end' : 'candidate', payload });
}
