/**
 * Which call may come next when a connection is made by hand: what the state allows (W3C WebRTC, section 4.4.2) and what
 * brings the two nearer to each other (RFC 9429, section 3.2).
 */
export const HAND_STEPS = [
  'createDataChannel',
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'send',
  'setRemoteDescription',
  'addIceCandidate',
  'restartIce',
  'rollback',
  'close',
] as const;
/** Those that make a connection; the others change or end one that is there. */
export const CONNECTING_STEPS = HAND_STEPS.slice(0, 7);

export type ManualStep = (typeof HAND_STEPS)[number];

/** What one side has in its hands. */
export interface Hand {
  readonly signalingState: string;
  readonly hasChannel: boolean;
  /** Type of the description that was created and not set yet. */
  readonly made: 'offer' | 'answer' | null;
  /** Type of the local description that was not sent yet. */
  readonly unsent: string | null;
  /** Type of the description that came and was not set yet. */
  readonly received: string | null;
  readonly hasRemote: boolean;
  /** Candidates that came and were not added yet. */
  readonly candidatesWaiting: number;
  readonly connected: boolean;
}

/** Whether the browser would take the call now. */
export function isLegal(step: ManualStep, hand: Hand): boolean {
  const { signalingState: state } = hand;
  if (state === 'closed') return false;
  switch (step) {
    case 'createOffer':
      return state === 'stable' || state === 'have-local-offer';
    case 'createAnswer':
      return state === 'have-remote-offer' || state === 'have-local-pranswer';
    case 'setLocalDescription':
      return hand.made === null || LOCAL[hand.made].includes(state);
    case 'send':
      return hand.unsent !== null;
    case 'setRemoteDescription':
      return (REMOTE[hand.received ?? ''] ?? []).includes(state);
    case 'addIceCandidate':
      return hand.hasRemote && hand.candidatesWaiting > 0;
    case 'rollback':
      return state === 'have-local-offer' || state === 'have-remote-offer';
    default:
      return true;
  }
}

const LOCAL: Readonly<Record<'offer' | 'answer', readonly string[]>> = {
  offer: ['stable', 'have-local-offer'],
  answer: ['have-remote-offer', 'have-local-pranswer'],
};

/** An offer that meets an own offer rolls that one back (W3C WebRTC, section 4.4.1.4). */
const REMOTE: Readonly<Record<string, readonly string[]>> = {
  offer: ['stable', 'have-remote-offer', 'have-local-offer'],
  answer: ['have-local-offer', 'have-remote-pranswer'],
};

/** The one step that leads on; null when this side waits for the other. */
export function nextStep(hand: Hand, offers: boolean): ManualStep | null {
  const { signalingState: state } = hand;
  if (state === 'closed') return null;
  if (hand.made !== null && isLegal('setLocalDescription', hand)) return 'setLocalDescription';
  if (hand.unsent !== null) return 'send';
  if (hand.received !== null && isLegal('setRemoteDescription', hand)) return 'setRemoteDescription';
  if (state === 'have-remote-offer') return 'createAnswer';
  if (hand.hasRemote && hand.candidatesWaiting > 0) return 'addIceCandidate';
  if (!offers || hand.hasRemote || state !== 'stable') return null;
  return hand.hasChannel ? 'createOffer' : 'createDataChannel';
}
