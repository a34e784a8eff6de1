/**
 * The simulator beside real connections, in one run: `node --import tsx tests/bench/simulate.bench.ts`.
 *
 * Measured are 20 connections of werift on this machine, from new to an open channel, one after the other; 10,000 simulated
 * calls; and what one event costs among a thousand and among a million.
 */
import { RTCPeerConnection } from 'werift';
import { DEFAULT_POPULATION } from '../../src/core/sim/population/choices.ts';
import { Population } from '../../src/core/sim/population/population.ts';
import { Schedule } from '../../src/core/sim/schedule.ts';
import { processorTime } from '../support/processor-time.ts';

const REAL = 20;
const SIMULATED = 10_000;
const EVENTS = [1000, 10_000, 100_000, 1_000_000];

async function connect(): Promise<void> {
  const [a, b] = [new RTCPeerConnection({ iceServers: [] }), new RTCPeerConnection({ iceServers: [] })];
  const channel = a.createDataChannel('bench');
  const opened = new Promise<void>((resolve) =>
    channel.stateChanged.subscribe((state) => state === 'open' && resolve()),
  );
  await a.setLocalDescription(await a.createOffer());
  await b.setRemoteDescription(a.localDescription!);
  await b.setLocalDescription(await b.createAnswer());
  await a.setRemoteDescription(b.localDescription!);
  await opened;
  await Promise.all([a.close(), b.close()]);
}

/** Microseconds that an event takes where each asks for the next, and a hundred wait at any time. */
function costOf(count: number): number {
  const schedule = new Schedule();
  let next = 1;
  const again = (): void => void schedule.after(1 + ((next = (next * 48_271) % 2_147_483_647) % 50), again);
  for (let index = 0; index < 100; index++) again();
  let ran = 0;
  return (processorTime(() => schedule.runUntil(Infinity, () => ++ran > count)) * 1000) / count;
}

await connect();
const began = performance.now();
const used = process.cpuUsage();
for (let index = 0; index < REAL; index++) await connect();
const real = performance.now() - began;
const realUsed = process.cpuUsage(used);

const population = new Population({ ...DEFAULT_POPULATION, pairs: SIMULATED });
const start = performance.now();
const simulatedUsed = processorTime(() => population.play(SIMULATED));
const simulated = performance.now() - start;

costOf(100_000);
const costs = EVENTS.map((count) =>
  Math.min(...Array.from({ length: count > 1e5 ? 2 : 7 }, () => costOf(count))),
);
const ofProcessor = ((realUsed.user + realUsed.system) / 1000).toFixed(0);
console.log(`${REAL} connections of werift: ${real.toFixed(0)} ms, ${ofProcessor} of the processor`);
console.log(
  `${SIMULATED} simulated calls: ${simulated.toFixed(0)} ms, ${simulatedUsed.toFixed(0)} of the processor`,
);
EVENTS.forEach((count, at) => console.log(`one of ${count} events: ${costs[at]!.toFixed(3)} µs`));
const isFlat = costs.at(-1)! < 2 * costs[0]!;
if (simulated > real || !isFlat) process.exitCode = 1;
process.exit();
