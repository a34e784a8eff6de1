/**
 * Attaches to an RTCPeerConnection and tells everything that happens on it: calls with their outcome, events of the W3C
 * interface, DTLS and data channel states, and getStats while it matters. The page sees the same values, promises,
 * errors and events as without it. TURN credentials are taken out here.
 */
import type { Clock } from '../core/base/clock.ts';
import type { CandidateInit, Description, Emit, EventValues, PeerId } from '../core/session/event.ts';
import { safeConfiguration } from '../core/session/redact.ts';
import { observeChannel } from './observe-channel.ts';
import { pollStats } from './poll-stats.ts';
import type { Tell } from './tell.ts';

export interface ObserveOptions {
  readonly peer: PeerId;
  readonly emit: Emit;
  /** Milliseconds since the session began. */
  readonly now: Clock;
  /** Keep the text of data channel messages: only where the page's owner agreed. */
  readonly recordText?: boolean;
}

/** Begins with `create`; gives back how to stop. */
export function observe(
  pc: RTCPeerConnection,
  { peer, emit, now, recordText = false }: ObserveOptions,
): () => void {
  const tell: Tell = (type, value, correlation) =>
    emit({
      type,
      peer,
      at: now(),
      value,
      ...(correlation === undefined ? {} : { correlation }),
    } as Parameters<Emit>[0]);
  const ended = new AbortController();
  const { signal } = ended;
  tell('create', safeConfiguration(pc.getConfiguration() as Record<string, unknown>));
  const stats = pollStats(pc, tell, signal);
  const channel = (dc: RTCDataChannel) => observeChannel(dc, tell, signal, recordText);
  observeEvents(pc, tell, signal, channel);
  const dtls = followDtls(pc, tell, signal);
  const restore = observeCalls(pc, tell, { channel, settled: dtls, closed: stats.stop });
  return () => {
    ended.abort();
    stats.stop();
    restore();
  };
}

function observeEvents(
  pc: RTCPeerConnection,
  tell: Tell,
  signal: AbortSignal,
  channel: (dc: RTCDataChannel) => void,
): void {
  const on = <K extends keyof RTCPeerConnectionEventMap>(
    type: K,
    listener: (event: RTCPeerConnectionEventMap[K]) => void,
  ) => pc.addEventListener(type, listener, { signal });
  on('icecandidate', ({ candidate }) => tell('onicecandidate', candidate && gathered(candidate)));
  on('icecandidateerror', ({ url, address, port, errorCode, errorText }) =>
    tell('onicecandidateerror', { url, address, port, errorCode, errorText }),
  );
  on('signalingstatechange', () => tell('onsignalingstatechange', pc.signalingState));
  on('icegatheringstatechange', () => tell('onicegatheringstatechange', pc.iceGatheringState));
  on('iceconnectionstatechange', () => tell('oniceconnectionstatechange', pc.iceConnectionState));
  on('connectionstatechange', () => tell('onconnectionstatechange', pc.connectionState));
  on('negotiationneeded', () => tell('onnegotiationneeded', null));
  on('track', ({ track, transceiver }) => tell('ontrack', { kind: track.kind, mid: transceiver.mid }));
  on('datachannel', ({ channel: dc }) => {
    tell('ondatachannel', { label: dc.label, ordered: dc.ordered, id: dc.id });
    channel(dc);
  });
}

const gathered = (candidate: RTCIceCandidate): EventValues['onicecandidate'] => ({
  ...candidateInit(candidate),
  url: (candidate as { url?: string | null }).url ?? null,
  relayProtocol: (candidate as { relayProtocol?: string | null }).relayProtocol ?? null,
});

const candidateInit = (candidate: RTCIceCandidateInit | RTCIceCandidate): CandidateInit => ({
  candidate: candidate.candidate ?? '',
  sdpMid: candidate.sdpMid ?? null,
  sdpMLineIndex: candidate.sdpMLineIndex ?? null,
  usernameFragment: candidate.usernameFragment ?? null,
});

/** Tells the states of the first DTLS transport, once there is one; the returned function looks for it. */
function followDtls(pc: RTCPeerConnection, tell: Tell, signal: AbortSignal): () => void {
  let followed: RTCDtlsTransport | null = null;
  return () => {
    const transport =
      pc.sctp?.transport ?? pc.getSenders().find((sender) => sender.transport)?.transport ?? null;
    if (!transport || transport === followed) return;
    followed = transport;
    if (transport.state !== 'new') tell(':dtls.state', transport.state);
    transport.addEventListener('statechange', () => tell(':dtls.state', transport.state), { signal });
  };
}

