import { expect, it } from 'vitest';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';

const event = (at: number, peer: string, type: string, value: unknown, correlation?: string) =>
  ({ id: `${peer}:${at}`, at, peer, type, value, correlation }) as unknown as SessionEvent;

const offer = { kind: 'offer', channel: 'in-page', bytes: 12, payload: { type: 'offer', sdp: 'v=0' } };
const sent = event(1, 'A', ':signal.sent', { ...offer, to: 'B' }, 'A>B#1');
const received = (at: number, from = 'A', to = 'B') =>
  event(at, to, ':signal.received', { ...offer, from }, `A>B#1`);

const messagesOf = (...events: readonly SessionEvent[]) => events.reduce(reduce, NO_FACTS).messages.toArray();

it('joins an arrival to its sending', () => {
  expect(messagesOf(sent, received(7))).toMatchObject([{ id: 'A:1', sentAt: 1, receivedAt: 7 }]);
});

it('does not join what another receiver got', () => {
  expect(messagesOf(sent, received(7, 'A', 'C'))).toMatchObject([
    { to: 'B', receivedAt: null },
    { to: 'C', sentAt: null, receivedAt: 7 },
  ]);
});

it('counts the first arrival of a message that was copied, and keeps when the copy came', () => {
  const copied = event(2, 'A', ':signal.duplicated', { to: 'B' }, 'A>B#1');
  expect(messagesOf(sent, copied, received(7), received(11))).toMatchObject([
    { receivedAt: 7, passage: { copies: 2, arrivedAgainAt: [11] } },
  ]);
});
