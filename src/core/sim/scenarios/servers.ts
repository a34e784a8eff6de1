/** Calls that ICE servers, and servers as ends, decide. */
import { ADDRESSES, callBetween } from '../call-between.ts';
import type { Scenario } from '../scenario.ts';
import { natOf } from './nats.ts';

const symmetric = callBetween({ natA: natOf('symmetric'), natB: natOf('symmetric'), turn: ['udp'] });
const home = callBetween({ natA: natOf('home-router'), natB: natOf('home-router') });

const withTurn = (
  turnState: NonNullable<Scenario['servers']['turnState']>,
  what: Pick<Scenario, 'id' | 'title' | 'story' | 'expect'>,
): Scenario => ({ ...symmetric, ...what, servers: { ...symmetric.servers, turnState } });

export const serverScenarios: readonly Scenario[] = [
  withTurn('dead', {
    id: 'turn-dead',
    title: 'TURN does not answer',
    story: 'Two symmetric NATs would need the relay, and its server is down.',
    expect: { connected: false, cause: 'turn-unreachable' },
  }),
  withTurn('expired', {
    id: 'turn-expired',
    title: 'The TURN password has run out',
    story: 'The user name says until when it is good. That was an hour ago.',
    expect: { connected: false, cause: 'turn-expired' },
  }),
  withTurn('wrong password', {
    id: 'turn-wrong-password',
    title: 'TURN refuses the password',
    story: 'The server knows the user, with another password.',
    expect: { connected: false, cause: 'turn-auth' },
  }),
  withTurn('private', {
    id: 'turn-private-address',
    title: 'TURN tells a private address',
    story: 'The relay does not know its public address, and leases one that nobody outside reaches.',
    expect: { connected: false, cause: 'turn-relay-private' },
  }),
  withTurn('full', {
    id: 'turn-full',
    title: 'TURN leases no more',
    story: 'The user has as many relays as it may.',
    expect: { connected: false, cause: 'turn-quota' },
  }),
  {
    ...home,
    id: 'stun-dead',
    title: 'STUN does not answer',
    story: 'Neither side learns how it is seen from outside.',
    servers: { stun: 'dead', turn: [] },
    expect: { connected: false, cause: 'stun-unreachable' },
  },
  {
    ...home,
    id: 'no-servers',
    title: 'No ICE servers at all',
    story: 'Both have nothing to offer but addresses of their own networks.',
    servers: { stun: 'off', turn: [] },
    expect: { connected: false, cause: 'no-ice-servers' },
  },
  {
    ...home,
    id: 'relay-only',
    title: 'Only relays are allowed',
    story: 'The page hides all addresses but those of the relay.',
    servers: { stun: 'on', turn: ['udp'] },
    call: { ...home.call, relayOnly: true },
    expect: { connected: true, local: ['relay'], remote: ['relay', 'prflx'] },
  },
  {
    ...home,
    id: 'lite-server',
    title: 'A server with ICE lite',
    story: 'B is a media server with a public address. It answers checks and makes none.',
    networks: home.networks.slice(0, 1),
    ends: {
      A: home.ends.A,
      B: { place: 'a media server', interfaces: [{ address: ADDRESSES.B.outside }], isLite: true },
    },
    expect: { connected: true, remote: ['host'] },
  },
  {
    ...home,
    id: 'server-private-address',
    title: 'A server that tells a private address',
    story: 'B is a media server in a container, and tells the address that it has there.',
    networks: home.networks.slice(0, 1),
    ends: {
      A: home.ends.A,
      B: {
        place: 'a media server, in a container',
        interfaces: [{ address: ADDRESSES.B.outside }],
        isLite: true,
        announces: '172.17.0.2',
      },
    },
    expect: { connected: false, cause: 'server-address-unreachable' },
  },
];
