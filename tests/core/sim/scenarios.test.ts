/** Every scenario meets what it says of itself, is the same for the same seed, and the doctor finds its cause. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnosis/index.ts';
import type { Scenario } from '../../../src/core/sim/scenario.ts';
import { scenarios } from '../../../src/core/sim/scenarios/index.ts';
import { type Outcome, simulate } from '../../../src/core/sim/simulate.ts';
import { readSession, writeSession } from '../../../src/core/session/codec.ts';
import { decodeBase64 } from '../../../src/core/base/base64.ts';
import { describePacket } from '../../../src/core/stun/describe.ts';

const SEEDS = Array.from({ length: Number(process.env['ICESCOPE_SEEDS'] ?? 20) }, (_, index) => index + 1);

/** Causes may be seen at either end; the doctor merges them. */
function firstCause(scenario: Scenario, seed: number): string | undefined {
  const { events } = simulate(scenario, { seed });
  return diagnose(events, 'A', { other: 'B' }).causes[0]?.cause;
}

const meets = ({ connected, local, remote, isLost }: Outcome, { expect: wanted }: Scenario): boolean =>
  connected === wanted.connected &&
  isLost === (wanted.isLost ?? false) &&
  (wanted.local === undefined || (local !== null && wanted.local.includes(local))) &&
  (wanted.remote === undefined || (remote !== null && wanted.remote.includes(remote)));

describe.each(scenarios.all.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
  it('is as it says, on every seed', () => {
    for (const seed of SEEDS) {
      const { outcome } = simulate(scenario, { seed, detail: 'nothing' });
      expect(meets(outcome, scenario), `seed ${seed}: ${JSON.stringify(outcome)}`).toBe(true);
    }
  });

  it('is the same, byte for byte, for the same seed, and saved and opened', () => {
    const [one, two] = [simulate(scenario, { seed: 3 }), simulate(scenario, { seed: 3 })];
    const text = writeSession(one.events);
    expect(writeSession(two.events)).toBe(text);
    const read = readSession(text);
    expect(read.ok && read.value.notices).toEqual([]);
    expect(read.ok && read.value.events.length).toBe(one.events.length);
  });

  it('comes to the same whether messages are read from their bytes or not, written down or not', () => {
    const exact = simulate(scenario, { seed: 2, detail: 'everything', exact: true });
    const content = simulate(scenario, { seed: 2, detail: 'everything', exact: false });
    expect(writeSession(content.events)).toBe(writeSession(exact.events));
    expect(simulate(scenario, { seed: 2, detail: 'nothing' }).outcome).toEqual(exact.outcome);
  });

  it('has packets that are all known to the bytes', () => {
    const { events } = simulate(scenario, { seed: 1 });
    const packets = events.filter((event) => event.type === ':packet');
    expect(packets.length).toBeGreaterThan(3);
    for (const { value } of packets)
      expect(describePacket(decodeBase64(value.bytes)!).problem).toBeUndefined();
  });

  it('is explained by the doctor where it fails', () => {
    const { connected, cause } = scenario.expect;
    expect(connected || cause !== undefined).toBe(true);
    if (cause !== undefined) for (const seed of SEEDS) expect(firstCause(scenario, seed)).toBe(cause);
  });
});

it('there are at least 24', () => expect(scenarios.all.length).toBeGreaterThanOrEqual(24));
