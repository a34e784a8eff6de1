import type { StatsReports } from '../core/session/event.ts';
import type { Tell } from './tell.ts';

/** While checks run a reading may show a new pair: soon at first, then after a tenth of the time that they have run. */
const WHILE_CHECKING = 25;
const LATER = 1000;
/** A reading takes the browser's time: after a change of state the connection has it first. Milliseconds. */
const AFTER_CHANGE = 15;

/**
 * Reads getStats from the first check on, one reading at a time. The interface's own method is asked, so that a page
 * that counts or changes the calls of its `getStats` meets none of ours.
 */
export function pollStats(
  pc: RTCPeerConnection,
  tell: Tell,
  signal: AbortSignal,
): { readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun: number | null = null;
  let reading = false;
  let stopped = false;

  function readIn(ms: number): void {
    clearTimeout(timer);
    if (!stopped && !reading) timer = setTimeout(() => void read(), ms);
  }

  async function read(): Promise<void> {
    if (pc.signalingState === 'closed') return;
    reading = true;
    const state = pc.connectionState;
    const reports = await RTCPeerConnection.prototype.getStats.call(pc).catch(() => null);
    reading = false;
    if (stopped || !reports) return;
    tell('getStats', plain(reports));
    if (pc.connectionState !== state) readIn(AFTER_CHANGE);
    else readIn(pc.iceConnectionState === 'checking' ? whileChecking() : LATER);
  }

  function whileChecking(): number {
    const running = performance.now() - (begun ?? 0);
    return Math.min(LATER, Math.max(WHILE_CHECKING, running / 10));
  }

  function changed(): void {
    if (pc.iceConnectionState === 'checking') begun = performance.now();
    if (begun !== null) readIn(AFTER_CHANGE);
  }

  pc.addEventListener('iceconnectionstatechange', changed, { signal });
  pc.addEventListener('connectionstatechange', changed, { signal });
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** A certificate's text is long, the same at each reading, and in the description as its fingerprint. */
function plain(reports: RTCStatsReport): StatsReports {
  const all: Record<string, StatsReports[string]> = {};
  reports.forEach((report: { id: string; type: string }) => {
    if (report.type === 'certificate') return;
    const { id, ...members } = report;
    all[id] = members;
  });
  return all;
}
