/** Letters over a way that loses, doubles, delays and reorders: taken once, in order, all of them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Inbox, Outbox, OutboxFull, outboxLimits } from '../../../src/core/signalling/delivery.ts';
import { type Envelope, eventId, readEventId } from '../../../src/core/signalling/room-messages.ts';

const step = fc.record({
  send: fc.nat(3),
  rewind: fc.boolean(),
  lose: fc.nat(3),
  double: fc.boolean(),
  swap: fc.boolean(),
  loseAck: fc.boolean(),
});

test('whatever the way does, each letter is taken once and in order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [outbox, inbox] = [new Outbox(), new Inbox()];
      const taken: string[] = [];
      let sent = 0;
      let way: Envelope[] = [];
      const deliver = (letters: readonly Envelope[]) => {
        for (const letter of letters) if (inbox.take('s', letter) === 'new') taken.push(letter.text);
      };
      for (const { send, rewind, lose, double, swap, loseAck } of steps) {
        for (let n = 0; n < send; n++) outbox.put(String(sent++));
        if (rewind) outbox.rewind();
        way.push(...outbox.take());
        if (swap) way.reverse();
        if (lose > 0) way = way.filter((_, index) => index % lose !== 0);
        deliver(double ? [...way, ...way] : way);
        if (!double) way = [];
        if (!loseAck && inbox.taken) outbox.ack(inbox.taken.n);
      }
      // At last the way is good.
      for (let tries = 0; tries < 3; tries++) {
        outbox.rewind();
        deliver(outbox.take());
        if (inbox.taken) outbox.ack(inbox.taken.n);
      }
      expect(taken).toEqual(Array.from({ length: sent }, (_, n) => String(n)));
      expect(outbox.waiting).toBe(0);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('a newcomer begins where the one before it ended; an earlier stream is not heard again', () => {
  const inbox = new Inbox();
  expect(inbox.take('one', { n: 8, base: 7, text: '' })).toBe('new');
  expect(inbox.take('two', { n: 1, base: 0, text: '' })).toBe('new');
  expect(inbox.take('one', { n: 9, base: 8, text: '' })).toBe('seen');
  expect(inbox.take('two', { n: 3, base: 0, text: '' })).toBe('gap');
  // What the receiver before acknowledged late is not waited for.
  expect(inbox.take('two', { n: 5, base: 4, text: '' })).toBe('new');
  expect(inbox.taken).toEqual({ stream: 'two', n: 5 });
});

test('no more is on the way than may be, and an acknowledgement of what was never sent counts for nothing', () => {
  const outbox = new Outbox();
  for (let n = 0; n < outboxLimits.envelopes; n++) outbox.put('x');
  expect(() => outbox.put('x')).toThrow(OutboxFull);
  expect(outbox.take()).toHaveLength(outboxLimits.onTheWay);
  expect(outbox.take()).toHaveLength(0);
  expect([outbox.ack(outboxLimits.envelopes + 1), outbox.ack(0), outbox.ack(100)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(outbox.take()[0]).toEqual({ n: outboxLimits.onTheWay + 1, base: 100, text: 'x' });
});

test('Last-Event-ID is read as it was written, and nothing else is', () => {
  const stream = `${'s'.repeat(21)}A`;
  for (const brought of [{ seat: 'A' }, { seat: 'B', last: { stream, n: 7 } }] as const)
    expect(readEventId(eventId(brought))).toEqual(brought);
  for (const id of ['', 'C', 'A.', `A.${stream}`, `A.${stream}.-1`, `A.${stream}.1e3`, '7'])
    expect(readEventId(id)).toBeUndefined();
});
