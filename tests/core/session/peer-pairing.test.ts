import { expect, it } from 'vitest';
import { peerPairings, eventsOf } from '../../../src/core/session/peer-pairing.ts';
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
