import type { StatsReports } from '../core/session/event.ts';
import type { Tell } from './tell.ts';

/** While checks run every reading may show a new pair; later only counters move. Milliseconds. */
const WHILE_CHECKING = 25;
const LATER = 1000;

/** Reads getStats from the first check on, without the page's own `getStats` being touched. */
export function pollStats(
  pc: RTCPeerConnection,
  tell: Tell,
  signal: AbortSignal,
): { readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun = false;
  let reading = false;
  let stale = false;
  let stopped = false;

  async function read(): Promise<void> {
    if (stopped || !begun) return;
    stale = reading;
    if (reading) return;
    clearTimeout(timer);
    reading = true;
    const reports = await pc.getStats().catch(() => null);
    reading = false;
    if (stopped || !reports) return;
    tell('getStats', plain(reports));
    if (stale) return read();
    timer = setTimeout(read, pc.iceConnectionState === 'checking' ? WHILE_CHECKING : LATER);
  }

  function changed(): void {
    begun ||= pc.iceConnectionState === 'checking';
    void read();
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
