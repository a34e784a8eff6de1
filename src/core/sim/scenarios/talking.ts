/** Calls that signalling decides, and what happens while they stand. */
import { ADDRESSES, callBetween, networkOf } from '../call-between.ts';
import type { Scenario } from '../scenario.ts';
import { natOf } from './nats.ts';

const home = callBetween({ natA: natOf('home-router'), natB: natOf('home-router') });
const shortLived = { ...natOf('symmetric'), lifetime: 3000 };

export const talkingScenarios: readonly Scenario[] = [
  {
    ...home,
    id: 'lossy-signalling',
    title: 'Candidates are lost',
    story: 'No candidate of B reaches A. B’s checks do, and A learns B’s address from them.',
    networks: [networkOf('A', natOf('full-cone')), networkOf('B', natOf('home-router'))],
    signalling: { delay: 40, drops: [{ from: 'B', kind: 'candidate' }] },
    expect: { connected: true, remote: ['prflx'] },
  },
  {
    ...home,
    id: 'answer-lost',
    title: 'The answer is lost',
    story: 'B answers, and the answer never arrives.',
    signalling: { delay: 40, drops: [{ from: 'B', kind: 'answer' }] },
    expect: { connected: false, cause: 'no-answer' },
  },
  {
    ...home,
    id: 'role-conflict',
    title: 'Both believe that they control',
    story: 'One check finds out; the one with the greater number keeps the role.',
    call: { ...home.call, bothControl: true },
    expect: { connected: true },
  },
  {
    ...home,
    id: 'glare',
    title: 'Both offer at once',
    story: 'Perfect negotiation: B is polite, drops its own offer and answers A’s.',
    call: { ...home.call, glare: 'perfect' },
    expect: { connected: true },
  },
  {
    ...home,
    id: 'glare-naive',
    title: 'Both offer at once, and both give way',
    story: 'Each drops its own offer for the other’s, and each answer finds nobody who waits for it.',
    call: { ...home.call, glare: 'naive' },
    expect: { connected: false, cause: 'glare' },
  },
  {
    ...home,
    id: 'restart',
    title: 'From WLAN to mobile, with an ICE restart',
    story: 'In the middle of the call B changes its network. A notices, and restarts ICE.',
    networks: [
      ...home.networks,
      {
        id: 'mobile',
        natName: 'B’s NAT',
        side: 'B',
        nat: natOf('mobile-carrier'),
        address: '192.0.2.200',
      },
    ],
    call: { ...home.call, lasts: 30_000, restartsAfter: 1000 },
    happenings: [
      {
        at: 3000,
        what: 'move',
        end: 'B',
        to: { network: 'mobile', address: '100.64.3.9', type: 'cellular' },
      },
    ],
    expect: { connected: true },
  },
  {
    ...home,
    id: 'no-restart',
    title: 'From WLAN to mobile, and nobody restarts',
    story: 'In the middle of the call B changes its network, and the page does nothing.',
    networks: [
      ...home.networks,
      {
        id: 'mobile',
        natName: 'B’s NAT',
        side: 'B',
        nat: natOf('mobile-carrier'),
        address: '192.0.2.200',
      },
    ],
    call: { ...home.call, lasts: 60_000 },
    happenings: [
      {
        at: 3000,
        what: 'move',
        end: 'B',
        to: { network: 'mobile', address: '100.64.3.9', type: 'cellular' },
      },
    ],
    expect: { connected: false, isLost: true, cause: 'path-lost' },
  },
  {
    ...callBetween({ natA: natOf('full-cone'), natB: { ...natOf('full-cone'), portPreservation: false } }),
    id: 'rebinding',
    title: 'B’s router is switched off and on',
    story: 'It forgets its door and opens another. A’s checks knock at the old one, and the call is lost.',
    call: { ...home.call, lasts: 60_000 },
    happenings: [{ at: 4000, what: 'rebind', network: 'network of B' }],
    expect: { connected: false, isLost: true, cause: 'nat-rebinding' },
  },
  {
    ...callBetween({ natA: shortLived, natB: natOf('full-cone') }),
    id: 'quiet-call',
    title: 'A door that is forgotten in a quiet call',
    story: 'A’s router forgets after three quiet seconds, and consent is asked for every five.',
    call: { ...home.call, lasts: 60_000 },
    expect: { connected: false, isLost: true, cause: 'nat-rebinding' },
  },
  {
    ...home,
    id: 'without-trickle',
    title: 'Without trickle',
    story: 'Offer and answer wait until all candidates are gathered.',
    call: { ...home.call, trickle: false },
    expect: { connected: true, local: ['srflx', 'prflx'], remote: ['srflx', 'prflx'] },
  },
  {
    ...home,
    id: 'small-packets',
    title: 'Large packets do not pass',
    story: 'A tunnel on the way carries 500 bytes. Checks are small; the certificates of DTLS are not.',
    link: { delay: 18, jitter: 0, loss: 0, mtu: 500 },
    call: { ...home.call, lasts: 20_000 },
    expect: { connected: false, cause: 'dtls-mtu' },
  },
  {
    ...callBetween({ natA: null, natB: null }),
    id: 'two-public',
    title: 'Two public addresses',
    story: 'Nothing stands between them.',
    ends: {
      A: { place: 'a server', interfaces: [{ address: ADDRESSES.A.outside }] },
      B: { place: 'another server', interfaces: [{ address: ADDRESSES.B.outside }] },
    },
    expect: { connected: true, local: ['host'], remote: ['host'] },
  },
];
