/** Who sits where: the same on every server, whatever order it heard the claims in. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Claim, assignSeats } from '../../../src/server/rooms/seats.ts';

const seat = fc.constantFrom('A' as const, 'B' as const, null);
const claim: fc.Arbitrary<Claim> = fc.record({
  key: fc.string({ minLength: 1 }),
  stream: fc.constant('s'),
  seat,
  wish: seat,
  at: fc.nat(5),
  since: fc.nat(5),
  server: fc.constantFrom('one', 'two'),
  present: fc.boolean(),
  left: fc.constant(0),
});
const claims = fc.uniqueArray(claim, { selector: ({ key }) => key, maxLength: 6 });

test('no seat twice, none free while somebody stands, and the order of hearing does not matter', () => {
  fc.assert(
    fc.property(claims, fc.integer(), (all, turn) => {
      const seats = assignSeats(all);
      const taken = [...seats.values()].filter((found) => found !== null);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken.length).toBe(Math.min(2, all.length));
      const middle = Math.abs(turn % (all.length || 1));
      const turned = [...all.slice(middle), ...all.slice(0, middle)].reverse();
      expect([...assignSeats(turned)].sort()).toEqual([...seats].sort());
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('who sits stays, of two on one seat the older; a wish is met where the seat is free', () => {
  const base = {
    stream: 's',
    seat: null,
    wish: null,
    since: 0,
    server: 'one',
    present: true,
    left: 0,
  } as const;
  const seats = assignSeats([
    { ...base, key: 'late', at: 2, seat: 'B' },
    { ...base, key: 'early', at: 1, seat: 'B' },
    { ...base, key: 'new', at: 0 },
  ]);
  expect(Object.fromEntries(seats)).toEqual({ early: 'B', new: 'A', late: null });
  expect(assignSeats([{ ...base, key: 'back', at: 5, wish: 'B' }]).get('back')).toBe('B');
});
