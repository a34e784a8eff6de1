/** One connection that connects to nobody: it asks a STUN server where it is seen from (RFC 8445, section 5.1.1.2). */
import type { Clock } from '../core/base/clock.ts';
import type { Emit } from '../core/session/event.ts';
import { browserName } from './endpoint.ts';
import { observe } from './observe.ts';

export interface StunQuestion {
  readonly emit: Emit;
  readonly now: Clock;
  readonly iceServers: readonly RTCIceServer[];
  /** Longest wait for gathering to end, in ms. */
  readonly timeout: number;
}

/** Until all candidates are known, or timeout is over; then the connection is closed. */
export async function askStun({ emit, now, iceServers, timeout }: StunQuestion): Promise<void> {
  const { userAgent } = navigator;
  const startedAt = Date.now() - Math.round(now());
  emit({ type: ':session', peer: '', at: 0, value: { kind: 'loopback', startedAt, userAgent } });
  emit({ type: ':peer', peer: 'A', at: now(), value: { place: 'in this page', browser: browserName() } });
  const pc = new RTCPeerConnection({ iceServers: [...iceServers] });
  observe(pc, { peer: 'A', emit, now });
  pc.createDataChannel('icescope');
  await pc.setLocalDescription(await pc.createOffer());
  await gathered(pc, timeout);
  pc.close();
}

function gathered(pc: RTCPeerConnection, timeout: number): Promise<void> {
  return new Promise((resolve) => {
    const check = () => void (pc.iceGatheringState === 'complete' && resolve());
    pc.addEventListener('icegatheringstatechange', check);
    setTimeout(resolve, timeout);
    check();
  });
}
