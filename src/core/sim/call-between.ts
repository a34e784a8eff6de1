/** The call that most people ask about: two networks, each behind a NAT, and the internet between them. */
import type { FirewallSpec } from './firewall.ts';
import type { NatSpec } from './nat.ts';
import type { EndSpec, NetworkSpec, Scenario } from './scenario.ts';

export const ADDRESSES = {
  A: { host: '192.168.1.23', outside: '203.0.113.24' },
  B: { host: '10.0.0.8', outside: '192.0.2.61' },
} as const;

export type FirewallId = 'none' | 'no-udp' | 'only-443';

/** Of the network that an end is in. */
export const FIREWALLS: Readonly<Record<FirewallId, FirewallSpec | null>> = {
  none: null,
  'no-udp': { udpOut: 'none', tcpOut: 'all', inbound: 'stateful' },
  'only-443': { udpOut: 'none', tcpOut: [443], inbound: 'stateful' },
};

/** Null: no NAT, the address is of the internet. */
export interface CallChoices {
  readonly natA: NatSpec | null;
  readonly natB: NatSpec | null;
  readonly stun?: boolean;
  readonly turn?: Scenario['servers']['turn'];
  readonly firewallA?: FirewallId;
  readonly firewallB?: FirewallId;
  /** Milliseconds from A to B. */
  readonly delay?: number;
  readonly jitter?: number;
  /** 0 to 1 */
  readonly loss?: number;
  readonly placeA?: string;
  readonly placeB?: string;
}

export function callBetween(choices: CallChoices): Scenario {
  const { stun = true, turn = [], delay = 18, jitter = 0, loss = 0 } = choices;
  const sides = [
    ['A', choices.natA, choices.firewallA, choices.placeA ?? 'a laptop, at home'],
    ['B', choices.natB, choices.firewallB, choices.placeB ?? 'a phone, in a hotel'],
  ] as const;
  const networks = sides.flatMap(([side, nat]) => (nat === null ? [] : [networkOf(side, nat)]));
  const [a, b] = sides.map(([side, nat, firewall, place]) => endOf(side, nat, firewall, place));
  return {
    id: 'call',
    title: 'A call',
    story: '',
    networks,
    ends: { A: a!, B: b! },
    servers: { stun: stun ? 'on' : 'off', turn },
    link: { delay, jitter, loss, mtu: 1500 },
    signalling: { delay: 13 },
    call: { trickle: true },
    expect: { connected: true },
  };
}

export const networkOf = (side: 'A' | 'B', nat: NatSpec): NetworkSpec => ({
  id: `network of ${side}`,
  natName: `${side}’s NAT`,
  side,
  nat,
  address: ADDRESSES[side].outside,
});

function endOf(
  side: 'A' | 'B',
  nat: NatSpec | null,
  firewall: FirewallId | undefined,
  place: string,
): EndSpec {
  const spec = FIREWALLS[firewall ?? 'none'];
  return {
    place,
    ...(nat === null ? {} : { behind: 'a NAT' }),
    interfaces: [
      nat === null
        ? { address: ADDRESSES[side].outside }
        : { network: `network of ${side}`, address: ADDRESSES[side].host },
    ],
    ...(spec ? { firewall: spec } : {}),
  };
}
