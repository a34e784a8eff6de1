/** What the simulator says of a topology of the laboratory, read from its session as from a browser's. */
import { callBetween } from '../../src/core/sim/call-between.ts';
import type { NatSpec } from '../../src/core/sim/nat.ts';
import type { Scenario } from '../../src/core/sim/scenario.ts';
import { simulate } from '../../src/core/sim/simulate.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { ROUTERS, type RouterId } from './routers.ts';
import { type Seen, seenIn } from './seen.ts';
import type { Topology } from './topologies.ts';

const AXES = {
  'endpoint-independent': 'ei',
  'address-dependent': 'ad',
  'address-and-port-dependent': 'apd',
} as const;

function natOf(id: RouterId): NatSpec {
  const { mapping, filtering } = ROUTERS.get(id)!;
  return { mapping: AXES[mapping], filtering: AXES[filtering], portPreservation: AXES[mapping] === 'ei' };
}

const firewallOf = (id: RouterId) => (id === 'udp-blocked' ? 'no-udp' : 'none');

export function scenarioOf({ browser, a, b, servers }: Topology): Scenario {
  const scenario = callBetween({
    natA: natOf(a),
    natB: natOf(b),
    firewallA: firewallOf(a),
    firewallB: firewallOf(b),
    turn: servers === 'stun' ? [] : ['udp', 'tcp'],
    delay: 1,
  });
  const { A, B } = scenario.ends;
  const like = { profile: browser, hidesHosts: true } as const;
  return { ...scenario, ends: { A: { ...A, ...like }, B: { ...B, ...like } } };
}

export const foretold = (topology: Topology, seed = 1): Seen =>
  seenIn(writeSession(simulate(scenarioOf(topology), { seed }).events));
