/** One end that writes one letter and reads one: offer or answer with all its candidates in it (RFC 9429, section 3.5.1). */
import type { Clock } from '../core/base/clock.ts';
import { type Description, type Emit, RECORD_CHANNEL } from '../core/session/event.ts';
import { type Endpoint, browserName, createEndpoint } from './endpoint.ts';
import { type CopyPaste, copyPaste } from './signalling/copy-paste.ts';

export interface CopyPasteEndpoint {
  readonly end: Endpoint;
  /** The offer, once gathering is complete, or has taken longer than anybody waits. */
  writeOffer(): Promise<Description>;
  /** Takes the offer and gives the answer. */
  writeAnswer(offer: string): Promise<Description>;
  setAnswer(answer: string): Promise<void>;
  send(text: string): void;
  close(): void;
}

export interface CopyPasteEndpointOptions {
  readonly role: 'A' | 'B';
  readonly configuration: RTCConfiguration;
  readonly emit: Emit;
  readonly now: Clock;
  /** The channel that people write on, made here or come from the other side. */
  readonly found?: (channel: RTCDataChannel) => void;
}

/** A server that does not answer holds gathering up; the candidates that are there by then must do. In ms. */
const GATHERING = 8000;

export function copyPasteEndpoint({
  role,
  configuration,
  emit,
  now,
  found,
}: CopyPasteEndpointOptions): CopyPasteEndpoint {
  const other = role === 'A' ? 'B' : 'A';
  introduce(role, emit, now);
  const channel: CopyPaste = copyPaste(() => {});
  const common = { id: role, other, configuration, emit, now };
  const end = createEndpoint({ ...common, signalling: channel, isIntroduced: true });
  const { pc } = end;
  end.listen(() => {});
  pc.addEventListener('datachannel', ({ channel }) => {
    if (channel.label !== RECORD_CHANNEL) found?.(channel);
  });

  async function complete(kind: 'offer' | 'answer'): Promise<Description> {
    await gathered(pc);
    const { sdp } = pc.localDescription!;
    end.post({ kind, payload: { type: kind, sdp } });
    return { type: kind, sdp };
  }

  /** As the message of the other end would have come over any other channel. */
  function arrive(kind: 'offer' | 'answer', sdp: string): void {
    channel.deliver(JSON.stringify({ id: `${other}>${role}#1`, kind, payload: { type: kind, sdp } }));
  }

  return {
    end,
    async writeOffer() {
      end.channel = pc.createDataChannel('icescope');
      found?.(end.channel);
      await pc.setLocalDescription(await pc.createOffer());
      return complete('offer');
    },
    async writeAnswer(sdp) {
      arrive('offer', sdp);
      await pc.setRemoteDescription({ type: 'offer', sdp });
      await pc.setLocalDescription(await pc.createAnswer());
      return complete('answer');
    },
    async setAnswer(sdp) {
      arrive('answer', sdp);
      await pc.setRemoteDescription({ type: 'answer', sdp });
    },
    send: (text) => end.channel?.send(text),
    close: () => end.close(),
  };
}

/** The session, and who takes part. Whoever offers is A on both sides. */
function introduce(role: 'A' | 'B', emit: Emit, now: Clock): void {
  const startedAt = Date.now() - Math.round(now());
  const { userAgent } = navigator;
  emit({ type: ':session', peer: '', at: 0, value: { kind: 'devices', startedAt, userAgent } });
  for (const peer of ['A', 'B']) {
    const own = { place: 'this device', browser: browserName() };
    emit({ type: ':peer', peer, at: 0, value: peer === role ? own : { place: 'the other device' } });
  }
}

function gathered(pc: RTCPeerConnection): Promise<void> {
  if (pc.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHERING);
    pc.addEventListener('icegatheringstatechange', () => {
      if (pc.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}
