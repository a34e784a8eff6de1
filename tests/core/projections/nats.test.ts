import { describe, expect, it } from 'vitest';
import { type Outside, natsOf } from '../../../src/core/projections/nats.ts';
import { waysOf } from '../../../src/core/projections/path.ts';
import { HAND_MADE, viewOf } from '../../app/paths/sessions.ts';
import { FIXTURES, RECORDINGS, viewAt } from '../../support/sessions.ts';

const recorded = (name: string) => RECORDINGS.find((one) => one.name === name)!.whole;
const doors = ({ nat }: Outside) =>
  nat?.mappings.map(({ address, port, seenBy }) => `${seenBy} ${address}:${port}`);

describe('NATs', () => {
  // What the routers of tests/natlab really were: their outer addresses and how they map.
  it.each([
    ['direct', ['STUN 198.51.100.2:49420'], ['STUN 203.0.113.2:40376']],
    ['no-way', ['STUN 198.51.100.2:44326'], ['STUN 203.0.113.2:10052']],
    ['through-turn', ['STUN 198.51.100.2:26545', 'the other end :48099'], ['STUN 203.0.113.2:10671']],
  ])('%s: one before each end, with the doors that were seen', (name, a, b) => {
    expect(natsOf(recorded(name)).map(doors)).toEqual([a, b]);
  });

  it('map each destination to a port of its own where a check came from another than STUN saw', () => {
    const kinds = natsOf(recorded('through-turn')).map(({ nat }) => nat?.perDestination);
    expect(kinds).toEqual([true, false]);
    expect(natsOf(recorded('direct')).map(({ nat }) => nat?.perDestination)).toEqual([false, false]);
  });

  it('are always inferred, and say why', () => {
    const [a, b] = natsOf(viewOf(HAND_MADE.throughDoors, { time: 13 }).facts);
    expect([a.nat?.evidence, b.nat?.evidence]).toEqual(['inferred', 'inferred']);
    expect(b.reason).toBe('STUN saw it at another address than its own, 10.0.0.7');
  });

  it('are known without a server outside where whoever recorded it says so, and then without a door', () => {
    const before = viewOf(HAND_MADE.throughDoors, { time: 9 }).facts;
    const told = { ...before, peers: before.peers.map((peer) => ({ ...peer, behind: 'a NAT' })) };
    for (const { nat, reason } of natsOf(told)) {
      expect(nat?.mappings).toEqual([]);
      expect(reason).toBe('whoever recorded it says that it is behind a NAT');
    }
  });

  it('are not known before anybody told an outer address', () => {
    const outsides = natsOf(viewOf(HAND_MADE.throughDoors, { time: 9 }).facts);
    expect(outsides.map(({ nat }) => nat)).toEqual([null, null]);
    expect(outsides[0].reason).toContain('can not be known');
  });

  it.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'are not there between two ends on one machine: %s',
    (_, fixture) => {
      const { facts } = viewAt(fixture, fixture.log.events.length);
      expect(natsOf(facts).map(({ nat }) => nat)).toEqual([null, null]);
    },
  );
});

it('a way whose peer reflexive end is hidden by both browsers is one way, not two', () => {
  const chosen = waysOf(recorded('through-turn')).filter(({ chosenAt }) => chosenAt !== null);
  expect(chosen.map(({ pairs }) => pairs.map(({ peer }) => peer))).toEqual([['A', 'B']]);
});
