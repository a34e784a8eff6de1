/** What the bare page offers to tests: the live world, and a recorder around it. */
import { recordingClock } from '../../src/core/base/clock.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import {
  type Between,
  type Loopback,
  type LoopbackOptions,
  createEnds,
  createLoopback,
} from '../../src/live/loopback.ts';
import { RemoteSession } from '../../src/live/remote/remote-session.ts';
import { openTabRoom } from '../../src/live/signalling/broadcast-channel.ts';
import { Impairments } from '../../src/live/signalling/impaired.ts';
import { PRESETS, type Preset, settingsOf } from '../../src/core/signalling/impairments.ts';
import { observe } from '../../src/live/observe.ts';
import { openXray } from '../../src/live/xray.ts';
import { testServers } from '../../src/live/server-test/test-servers.ts';
import { Lab, runInLab } from './lab.ts';
import { DEFAULTS, impairedRun, sideOf } from './impaired-run.ts';

interface Recording {
  readonly loopback: Loopback | ReturnType<typeof createEnds>;
  readonly impairments: Impairments;
  save(): string;
}

/** Runs a loopback, then the statements of `then`, and gives back the saved session (see `start`). */
async function record(
  options: Partial<LoopbackOptions>,
  then: string,
  connects: boolean,
  pulls?: Preset['pulls'],
  watched = false,
): Promise<string> {
  const { loopback, impairments, save } = await start(options, connects, pulls, watched);
  await new Function('loopback', 'levers', `return (async () => { ${then} })()`)(loopback, impairments);
  return save();
}

/** Connects a loopback, but with levers; a failed one is fine too. `watched`: with the packets that our server saw. */
async function start(
  options: Partial<LoopbackOptions>,
  connects: boolean,
  pulls?: Preset['pulls'],
  watched = false,
): Promise<Recording> {
  const log = new SessionLog();
  const xray = watched ? await openXray(location.href, ['A', 'B']) : null;
  const origin = performance.now();
  const now = recordingClock(() => performance.now() - origin);
  const all = { ...DEFAULTS, ...options, ...(xray && { serversOf: xray.serversOf }) };
  const append = (event: Parameters<SessionLog['append']>[0]) => void log.append(event);
  const emit = xray?.record(append, origin) ?? append;
  const impairments = new Impairments(settingsOf({ id: '', title: '', pulls: pulls ?? [] }));
  const between: Between = (channel, self) => impairments.on(channel, sideOf(self, emit, now));
  const loopback = connects
    ? createLoopback(all, emit, now, pulls && between)
    : createEnds(all, emit, now, pulls && between);
  if (connects && !pulls) await (loopback as ReturnType<typeof createLoopback>).connect().catch(() => {});
  return { loopback, impairments, save: () => writeSession(log.events) };
}

/** This page's end of a meeting in the room, as of tabs or of devices; what it records of both is in `log`. */
function meetTab(room: string, kind: 'tabs' | 'devices' = 'tabs') {
  const log = new SessionLog();
  const meeting = new RemoteSession({
    room: openTabRoom(room),
    kind,
    configuration: {},
    emit: (event) => void log.append(event),
    share: true,
  });
  let phase = '';
  meeting.watch((news) => (phase = news.phase));
  return { meeting, phase: () => phase, saved: () => writeSession(log.events) };
}

const icescopeLive = {
  meetTab,
  record,
  start,
  observe,
  testServers,
  createLoopback,
  impairedRun,
  createEnds,
  recordingClock,
  SessionLog,
  DEFAULTS,
  Impairments,
  sideOf,
  PRESETS,
  settingsOf,
  Lab,
  runInLab,
};

declare global {
  interface Window {
    icescopeLive: typeof icescopeLive;
  }
}

window.icescopeLive = icescopeLive;
