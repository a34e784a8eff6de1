import { expect, it } from 'vitest';
import { kinships, peerPairings, eventsOf } from '../../../src/core/session/peer-pairing.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { FIXTURES, fourConnections, openFixture } from '../../support/sessions.ts';

const connectionsOf = (name: string) => peerPairings(FIXTURES.find((one) => one.name === name)!.log.events);

it('joins the two ends of each recorded session whose answer arrived', () => {
  for (const name of ['loopback-chromium', 'loopback-firefox', 'restart-firefox', 'tabs-chromium'])
    expect(connectionsOf(name), name).toEqual([['A', 'B']]);
});

it('leaves alone who was never answered', () => {
  const { log } = FIXTURES.find(({ name }) => name === 'loopback-chromium')!;
  const oneSided = log.events.filter(({ peer }) => peer !== 'B');
  expect(peerPairings(oneSided)).toEqual([['A']]);
});

it('parts four connections into two and two, each with all that happened on it', () => {
  const { log } = openFixture('four', fourConnections());
  const pairings = peerPairings(log.events);
  expect(pairings.map((pairing) => pairing.toSorted().join('')).sort()).toEqual(['AB', 'CD']);
  const parts = pairings.map((pairing) => eventsOf(log.events, pairing).filter(({ peer }) => peer !== ''));
  expect(parts.flat().length).toBe(log.events.filter(({ peer }) => peer !== '').length);
  const before = FIXTURES.find(({ name }) => name === 'media-chromium')!.log.events;
  const cd = parts.find((part) => part[0]!.peer >= 'C')!;
  expect(cd.map(({ type }) => type)).toEqual(
    before.filter(({ peer }) => peer !== '').map(({ type }) => type),
  );
});

const event = (peer: string, type: string, value: unknown) =>
  ({ id: '', at: 0, peer, type, value }) as SessionEvent;
const own = (peer: string, sdp: string) => event(peer, 'setLocalDescription', { type: 'offer', sdp });
const given = (peer: string, sdp: string) => event(peer, 'setRemoteDescription', { type: 'offer', sdp });
const ufrag = (name: string) => `v=0\r\na=ice-ufrag:${name}\r\n`;
const print = 'a=fingerprint:sha-256 7C:1D:03\r\n';

it('gives one to one: who has the surest other is nobody else’s', () => {
  // P and Q share a fragment; Q and R only a certificate, which a page may use for all its connections.
  const events = [
    own('P', ufrag('pq')),
    given('Q', ufrag('pq')),
    own('Q', `v=0\r\n${print}`),
    given('R', print),
  ];
  expect(kinships(events)).toHaveLength(2);
  expect(peerPairings(events)).toEqual([['P', 'Q'], ['R']]);
});

it('gives one to one, also where the other is the one that is taken', () => {
  const events = [own('Q', ufrag('qr')), given('R', ufrag('qr')), given('P', print), own('R', print)];
  expect(peerPairings(events)).toEqual([['Q', 'R'], ['P']]);
});

it('takes no candidate without a port for a mark', () => {
  const line = 'candidate:1 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active';
  const events = [
    event('P', 'onicecandidate', { candidate: line }),
    event('Q', 'addIceCandidate', { candidate: line }),
  ];
  expect(kinships(events)).toEqual([]);
});
