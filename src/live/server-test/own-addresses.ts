/** What this browser gathers without any server, and with a permission that the reader was asked for. */
import type { OwnGathering, Permission, Socket } from '../../core/ice/server-test/own-addresses.ts';
import { gather } from './gather.ts';

/** Milliseconds: without servers nothing is waited for but interfaces and mDNS names. */
const TIMEOUT = 4000;

export async function gatherOwn(
  iceTransportPolicy: RTCIceTransportPolicy,
  signal: AbortSignal,
): Promise<OwnGathering> {
  let sockets: readonly Socket[] = [];
  const before = async (pc: RTCPeerConnection) => void (sockets = await socketsOf(pc));
  const { candidates, end } = await gather({
    iceServers: [],
    iceTransportPolicy,
    timeout: TIMEOUT,
    signal,
    beforeClose: before,
  });
  return { candidates: candidates.map(({ candidate }) => candidate), sockets, end, online: navigator.onLine };
}

async function socketsOf(pc: RTCPeerConnection): Promise<readonly Socket[]> {
  const reports = [...(await pc.getStats()).values()] as readonly Record<string, unknown>[];
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return reports
    .filter(({ type }) => type === 'local-candidate')
    .map(({ address, protocol, networkType }) => ({
      address: text(address),
      protocol: text(protocol),
      networkType: text(networkType),
    }));
}

/**
 * Asks for the camera (the server’s permissions policy lets this page have no microphone), and keeps it as long as `work`
 * runs: Firefox shows addresses only while it is in use.
 */
export async function withCamera<T>(work: (permission: Permission) => Promise<T>): Promise<T> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: true });
  } catch (error) {
    return work((error as DOMException).name === 'NotAllowedError' ? 'refused' : 'no-device');
  }
  try {
    return await work('granted');
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
