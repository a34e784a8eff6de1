/** Two connections in one page that find each other, by the four steps of offer and answer (RFC 9429, section 3.2). */
import type { Clock } from '../core/base/clock.ts';
import type { CandidateInit, Description, Emit, PeerId } from '../core/session/event.ts';
import { type MediaAnswer, answerMedia } from './answer-media.ts';
import { echoBack, typicalEcho } from './echo.ts';
import { type Endpoint, type SignallingMessage, createEndpoint } from './endpoint.ts';
import type { Channel } from './signalling/channel.ts';
import { inPageChannels } from './signalling/in-page.ts';
import { type SyntheticMedia, syntheticMedia } from './synthetic-media.ts';

export interface LoopbackOptions {
  readonly audio: boolean;
  readonly video: boolean;
  /** Candidates go one by one as they are found; else inside the description, once all are known. */
  readonly trickle: boolean;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  readonly iceServers: readonly RTCIceServer[];
  /** Makes them each peer's own: with an account by which its packets are known. */
  readonly serversOf?: (peer: PeerId, servers: readonly RTCIceServer[]) => readonly RTCIceServer[];
  /** In place of what the servers were given with: to see what a wrong one does. */
  readonly turnPassword?: string;
  readonly bundlePolicy: RTCBundlePolicy;
  readonly iceCandidatePoolSize: number;
  /** What B says to sound and picture; left out, it only listens and looks. */
  readonly answers?: MediaAnswer | undefined;
}

type Wanted = Pick<LoopbackOptions, 'audio' | 'video'>;

export interface Loopback {
  readonly a: Endpoint;
  readonly b: Endpoint;
  /** Until both data channels are open; rejects with a sentence when that can not be. */
  connect(): Promise<void>;
  send(from: 'A' | 'B', text: string): void;
  /** Milliseconds there and back over the data channel. */
  echo(): Promise<number>;
  /** Another offer and answer, with media added where asked for. */
  renegotiate(media: Wanted): Promise<void>;
  /** Another in which A’s picture is taken back: its section is refused from then on. */
  stopVideo(): Promise<void>;
  restartIce(): Promise<void>;
  /** Offers, then takes the offer back. */
  rollback(): Promise<void>;
  close(): void;
}

/** How long a path is waited for: longer than the 15 s and more that browsers take to give up by themselves. */
const TIMEOUT = 40_000;

/** Puts something between the two on each one's side of the channel, such as impairments. */
export type Between = (channel: Channel, self: 'A' | 'B') => Channel;

export function createLoopback(
  options: LoopbackOptions,
  emit: Emit,
  now: Clock,
  between?: Between,
): Loopback {
  const { a, b } = createEnds(options, emit, now, between);
  const media: SyntheticMedia[] = [];
  const gone = new AbortController();

  const { answers } = options;
  if (answers) b.beforeAnswer = async () => void media.push(...(await answerMedia(b.pc, answers)));
  answerMessages(a, options.trickle);
  answerMessages(b, options.trickle);
  for (const end of [a, b]) if (options.trickle) trickle(end);
  b.pc.addEventListener('datachannel', ({ channel }) => echoBack(channel));

  let before: Promise<void> = Promise.resolve();
  /** One offer and its answer after the other, however quickly they are asked for. */
  const inTurn = (change: () => Promise<void>): Promise<void> =>
    (before = before.catch(() => {}).then(change));

  async function negotiate(): Promise<void> {
    const stable = settled(a.pc);
    await offer(a, options.trickle);
    await within(TIMEOUT, stable, 'B did not answer.', gone.signal);
  }

  return {
    a,
    b,
    async connect() {
      a.channel = a.pc.createDataChannel('icescope');
      media.push(addMedia(a.pc, options));
      const open = Promise.all([opened(a, gone.signal), opened(b, gone.signal)]);
      const failed = Promise.race([failure(a, options, gone.signal), failure(b, options, gone.signal)]);
      await offer(a, options.trickle);
      await within(TIMEOUT, Promise.race([open, failed]), 'No way was found in 40 seconds.', gone.signal);
    },
    send: (from, text) => (from === 'A' ? a : b).channel?.send(text),
    echo: () => within(5000, typicalEcho(a.channel), 'The echo did not come back in 5 seconds.', gone.signal),
    renegotiate: (wanted) =>
      inTurn(() => {
        media.push(addMedia(a.pc, wanted));
        return negotiate();
      }),
    stopVideo: () =>
      inTurn(() => {
        a.pc
          .getTransceivers()
          .find(({ sender }) => sender.track?.kind === 'video')
          ?.stop();
        return negotiate();
      }),
    restartIce: () =>
      inTurn(() => {
        a.pc.restartIce();
        return negotiate();
      }),
    rollback: () =>
      inTurn(async () => {
        await a.pc.setLocalDescription(await a.pc.createOffer());
        await a.pc.setLocalDescription({ type: 'rollback' });
      }),
    close() {
      gone.abort(new Error('The connection was closed.'));
      media.forEach((source) => source.stop());
      a.close();
      b.close();
    },
  };
}

/** What is wanted and not sent yet. */
function addMedia(pc: RTCPeerConnection, { audio, video }: Wanted): SyntheticMedia {
  const kinds = new Set(pc.getSenders().map(({ track }) => track?.kind));
  const added = syntheticMedia({ audio: audio && !kinds.has('audio'), video: video && !kinds.has('video') });
  for (const track of added.tracks) pc.addTrack(track);
  return added;
}

