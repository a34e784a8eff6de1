/** Gathers with some ICE servers and notes what the browser tells meanwhile, and when. */
import type { End, ReportedCandidate, ReportedError } from '../../core/ice/server-test/evidence.ts';
import { type ObserveOptions, observe } from '../observe.ts';

export interface Gathered {
  readonly candidates: readonly ReportedCandidate[];
  readonly errors: readonly ReportedError[];
  readonly end: End;
  /** Milliseconds. */
  readonly took: number;
  readonly refusal?: string;
}

export interface GatherOptions {
  readonly iceServers: readonly RTCIceServer[];
  /** `all` when it is not given. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** Milliseconds after which silence counts as silence. Browsers wait 11 s (Firefox) to 40 s (Chromium). */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Where the connection is recorded, too. */
  readonly record?: ObserveOptions;
  /** Told as soon as something came. */
  readonly onTold?: (soFar: Gathered) => void;
  /** Looks at the connection when gathering has ended, while it still answers. */
  readonly beforeClose?: (pc: RTCPeerConnection) => Promise<void>;
}

/** Never rejects: a configuration that the browser refuses is a finding as well. */
export async function gather(options: GatherOptions): Promise<Gathered> {
  const started = performance.now();
  const since = () => Math.round((performance.now() - started) * 10) / 10;
  const candidates: ReportedCandidate[] = [];
  const errors: ReportedError[] = [];
  const report = (end: End): Gathered => ({
    candidates: [...candidates],
    errors: [...errors],
    end,
    took: since(),
  });
  let pc: RTCPeerConnection;
  try {
    // All ways are allowed although only this server's are looked at: what a TURN server answers as a STUN server tells
    // by which address family it was reached.
    const { iceServers, iceTransportPolicy = 'all' } = options;
    pc = new RTCPeerConnection({ iceServers: [...iceServers], iceTransportPolicy });
  } catch (error) {
    return { ...report('refused'), refusal: String((error as Error).message) };
  }
  const stop = options.record && observe(pc, options.record);
  try {
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate?.candidate) return;
      candidates.push(toldCandidate(candidate, since()));
      options.onTold?.(report('asking'));
    });
    pc.addEventListener('icecandidateerror', (event) => {
      errors.push(toldError(event, since()));
      options.onTold?.(report('asking'));
    });
    pc.createDataChannel('gather');
    await pc.setLocalDescription(await pc.createOffer());
    const end = await ending(pc, options);
    await options.beforeClose?.(pc);
    return report(end);
  } finally {
    pc.close();
    stop?.();
  }
}

function toldCandidate(candidate: RTCIceCandidate, at: number): ReportedCandidate {
  const { url, relayProtocol } = candidate as RTCIceCandidate & { url?: string; relayProtocol?: string };
  return { at, candidate: candidate.candidate, url: url || null, relayProtocol: relayProtocol ?? null };
}

function toldError(event: RTCPeerConnectionIceErrorEvent, at: number): ReportedError {
  const { url, address, port, errorCode, errorText } = event;
  return { at, url, address, port, errorCode, errorText };
}

function ending(pc: RTCPeerConnection, { timeout, signal }: GatherOptions): Promise<End> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish('timeout'), timeout);
    const stop = () => finish('stopped');
    const check = () => pc.iceGatheringState === 'complete' && finish('complete');
    const finish = (end: End) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(end);
    };
    signal.addEventListener('abort', stop);
    pc.addEventListener('icegatheringstatechange', check);
    if (signal.aborted) stop();
    else check();
  });
}
