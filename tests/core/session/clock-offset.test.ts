import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOffset } from '../../../src/core/session/clock-offset.ts';

describe('the offset of two clocks', () => {
  it('is not known before letters went both ways', () => {
    const clock = clockOffset();
    clock.came(100, 90);
    expect(clock.estimate()).toBeNull();
    clock.went(95, 110);
    expect(clock.estimate()).not.toBeNull();
  });

  it('lies within the uncertainty that is told, whatever the letters take and whichever clock is ahead', () => {
    const delays = fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 5000, noNaN: true })), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), delays, (ahead, messages) => {
        const clock = clockOffset();
        let here = 1e7;
        for (const [isComing, delay] of messages) {
          here += 50;
          if (isComing) clock.came(here + ahead, here + delay);
          else clock.went(here, here + delay + ahead);
        }
        const known = clock.estimate();
        if (known === null) return;
        expect(Math.abs(known.offset + ahead)).toBeLessThanOrEqual(known.uncertainty + 1e-6);
        expect(known.messages).toBe(messages.length);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is found again after a clock was set', () => {
    const clock = clockOffset();
    clock.came(1000, 1001);
    clock.went(1002, 1003);
    for (let at = 2000; at < 2010; at++) {
      clock.came(at + 60_000, at + 1);
      clock.went(at, at + 60_001);
    }
    const { offset, uncertainty } = clock.estimate()!;
    expect(Math.abs(offset + 60_000)).toBeLessThanOrEqual(uncertainty + 1e-6);
    expect(uncertainty).toBeLessThan(2);
  });
});
