/** The same two ends, and each call is somebody's: in any order, with what is at hand, so that the browser may refuse. */
import type { Clock } from '../core/base/clock.ts';
import type { Hand, ManualStep } from '../core/diagnosis/legal-steps.ts';
import type { CandidateInit, Description, Emit } from '../core/session/event.ts';
import { originOf } from '../core/projections/descriptions.ts';
import type { Endpoint } from './endpoint.ts';
import { type Between, type LoopbackOptions, createEnds } from './loopback.ts';

export type Side = 'A' | 'B';

export interface ManualSignalling {
  /** What a side has in its hands now. */
  hand(side: Side): Hand;
  /** Puts a description into a side's hands, as if a message had brought it. */
  give(side: Side, description: Description): void;
  /** Does one call; rejects with the browser's own error. */
  run(side: Side, step: ManualStep): Promise<void>;
  close(): void;
}

interface Hands {
  readonly end: Endpoint;
  made: RTCSessionDescriptionInit | null;
  /** The local description that the other side was sent. */
  sent: string | null;
  received: Description | null;
  waiting: CandidateInit[];
  /** Gathered before the description was sent: they go with it. */
  held: CandidateInit[];
}

export function createManualSignalling(
  options: LoopbackOptions,
  emit: Emit,
  now: Clock,
  between?: Between,
): ManualSignalling {
  const { a, b } = createEnds(options, emit, now, between);
  const sides: Readonly<Record<Side, Hands>> = { A: handsOf(a), B: handsOf(b) };
  return {
    hand: (side) => lookAt(sides[side]),
    give: (side, description) => void (sides[side].received = description),
    run: (side, step) => STEPS[step](sides[side]),
    close: () => {
      a.close();
      b.close();
    },
  };
}

function handsOf(end: Endpoint): Hands {
  const hands: Hands = { end, made: null, sent: null, received: null, waiting: [], held: [] };
  end.listen(({ kind, payload }) => {
    if (kind === 'candidate' || kind === 'end') hands.waiting.push(payload as CandidateInit);
    else hands.received = payload as Description;
  });
  end.pc.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate) return;
    hands.held.push(candidate.toJSON() as CandidateInit);
    if (hands.sent !== null) postCandidates(hands);
  });
  return hands;
}

function postCandidates({ end, held }: Hands): void {
  for (const payload of held.splice(0))
    end.post({ kind: payload.candidate === '' ? 'end' : 'candidate', payload });
}

function lookAt({ end: { pc, channel }, made, sent, received, waiting }: Hands): Hand {
  const local = pc.localDescription;
  return {
    signalingState: pc.signalingState,
    hasChannel: channel !== null,
    made: made ? (made.type as 'offer' | 'answer') : null,
    unsent: local && originOf(local.sdp) !== sent ? local.type : null,
    received: received?.type ?? null,
    hasRemote: pc.remoteDescription !== null,
    candidatesWaiting: waiting.length,
    connected: pc.connectionState === 'connected',
  };
}

/** One that was found for an offer that has been taken back is refused, and never of use. */
const belongsTo = ({ usernameFragment }: CandidateInit, sdp: string): boolean =>
  usernameFragment == null || sdp.split(/\r?\n/).includes(`a=ice-ufrag:${usernameFragment}`);

/** Candidates change the text; the `o=` line tells which description it is (RFC 8866, section 5.2). */

const STEPS: Readonly<Record<ManualStep, (hands: Hands) => Promise<void>>> = {
  async createDataChannel({ end }) {
    end.channel = end.pc.createDataChannel('icescope');
  },
  async createOffer(hands) {
    hands.made = await hands.end.pc.createOffer();
  },
  async createAnswer(hands) {
    hands.made = await hands.end.pc.createAnswer();
  },
  /** With nothing created, the browser writes the description itself (W3C WebRTC, section 4.4.2). */
  async setLocalDescription(hands) {
    await (hands.made ? hands.end.pc.setLocalDescription(hands.made) : hands.end.pc.setLocalDescription());
    hands.made = null;
  },
  async send(hands) {
    const local = hands.end.pc.localDescription;
    if (!local)
      throw new Error('There is no local description to send yet: setLocalDescription comes first.');
    hands.end.post({ kind: local.type, payload: { type: local.type, sdp: local.sdp } });
    hands.sent = originOf(local.sdp);
    postCandidates(hands);
  },
  async setRemoteDescription(hands) {
    const { received } = hands;
    await hands.end.pc.setRemoteDescription(received as RTCSessionDescriptionInit);
    if (hands.received === received) hands.received = null;
    hands.waiting = hands.waiting.filter((candidate) => belongsTo(candidate, received?.sdp ?? ''));
  },
  /** All that came; with none, the end of candidates. What the browser refuses stays at hand. */
  async addIceCandidate(hands) {
    const candidates = hands.waiting.splice(0);
    if (candidates.length === 0) return hands.end.pc.addIceCandidate();
    try {
      while (candidates[0]) {
        await hands.end.pc.addIceCandidate(candidates[0] as RTCIceCandidateInit);
        candidates.shift();
      }
    } finally {
      hands.waiting.unshift(...candidates);
    }
  },
  async restartIce({ end }) {
    end.pc.restartIce();
  },
  async rollback(hands) {
    await hands.end.pc.setLocalDescription({ type: 'rollback' });
    hands.made = null;
    hands.held = [];
  },
  async close({ end }) {
    end.pc.close();
  },
};
