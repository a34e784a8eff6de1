import type { StatsReports } from '../core/session/event.ts';
import { hasWebRtc } from './has-web-rtc.ts';
import type { Stop } from './listen.ts';
import type { Emitter } from './emit.ts';

/**
 * Milliseconds. A reading takes the browser's time, so after a change of state the connection has it first. While checks
 * run each reading may show a new pair: soon at first, then after a tenth of the time that they have run.
 */
const SOON = 25;
const LATER = 1000;

/** As the browser has them: a page may count or change its own, and its tests may stop the clock. */
const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);
const getStats = hasWebRtc ? RTCPeerConnection.prototype.getStats : null;

export interface StatsPoll {
  /** The ICE or the connection state is another. */
  readonly changed: () => void;
  /** Closes the connection, and reads once more what its counters came to. */
  readonly closing: <T>(close: () => T) => T;
  readonly stop: Stop;
}

/**
 * Reads getStats from the first check on, one reading at a time. The interface's own method is asked, so that a page that
 * counts or changes the calls of its `getStats` meets none of ours.
 */
export function pollStats(pc: RTCPeerConnection, emit: Emitter): StatsPoll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  /** One that was met later may be connected long since. */
  let checkingSince: number | null = pc.iceConnectionState === 'new' ? null : now();
  let changes = 0;
  let stopped = false;

  /** A reading that is due sooner stays: setting a timer anew at each change costs more than the reading. */
  function readIn(ms: number): void {
    const time = now() + ms;
    if (stopped || due <= time) return;
    clearTimeout(timer);
    due = time;
    timer = setTimeout(() => void read(), ms);
  }

  const ask = (): Promise<StatsReports | null> => getStats!.call(pc).then(plain, () => null);
  async function read(): Promise<void> {
    if (pc.signalingState === 'closed') return;
    due = -Infinity;
    const before = changes;
    const reports = await ask();
    due = Infinity;
    if (stopped || !reports) return;
    emit('getStats', reports);
    readIn(changes === before ? pauseOf(pc, checkingSince) : SOON);
  }

  function changed(): void {
    changes++;
    if (pc.iceConnectionState === 'checking') checkingSince = now();
    if (checkingSince !== null) readIn(SOON);
  }

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
  }

  /**
   * Chromium answers what was asked just before `close`, and of a closed connection knows nothing; Firefox answers only
   * what is asked after it. So both ask both, and the first answer that has pairs is the last reading.
   */
  function closing<T>(close: () => T): T {
    stop();
    if (checkingSince === null) return close();
    const last = once((reports) => emit('getStats', reports));
    void ask().then(last);
    const result = close();
    void ask().then(last);
    return result;
  }

  if (checkingSince !== null) readIn(SOON);
  return { changed, closing, stop };
}

/** Milliseconds to the next reading. */
function pauseOf({ iceConnectionState }: RTCPeerConnection, checkingSince: number | null): number {
  if (iceConnectionState !== 'checking' || checkingSince === null) return LATER;
  return Math.min(LATER, Math.max(SOON, (now() - checkingSince) / 10));
}

/** Hands over the first reports that have pairs. */
function once(take: (reports: StatsReports) => void): (reports: StatsReports | null) => void {
  let isTaken = false;
  return (reports) => {
    if (isTaken || !reports || !hasPairs(reports)) return;
    isTaken = true;
    take(reports);
  };
}

const hasPairs = (reports: StatsReports): boolean =>
  Object.values(reports).some(({ type }) => type === 'candidate-pair');

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
