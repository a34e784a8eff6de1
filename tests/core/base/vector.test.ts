import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vector } from '../../../src/core/base/vector.ts';

type Step = { readonly set: number | null; readonly item: number };

const steps = fc.array(fc.record({ set: fc.option(fc.integer({ min: -2, max: 220 })), item: fc.integer() }), {
  maxLength: 220,
});

const step = (list: Vector<number>, { set, item }: Step): Vector<number> =>
  set === null ? list.append(item) : list.set(set, item);

function stepPlain(list: readonly number[], { set, item }: Step): readonly number[] {
  if (set === null) return [...list, item];
  return set in list ? list.with(set, item) : list;
}

describe('Vector', () => {
  it('is what a plain list would be, and every earlier one stays as it was', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let list = Vector.empty<number>();
        let plain: readonly number[] = [];
        const seen: [Vector<number>, readonly number[]][] = [];
        for (const each of all) {
          list = step(list, each);
          plain = stepPlain(plain, each);
          seen.push([list, plain]);
        }
        for (const [vector, array] of seen) {
          expect([...vector]).toEqual(array);
          expect(vector.toArray()).toEqual(array);
          expect([vector.length, vector.last]).toEqual([array.length, array.at(-1)]);
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('finds the newest that fits, and looks no further back than it is told', () => {
    let list = Vector.empty<number>();
    for (let item = 0; item < 5000; item++) list = list.append(item);
    let looked = 0;
    const find = (wanted: number, within?: number) => {
      looked = 0;
      return list.findLastIndex((item) => (looked++, item === wanted), within);
    };
    expect(find(4990)).toBe(4990);
    expect(find(10, Infinity)).toBe(10);
    expect(find(10, 50)).toBe(-1);
    expect(looked).toBe(50);
    expect(find(-1)).toBe(-1);
    expect(looked).toBeLessThan(5000);
  });
});

it('gives the newest items in order, across chunks', () => {
  const list = Array.from({ length: 200 }, (_, index) => index).reduce(
    (all, item) => all.append(item),
    Vector.empty<number>(),
  );
  for (const count of [0, 1, 63, 64, 65, 200, 500])
    expect(list.newest(count)).toEqual(list.toArray().slice(count === 0 ? 200 : -count));
});
