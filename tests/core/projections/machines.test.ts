import { expect, it } from 'vitest';
import { MACHINES } from '../../../src/core/projections/machines.ts';
import { states } from '../../../src/core/projections/states.ts';
import { unknownSteps } from '../../e2e/transitions/recorded.ts';
import { FIXTURES } from '../../support/sessions.ts';

it.each(FIXTURES)('every step that $name recorded is in the tables', ({ log }) => {
  const peers = log.events.reduce(states.reduce, states.initial);
  expect(Object.keys(peers).length).toBeGreaterThan(0);
  for (const all of Object.values(peers)) expect(unknownSteps(all)).toEqual([]);
});

it('a step that no table has is found', () => {
  const born = states.reduce(states.initial, { type: 'create', id: 'A:0', peer: 'A', at: 0, value: {} });
  const jumped = states.reduce(born, {
    type: 'onsignalingstatechange',
    id: 'A:1',
    peer: 'A',
    at: 1,
    value: 'have-remote-pranswer',
  });
  expect(unknownSteps(jumped['A']!)).toEqual(['signaling stable > have-remote-pranswer']);
});

/** The enumerations of W3C WebRTC, sections 4.3.1 to 4.3.4 and 5.5.1, in the specification's own order. */
const ENUMERATIONS: Readonly<Record<string, readonly string[]>> = {
  signaling: [
    'stable',
    'have-local-offer',
    'have-remote-offer',
    'have-local-pranswer',
    'have-remote-pranswer',
    'closed',
  ],
  gathering: ['new', 'gathering', 'complete'],
  ice: ['closed', 'failed', 'disconnected', 'new', 'checking', 'completed', 'connected'],
  dtls: ['new', 'connecting', 'connected', 'closed', 'failed'],
  connection: ['closed', 'failed', 'disconnected', 'new', 'connecting', 'connected'],
};

it.each(MACHINES)(
  '$id has the states of the specification, each within reach',
  ({ id, initial, states: all, transitions }) => {
    expect([...all].sort()).toEqual([...ENUMERATIONS[id]!].sort());
    const reached = new Set([initial]);
    for (const state of reached) for (const { from, to } of transitions) if (from === state) reached.add(to);
    expect([...reached].sort()).toEqual([...all].sort());
  },
);

it.each(MACHINES)(
  '$id has each step once, between states of its own, with a label',
  ({ states: all, transitions }) => {
    const steps = transitions.map(({ from, to }) => `${from} > ${to}`);
    expect(new Set(steps).size).toBe(steps.length);
    for (const { from, to, label } of transitions) {
      expect([all.includes(from), all.includes(to), from === to]).toEqual([true, true, false]);
      expect(label).not.toBe('');
    }
  },
);