/** The two ends, observed, with a channel between them, and nothing done yet. */
export function createEnds(
  options: LoopbackOptions,
  emit: Emit,
  now: Clock,
  between: Between = (channel) => channel,
): { readonly a: Endpoint; readonly b: Endpoint } {
  emit({
    type: ':session',
    peer: '',
    at: 0,
    value: { kind: 'loopback', startedAt: Date.now() - Math.round(now()), userAgent: navigator.userAgent },
  });
  const [left, right] = inPageChannels();
  const common = { emit, now };
  return {
    a: createEndpoint({
      ...common,
      id: 'A',
      other: 'B',
      signalling: between(left, 'A'),
      configuration: configurationOf('A', options),
    }),
    b: createEndpoint({
      ...common,
      id: 'B',
      other: 'A',
      signalling: between(right, 'B'),
      configuration: configurationOf('B', options),
    }),
  };
}

function configurationOf(peer: PeerId, options: LoopbackOptions): RTCConfiguration {
  const { iceServers, serversOf, turnPassword, iceTransportPolicy, bundlePolicy, iceCandidatePoolSize } =
    options;
  const servers = serversOf?.(peer, iceServers) ?? iceServers;
  return {
    iceServers: servers.map((server) =>
      turnPassword && 'credential' in server ? { ...server, credential: turnPassword } : server,
    ),
    iceTransportPolicy,
    bundlePolicy,
    iceCandidatePoolSize,
  };
}

async function offer(end: Endpoint, trickles: boolean): Promise<void> {
  await end.pc.setLocalDescription(await end.pc.createOffer());
  await post(end, 'offer', trickles);
}

async function post(end: Endpoint, kind: 'offer' | 'answer', trickles: boolean): Promise<void> {
  if (!trickles) await gathered(end.pc);
  const { type, sdp } = end.pc.localDescription!;
  end.post({ kind, payload: { type, sdp } });
}

/** Messages are read one after the other, so that a candidate waits for the description that it belongs to. */
function answerMessages(end: Endpoint, trickles: boolean): void {
  let before: Promise<void> = Promise.resolve();
  end.listen((message) => {
    before = before
      .then(() => readSignal(end, message, trickles))
      .catch(() => {
        // The refusal is recorded as an event of its call; the next message may still be good.
      });
  });
}

async function readSignal(
  end: Endpoint,
  { kind, payload }: SignallingMessage,
  trickles: boolean,
): Promise<void> {
  if (end.pc.signalingState === 'closed') return;
  if (kind === 'candidate' || kind === 'end')
    return end.pc.addIceCandidate(payload as CandidateInit as RTCIceCandidateInit);
  await end.pc.setRemoteDescription(payload as Description as RTCSessionDescriptionInit);
  if (kind !== 'offer') return;
  await end.beforeAnswer?.();
  await end.pc.setLocalDescription(await end.pc.createAnswer());
  await post(end, 'answer', trickles);
}

function trickle(end: Endpoint): void {
  end.pc.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const payload = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
    end.post({ kind: payload.candidate === '' ? 'end' : 'candidate', payload });
  });
}

function gathered(pc: RTCPeerConnection): Promise<void> {
  return until(pc, 'icegatheringstatechange', () => pc.iceGatheringState === 'complete');
}

const settled = async (pc: RTCPeerConnection): Promise<void> => {
  await until(pc, 'signalingstatechange', () => pc.signalingState === 'have-local-offer');
  await until(pc, 'signalingstatechange', () => pc.signalingState === 'stable');
};

function until(target: EventTarget, type: string, fits: () => boolean, signal?: AbortSignal): Promise<void> {
  if (fits()) return Promise.resolve();
  return new Promise((resolve) => {
    const check = () => {
      if (!fits()) return;
      target.removeEventListener(type, check);
      resolve();
    };
    target.addEventListener(type, check, signal ? { signal } : {});
  });
}

async function opened(end: Endpoint, signal: AbortSignal): Promise<void> {
  await until(end.pc, 'datachannel', () => end.channel !== null, signal);
  const channel = end.channel!;
  await until(channel, 'open', () => channel.readyState === 'open', signal);
}

/** Never resolves; rejects as soon as it is known that this end will find no way. */
function failure(
  { id, pc }: Endpoint,
  { iceTransportPolicy }: LoopbackOptions,
  signal: AbortSignal,
): Promise<never> {
  return new Promise((_, reject) => {
    const none = () =>
      pc.iceGatheringState === 'complete' && !/^a=candidate:/m.test(pc.localDescription?.sdp ?? '');
    const check = () => {
      if (pc.connectionState === 'failed') reject(new Error(whyFailed(pc)));
      else if (iceTransportPolicy === 'relay' && none()) reject(new Error(noRelay(id)));
    };
    pc.addEventListener('connectionstatechange', check, { signal });
    pc.addEventListener('icegatheringstatechange', check, { signal });
  });
}

/** A connection fails by ICE or by DTLS (W3C WebRTC, section 4.3.3). */
const whyFailed = ({ iceConnectionState }: RTCPeerConnection): string =>
  ['connected', 'completed'].includes(iceConnectionState)
    ? 'A way was found, and DTLS failed over it: the certificate does not fit its fingerprint, or did not arrive.'
    : 'Every way was tried, and none works: ICE failed.';

const noRelay = (id: string): string =>
  `${id} found no relay candidate, and only relays are allowed: no TURN server gave one. Allow all ways, or name a TURN server that works.`;

function within<T>(timeout: number, promise: Promise<T>, message: string, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), timeout);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
