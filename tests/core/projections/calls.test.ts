import { expect, it } from 'vitest';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';

const event = (at: number, type: string, value: unknown = null, correlation?: string) =>
  ({ id: `A:${at}`, at, peer: 'A', type, value, correlation }) as unknown as SessionEvent;

const callsOf = (...events: readonly SessionEvent[]) =>
  events
    .reduce(reduce, NO_FACTS)
    .calls.toArray()
    .map(({ id, endedAt, outcome }) => [id, endedAt, outcome]);

it('ends the call that an outcome names, also where another of its kind began later', () => {
  expect(
    callsOf(
      event(1, 'addIceCandidate', null, 'one'),
      event(2, 'addIceCandidate', null, 'two'),
      event(5, 'addIceCandidateOnSuccess', null, 'one'),
    ),
  ).toEqual([
    ['A:1', 5, 'resolved'],
    ['A:2', null, 'pending'],
  ]);
});

it('ends the newest that waits where nothing names one', () => {
  expect(
    callsOf(
      event(1, 'createOffer'),
      event(2, 'createOffer'),
      event(5, 'createOfferOnFailure', 'TypeError: no'),
    ),
  ).toEqual([
    ['A:1', null, 'pending'],
    ['A:2', 5, 'rejected'],
  ]);
});

it('ends at once what gives no promise', () => {
  expect(callsOf(event(3, 'createDataChannel', { label: 'a' }))).toEqual([['A:3', 3, 'resolved']]);
});
