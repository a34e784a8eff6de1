/** What the bare page offers to tests: the live world, and a recorder around it. */
import { recordingClock } from '../../src/core/base/clock.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { type LoopbackOptions, createEnds, createLoopback } from '../../src/live/loopback.ts';
import { observe } from '../../src/live/observe.ts';
import { Lab, runInLab } from './lab.ts';

const DEFAULTS: LoopbackOptions = {
  audio: false,
  video: false,
  trickle: true,
  iceTransportPolicy: 'all',
  iceServers: [],
  bundlePolicy: 'balanced',
  iceCandidatePoolSize: 0,
};

/** Runs a loopback, then the statements of `then`, and gives back the saved session; a failed connection is one too. */
async function record(options: Partial<LoopbackOptions>, then: string, connects: boolean): Promise<string> {
  const log = new SessionLog();
  const origin = performance.now();
  const now = recordingClock(() => performance.now() - origin);
  const all = { ...DEFAULTS, ...options };
  const emit = (event: Parameters<SessionLog['append']>[0]) => void log.append(event);
  const loopback = connects ? createLoopback(all, emit, now) : createEnds(all, emit, now);
  if (connects) await (loopback as ReturnType<typeof createLoopback>).connect().catch(() => {});
  await new Function('loopback', `return (async () => { ${then} })()`)(loopback);
  return writeSession(log.events);
}

const icescopeLive = {
  record,
  observe,
  createLoopback,
  createEnds,
  recordingClock,
  SessionLog,
  DEFAULTS,
  Lab,
  runInLab,
};

declare global {
  interface Window {
    icescopeLive: typeof icescopeLive;
  }
}

window.icescopeLive = icescopeLive;