interface Hooks {
  readonly channel: (dc: RTCDataChannel) => void;
  /** A description was set: transports may be new. */
  readonly settled: () => void;
  readonly closed: () => void;
}

/** Puts methods of the same name, length and behaviour on the connection; gives back how to take them off. */
function observeCalls(pc: RTCPeerConnection, tell: Tell, hooks: Hooks): () => void {
  let calls = 0;
  const replaced: string[] = [];

  function replace(
    name: keyof RTCPeerConnection,
    call: (original: Method, args: unknown[]) => unknown,
  ): void {
    const original = pc[name] as Method;
    const method = {
      [name](this: unknown, ...args: unknown[]): unknown {
        return this === pc ? call(original, args) : original.apply(this, args);
      },
    }[name]!;
    Object.defineProperty(method, 'length', { value: original.length });
    Object.defineProperty(pc, name, { value: method, configurable: true, writable: true, enumerable: false });
    replaced.push(name);
  }

  function promising<N extends Promising>(
    name: N,
    read: (args: unknown[]) => EventValues[N],
    outcome: (result: unknown, args: unknown[]) => EventValues[`${N}OnSuccess`],
  ): void {
    replace(name, (original, args) => {
      const correlation = String(++calls);
      tell(name, read(args), correlation);
      const promise = original.apply(pc, args) as Promise<unknown>;
      return promise.then(
        (result) => {
          hooks.settled();
          tell(`${name}OnSuccess`, outcome(result, args), correlation);
          return result;
        },
        (error: unknown) => {
          tell(`${name}OnFailure`, String(error) as EventValues[`${N}OnFailure`], correlation);
          throw error;
        },
      );
    });
  }

  function immediate<N extends Immediate>(
    name: N,
    read: (args: unknown[]) => EventValues[N],
    done: (result: unknown) => void = () => {},
  ): void {
    replace(name, (original, args) => {
      const correlation = String(++calls);
      tell(name, read(args), correlation);
      try {
        const result = original.apply(pc, args);
        done(result);
        return result;
      } catch (error) {
        tell(`${name}OnFailure`, String(error) as EventValues[`${N}OnFailure`], correlation);
        throw error;
      }
    });
  }

  const options = ([first]: unknown[]): Record<string, unknown> | null =>
    typeof first === 'object' && first !== null ? { ...first } : null;
  promising('createOffer', options, (result) => description(result)!);
  promising('createAnswer', options, (result) => description(result)!);
  promising(
    'setLocalDescription',
    ([init]) => description(init),
    (_, [init]) => description(isRollback(init) ? init : pc.localDescription),
  );
  promising(
    'setRemoteDescription',
    ([init]) => description(init) ?? { type: '', sdp: '' },
    () => null,
  );
  promising(
    'addIceCandidate',
    ([init]) => (init ? candidateInit(init as RTCIceCandidateInit) : null),
    () => null,
  );
  immediate(
    'createDataChannel',
    ([label, init]) => ({ label: String(label), ...(init as object) }),
    (result) => hooks.channel(result as RTCDataChannel),
  );
  immediate('addTrack', ([track]) => ({ kind: (track as MediaStreamTrack | undefined)?.kind ?? '' }));
  immediate('addTransceiver', ([what, init]) => ({
    kind: typeof what === 'string' ? what : ((what as MediaStreamTrack | undefined)?.kind ?? ''),
    direction: (init as RTCRtpTransceiverInit | undefined)?.direction ?? 'sendrecv',
  }));
  immediate('removeTrack', ([sender]) => ({ kind: (sender as RTCRtpSender | undefined)?.track?.kind ?? '' }));
  immediate('restartIce', () => null);
  immediate('setConfiguration', ([configuration]) =>
    safeConfiguration(configuration as Record<string, unknown>),
  );
  replace('close', (original, args) => {
    if (pc.signalingState !== 'closed') tell('close', null);
    hooks.closed();
    return original.apply(pc, args);
  });

  return () => replaced.forEach((name) => delete (pc as unknown as Record<string, unknown>)[name]);
}

type Method = (...args: unknown[]) => unknown;
type Promising =
  'createOffer' | 'createAnswer' | 'setLocalDescription' | 'setRemoteDescription' | 'addIceCandidate';
type Immediate =
  'createDataChannel' | 'addTrack' | 'addTransceiver' | 'removeTrack' | 'restartIce' | 'setConfiguration';

const isRollback = (init: unknown): boolean =>
  (init as { type?: unknown } | null | undefined)?.type === 'rollback';

function description(value: unknown): Description | null {
  const { type, sdp } = (value ?? {}) as { type?: unknown; sdp?: unknown };
  return typeof type === 'string' ? { type, sdp: typeof sdp === 'string' ? sdp : '' } : null;
}
