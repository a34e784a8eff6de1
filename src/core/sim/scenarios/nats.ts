/** Calls that NATs decide. */
import { ADDRESSES, callBetween } from '../call-between.ts';
import { natPresets } from '../nat-presets.ts';
import type { NatSpec } from '../nat.ts';
import type { EndSpec, NetworkSpec, Scenario } from '../scenario.ts';

export const natOf = (id: string): NatSpec => natPresets.get(id)!.nat;

const end = (place: string, network: string, address: string): EndSpec => ({
  place,
  behind: 'a NAT',
  interfaces: [{ network, address }],
});

const between = (
  a: string,
  b: string,
  what: Pick<Scenario, 'id' | 'title' | 'story' | 'expect'>,
  turn: Scenario['servers']['turn'] = [],
): Scenario => ({ ...callBetween({ natA: natOf(a), natB: natOf(b), turn }), ...what });

/** Both in one home, behind one router. */
function oneHome(nat: NatSpec, what: Pick<Scenario, 'id' | 'title' | 'story' | 'expect'>): Scenario {
  const home: NetworkSpec = {
    id: 'home',
    natName: 'the NAT of both',
    side: 'A',
    nat,
    address: ADDRESSES.A.outside,
  };
  return {
    ...callBetween({ natA: nat, natB: nat }),
    ...what,
    networks: [home],
    ends: {
      A: end('a laptop, at home', 'home', '192.168.1.23'),
      B: end('a phone, in the same home', 'home', '192.168.1.42'),
    },
  };
}

const apart = (scenario: Scenario): Scenario => ({
  ...scenario,
  ends: {
    A: { ...scenario.ends.A, hidesHosts: true },
    B: { ...scenario.ends.B, interfaces: [{ network: 'guests', address: '192.168.2.42' }], hidesHosts: true },
  },
  networks: [
    ...scenario.networks,
    {
      id: 'guests',
      natName: 'the NAT of both',
      side: 'B',
      nat: { mapping: 'ei', filtering: 'ei', portPreservation: true, hairpinning: true },
      outside: 'home',
      address: '192.168.1.200',
    },
  ],
});

const carrier = (hairpinning: boolean): NetworkSpec => ({
  id: 'carrier',
  natName: 'the carrier’s NAT',
  side: 'A',
  nat: { ...natOf('mobile-carrier'), hairpinning },
  address: ADDRESSES.A.outside,
});

const behindCarrier: NetworkSpec = {
  id: 'network of A',
  natName: 'A’s NAT',
  side: 'A',
  nat: natOf('home-router'),
  outside: 'carrier',
  address: '100.64.12.7',
};

export const natScenarios: readonly Scenario[] = [
  oneHome(natOf('home-router'), {
    id: 'same-network',
    title: 'Both in one network',
    story: 'A laptop and a phone in the same home. No router stands between them.',
    expect: { connected: true, local: ['host'], remote: ['host'] },
  }),
  apart(
    oneHome(
      { ...natOf('home-router'), hairpinning: true },
      {
        id: 'hairpin',
        title: 'A guest network, and a router that turns packets round',
        story:
          'Both are behind the same router, in two networks, and their host addresses are hidden. The router lets packets for its own outer address turn round.',
        expect: { connected: true },
      },
    ),
  ),
  apart(
    oneHome(
      { ...natOf('home-router'), hairpinning: false },
      {
        id: 'no-hairpin',
        title: 'A guest network, and a router that turns nothing round',
        story: 'As before, but the router drops what is for its own outer address.',
        expect: { connected: false, cause: 'nat-hairpin' },
      },
    ),
  ),
  between('full-cone', 'port-restricted', {
    id: 'full-cone-and-port-restricted',
    title: 'Full cone and port-restricted cone',
    story: 'A’s router lets in everybody, B’s only whom B wrote to. Both have one door for all.',
    expect: { connected: true, local: ['srflx', 'prflx'], remote: ['srflx', 'prflx'] },
  }),
  between('port-restricted', 'port-restricted', {
    id: 'two-port-restricted',
    title: 'Two port-restricted cones',
    story: 'Each knocks at the other’s door, and by that opens its own: hole punching.',
    expect: { connected: true, local: ['srflx', 'prflx'], remote: ['srflx', 'prflx'] },
  }),
  between('symmetric', 'full-cone', {
    id: 'symmetric-and-full-cone',
    title: 'Symmetric and full cone',
    story: 'A comes from a door that nobody knew; B’s router lets it in, and B learns it from the check.',
    expect: { connected: true, local: ['prflx'], remote: ['srflx'] },
  }),
  between('symmetric', 'symmetric', {
    id: 'two-symmetric',
    title: 'Two symmetric NATs, no TURN',
    story:
      'Each router opens a new door for each destination, and lets in only whom that door was opened for.',
    expect: { connected: false, cause: 'nat-no-relay' },
  }),
  between('symmetric', 'port-restricted', {
    id: 'symmetric-and-port-restricted',
    title: 'Symmetric and port-restricted, no TURN',
    story: 'B’s router would have to let in a door that B never wrote to.',
    expect: { connected: false, cause: 'nat-no-relay' },
  }),
  between(
    'symmetric',
    'symmetric',
    {
      id: 'two-symmetric-turn',
      title: 'Two symmetric NATs, with TURN',
      story: 'No direct way, and a relay that both can reach.',
      expect: { connected: true, local: ['relay', 'prflx', 'host'], remote: ['relay', 'prflx'] },
    },
    ['udp'],
  ),
  {
    ...callBetween({ natA: natOf('home-router'), natB: natOf('port-restricted') }),
    id: 'carrier-grade',
    title: 'Behind a carrier’s NAT',
    story: 'A’s router stands in the network of a carrier that has a NAT of its own.',
    networks: [
      carrier(true),
      behindCarrier,
      {
        id: 'network of B',
        natName: 'B’s NAT',
        side: 'B',
        nat: natOf('port-restricted'),
        address: ADDRESSES.B.outside,
      },
    ],
    expect: { connected: true, local: ['srflx', 'prflx'], remote: ['srflx', 'prflx'] },
  },
];
