/**
 * Proves a TURN server by data: two connections of this page that may use nothing but its relay find each other, and
 * numbered messages go there and back. A relay that was leased but lets nothing through shows only so.
 */
import type { Proof } from '../../core/ice/server-test/evidence.ts';
import { echoBack, measureEcho } from '../echo.ts';

const MESSAGES = 50;
/** Bytes, in pieces of 16 kB, which every browser takes as one message. */
const BURST = { pieces: 4, size: 16_384 };

export interface ProveOptions {
  readonly server: RTCIceServer;
  /** Milliseconds until data must have passed. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export async function prove({ server, timeout, signal }: ProveOptions): Promise<Proof> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  const configuration: RTCConfiguration = { iceServers: [server], iceTransportPolicy: 'relay' };
  const near = new RTCPeerConnection(configuration);
  const far = new RTCPeerConnection(configuration);
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const trips: number[] = [];
  let bitsPerSecond: number | null = null;
  try {
    const channel = await connect(near, far, waiting);
    for (let sent = 0; sent < MESSAGES; sent += 1) trips.push(await orStop(measureEcho(channel), waiting));
    bitsPerSecond = await orStop(burst(channel, far), waiting);
  } catch {
    // Stopped, timed out, or the browser gave up: what came back so far is the report.
  } finally {
    near.close();
    far.close();
  }
  return { sent: MESSAGES, back: trips.length, roundTrip: median(trips), bitsPerSecond, took: took() };
}

const channelOf = new WeakMap<RTCPeerConnection, RTCDataChannel>();

async function connect(
  near: RTCPeerConnection,
  far: RTCPeerConnection,
  signal: AbortSignal,
): Promise<RTCDataChannel> {
  const channel = near.createDataChannel('proof');
  far.addEventListener('datachannel', ({ channel: other }) => {
    channelOf.set(far, other);
    echoBack(other);
  });
  exchange(near, far);
  exchange(far, near);
  const opened = new Promise<void>((resolve, reject) => {
    channel.addEventListener('open', () => resolve(), { signal });
    near.addEventListener(
      'connectionstatechange',
      () => near.connectionState === 'failed' && reject(new Error('ICE failed')),
      { signal },
    );
  });
  await near.setLocalDescription(await near.createOffer());
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription(await far.createAnswer());
  await near.setRemoteDescription(far.localDescription!);
  await orStop(opened, signal);
  return channel;
}

/** Candidates go over as they come; those that come before the description wait for it. */
function exchange(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', async ({ candidate }) => {
    if (!candidate) return;
    while (to.remoteDescription === null && to.signalingState !== 'closed')
      await new Promise((next) => setTimeout(next, 5));
    if (to.signalingState !== 'closed') await to.addIceCandidate(candidate).catch(() => {});
  });
}

/** Bits a second of a burst, by the receiver's clock. */
async function burst(channel: RTCDataChannel, far: RTCPeerConnection): Promise<number> {
  const arrival = new Promise<void>((resolve) => {
    let pieces = 0;
    channelOf.get(far)!.addEventListener('message', () => void (++pieces === BURST.pieces && resolve()));
  });
  const started = performance.now();
  for (let piece = 0; piece < BURST.pieces; piece += 1) channel.send(new ArrayBuffer(BURST.size));
  await arrival;
  return Math.round((BURST.pieces * BURST.size * 8) / Math.max(0.001, (performance.now() - started) / 1000));
}

function orStop<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('stopped'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject);
  });
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1]!;
  return Math.round(middle * 10) / 10;
}
