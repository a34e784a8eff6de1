/** Calls that firewalls, families of addresses and links decide. */
import { ADDRESSES, callBetween, networkOf } from '../call-between.ts';
import type { EndSpec, NetworkSpec, Scenario } from '../scenario.ts';
import { natOf } from './nats.ts';

const home = callBetween({ natA: natOf('home-router'), natB: natOf('home-router') });

const nat64: NetworkSpec = {
  id: 'mobile',
  natName: 'A’s NAT',
  side: 'A',
  nat: { ...natOf('mobile-carrier'), nat64: true },
  address: ADDRESSES.A.outside,
};
const onlyIpv6: EndSpec = {
  place: 'a phone, with IPv6 only',
  behind: 'a NAT64',
  interfaces: [{ network: 'mobile', address: '2001:db8:a::23', type: 'cellular', nat64: true }],
};
const publicIpv6: EndSpec = {
  place: 'a laptop, with IPv6 only',
  interfaces: [{ address: '2001:db8:a::23' }],
};

export const networkScenarios: readonly Scenario[] = [
  {
    ...home,
    id: 'nat64-turn',
    title: 'IPv6 only, behind a NAT64, with TURN',
    story:
      'A has no IPv4, B no IPv6. A reaches the servers through the NAT64, and the relay has an IPv4 address.',
    networks: [nat64, networkOf('B', natOf('home-router'))],
    ends: { A: onlyIpv6, B: home.ends.B },
    servers: { stun: 'on', turn: ['udp'] },
    expect: { connected: true, local: ['relay'] },
  },
  {
    ...home,
    id: 'ipv6-one-side',
    title: 'IPv6 at one side only',
    story: 'A has only IPv6 and B only IPv4, and nothing translates between them.',
    networks: [networkOf('B', natOf('home-router'))],
    ends: { A: publicIpv6, B: home.ends.B },
    servers: { stun: 'on', turn: [], ipv6: true },
    expect: { connected: false, cause: 'address-family-mismatch' },
  },
  {
    ...callBetween({
      natA: natOf('company'),
      natB: natOf('home-router'),
      firewallA: 'no-udp',
      turn: ['udp', 'tcp'],
    }),
    id: 'no-udp-turn-tcp',
    title: 'No UDP, and TURN over TCP',
    story: 'A’s company lets no UDP out. TURN over TCP does.',
    expect: { connected: true, local: ['relay'] },
  },
  {
    ...callBetween({
      natA: natOf('company'),
      natB: natOf('home-router'),
      firewallA: 'no-udp',
      turn: ['udp'],
    }),
    id: 'no-udp',
    title: 'No UDP, and TURN over UDP only',
    story: 'A’s company lets no UDP out, and TURN is offered over UDP alone.',
    expect: { connected: false, cause: 'udp-blocked' },
  },
  {
    ...callBetween({
      natA: natOf('hotel'),
      natB: natOf('home-router'),
      firewallA: 'only-443',
      turn: ['udp', 'tls'],
    }),
    id: 'only-tcp-443',
    title: 'Only TCP to port 443',
    story: 'A’s hotel lets out nothing but TCP to port 443. TURN over TLS stands there.',
    expect: { connected: true, local: ['relay'] },
  },
  {
    ...home,
    id: 'vpn',
    title: 'A VPN and a WLAN',
    story: 'A has two interfaces. What goes through the VPN does not arrive; the WLAN works.',
    networks: [
      ...home.networks,
      { id: 'vpn', natName: 'the NAT of the VPN', side: 'A', nat: natOf('company'), address: '203.0.113.80' },
    ],
    ends: {
      A: {
        ...home.ends.A,
        interfaces: [
          { network: 'vpn', address: '10.8.0.6', type: 'vpn', isDead: true },
          { network: 'network of A', address: ADDRESSES.A.host, type: 'wifi' },
        ],
      },
      B: home.ends.B,
    },
    expect: { connected: true, local: ['srflx', 'prflx'] },
  },
  {
    ...home,
    id: 'high-loss',
    title: 'One packet in five is lost',
    story: 'The way between the two loses a fifth of all packets. What is lost is sent again.',
    link: { delay: 60, jitter: 20, loss: 0.2, mtu: 1500 },
    servers: { stun: 'on', turn: ['udp'] },
    expect: { connected: true },
  },
  {
    ...callBetween({ natA: null, natB: natOf('full-cone') }),
    id: 'one-way-firewall',
    title: 'A firewall that lets in, and not out',
    story:
      'A’s firewall lets everything in, and UDP out to the STUN server alone: A hears B, and B never hears A.',
    ends: {
      A: {
        place: 'a server, in a company',
        interfaces: [{ address: ADDRESSES.A.outside }],
        firewall: { udpOut: [3478], tcpOut: 'all', inbound: 'open' },
      },
      B: {
        place: 'a phone, in a hotel',
        behind: 'a NAT',
        interfaces: [{ network: 'network of B', address: ADDRESSES.B.host }],
      },
    },
    expect: { connected: false, cause: 'one-way-path' },
  },
];
