/** Runs a scenario in virtual time: the same scenario and seed give the same session, byte for byte, on every machine. */
import type { CandidateType } from '../sdp/priority.ts';
import type { SessionEvent } from '../session/event.ts';
import { SessionLog } from '../session/log.ts';
import type { Side } from './packet.ts';
import { Peer } from './peer.ts';
import { Random } from './random.ts';
import { type Detail, Recorder } from './recorder.ts';
import type { Happening, Scenario } from './scenario.ts';
import { Schedule } from './schedule.ts';
import { Signalling } from './signalling.ts';
import { Reader } from './wire.ts';
import { STARTED_AT, type World, buildWorld } from './world.ts';

export interface Outcome {
  /** At the end. */
  readonly connected: boolean;
  /** Types of A's chosen pair; null where it never had one. */
  readonly local: CandidateType | null;
  readonly remote: CandidateType | null;
  /** Milliseconds until both ends said connected, ICE and DTLS; null where they never did. */
  readonly timeToConnected: number | null;
  /** When the first of them gave up; null where none did. */
  readonly failedAt: number | null;
  /** It stood, and stands no more. */
  readonly isLost: boolean;
}

export interface Simulated {
  readonly outcome: Outcome;
  readonly events: readonly SessionEvent[];
  /** Things that happened in the queue. */
  readonly steps: number;
}

export interface SimulationOptions {
  readonly seed: number;
  readonly detail?: Detail;
  /** Receivers read the bytes of messages; otherwise what they were made of. */
  readonly exact?: boolean;
}

/** No call is watched for longer, in ms. */
const END = 180_000;

export function simulate(scenario: Scenario, options: SimulationOptions): Simulated {
  const { seed, detail = 'everything', exact = detail !== 'nothing' } = options;
  const schedule = new Schedule();
  const random = new Random(seed);
  const recorder = new Recorder(schedule, detail);
  const reader = new Reader(exact);
  recorder.emit('', ':session', { kind: 'simulated', startedAt: STARTED_AT, seed });
  const world = buildWorld(scenario, schedule, random, recorder, reader);
  const signalling = new Signalling(schedule, random.fork('signalling'), scenario.signalling, recorder);
  const peer = (side: Side): Peer =>
    new Peer({
      side,
      host: world.hosts[side],
      spec: scenario.ends[side],
      call: scenario.call,
      servers: world.servers,
      random: random.fork(`peer ${side}`),
      reader,
      recorder,
      signalling,
      roundTrip: 2 * (scenario.link.delay + scenario.link.jitter + 4),
    });
  const peers = [peer('A'), peer('B')] as const;
  for (const one of peers) one.create();
  peers[0].begin();
  if (scenario.call.glare !== undefined) peers[1].begin();
  for (const happening of scenario.happenings ?? [])
    schedule.at(happening.at, () => happen(happening, world));
  const steps = play(scenario, schedule, peers);
  return { outcome: outcomeOf(peers), events: inOrder(recorder), steps };
}

/** Until both are settled, and as much longer as the call lasts; `disconnected` is no end: it comes back, or fails. */
function play({ call }: Scenario, schedule: Schedule, peers: readonly Peer[]): number {
  const { lasts = 300 } = call;
  let until = Infinity;
  return schedule.runUntil(END, () => {
    if (until === Infinity && peers.every(({ isSettled }) => isSettled))
      until = schedule.now + (peers.some(({ failedAt }) => failedAt !== null) ? 300 : lasts);
    return schedule.now > until && peers.every(({ isSettled }) => isSettled);
  });
}

function happen(happening: Happening, world: World): void {
  if (happening.what === 'rebind') return world.nats.get(happening.network)?.forget();
  const host = world.hosts[happening.end];
  for (const { address } of host.interfaces) host.unplug(address);
  world.plug(happening.end, happening.to);
}

function outcomeOf([a, b]: readonly [Peer, Peer]): Outcome {
  const selected = a.agent?.selected ?? null;
  const stood = a.connectedAt !== null && b.connectedAt !== null;
  const connected = a.connection === 'connected' && b.connection === 'connected';
  const failures = [a.failedAt, b.failedAt].filter((at) => at !== null);
  return {
    connected,
    local: selected ? (selected.valid ?? selected.local).type : null,
    remote: selected?.remote.type ?? null,
    timeToConnected: stood ? Math.max(a.connectedAt!, b.connectedAt!) : null,
    failedAt: failures.length > 0 ? Math.min(...failures) : null,
    isLost: stood && !connected,
  };
}

function inOrder({ events }: Recorder): readonly SessionEvent[] {
  const log = new SessionLog();
  for (const event of events) log.append(event);
  return log.events;
}
