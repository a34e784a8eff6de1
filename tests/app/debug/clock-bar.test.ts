import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutClock } from '../../../src/app/debug/clock-bar.ts';

const least = (ahead: number) => ({ side: 'least' as const, ahead });
const most = (ahead: number) => ({ side: 'most' as const, ahead });

describe('the bar of two clocks', () => {
  it('leaves what no message forbids', () => {
    const bar = layoutClock([least(401), least(406), most(421), most(425)], 400)!;
    expect(bar.left!.from).toBe(bar.least[1]);
    expect(bar.left!.to).toBe(bar.most[0]);
    expect(bar.left!.middle).toBeCloseTo((bar.left!.from + bar.left!.to) / 2);
  });

  it('leaves nothing to draw where only one way is known, and has none without a message', () => {
    expect(layoutClock([least(4), least(9)], 300)!.left).toBeNull();
    expect(layoutClock([], 300)).toBeNull();
  });

  it('is finite and inside for any bounds, and grows with none that is far away', () => {
    const bound = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(bound), fc.array(bound), (lower, upper) => {
        const bar = layoutClock([...lower.map(least), ...upper.map(most)], 400);
        for (const x of [
          ...(bar?.least ?? []),
          ...(bar?.most ?? []),
          ...(bar?.ticks.map((tick) => tick.x) ?? []),
        ]) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(400);
        }
      }),
    );
    const near = layoutClock([least(10), most(12)], 400)!;
    expect(layoutClock([least(10), least(-1e6), most(12)], 400)).toEqual(near);
  });
});
