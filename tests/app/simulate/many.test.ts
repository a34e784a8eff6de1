/** The pictures of many calls: finite at any width and count, and what they say of 86 % is what the curves give. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_POPULATION } from '../../../src/core/sim/population/choices.ts';
import { type Shares, withShare } from '../../../src/core/sim/population/mixes.ts';
import { Population, type PopulationFigures } from '../../../src/core/sim/population/population.ts';
import {
  barLayout,
  directBetweenNats,
  matrixLayout,
  quotedLayout,
  timesLayout,
} from '../../../src/app/simulate/many/layout.ts';
import { adviceFor, neediestMatch, percent, verdictOf } from '../../../src/app/simulate/many/words.ts';

function counted(pairs: number, shares: Shares = DEFAULT_POPULATION.shares): PopulationFigures {
  const population = new Population({ ...DEFAULT_POPULATION, shares, pairs: Math.max(1, pairs) });
  population.play(pairs);
  return population.figures;
}
const numbersIn = (value: unknown): readonly number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

const LONELY = withShare(DEFAULT_POPULATION.shares, 4, 100);

describe.each([0, 1, 400])('of %i pairs', (pairs) => {
  it.each([300, 560, 964, 1700])('all is finite and in its place, %i px wide', (width) => {
    for (const shares of [DEFAULT_POPULATION.shares, LONELY]) {
      const figures = counted(pairs, shares);
      const drawn = [
        barLayout(figures, width),
        matrixLayout(figures, shares, width, 414),
        quotedLayout(figures, shares, width, 200),
        timesLayout(figures, width, 34),
      ];
      for (const number of numbersIn(drawn)) expect(Number.isFinite(number)).toBe(true);
      const labels = barLayout(figures, width).map(({ label }) => label!);
      for (let i = 1; i < labels.length; i++) expect(labels[i]! - labels[i - 1]!).toBeGreaterThan(60);
    }
  });
});

describe('of 400 pairs', () => {
  const figures = counted(400);

  it('the bar is filled, and each border lies within its whisker', () => {
    const parts = barLayout(figures, 1000);
    expect(parts.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1000);
    for (const { whisker, x, width } of parts) {
      if (!whisker) continue;
      expect(whisker[0]).toBeLessThan(x + width);
      expect(whisker[1]).toBeGreaterThan(x + width);
    }
  });

  it('the cells fill their square, and their areas are the shares', () => {
    const { cells } = matrixLayout(figures, DEFAULT_POPULATION.shares, 500, 400);
    expect(cells.reduce((sum, { width, height }) => sum + width * height, 0)).toBeCloseTo(500 * 400);
    const big = cells.find(({ a, b }) => a === 3 && b === 3)!;
    expect((big.width * big.height) / (500 * 400)).toBeCloseTo(0.56 ** 2);
  });

  it('86 % lie at 63 and at 93 % of the routers', () => {
    const { cuts } = quotedLayout(figures, DEFAULT_POPULATION.shares, 100, 100);
    expect(cuts.map(({ words }) => words)).toEqual(['63 %', '93 %']);
    // (1 − x)² = 0.14, and x² = 0.86.
    expect(cuts[0]!.x).toBeCloseTo((1 - Math.sqrt(0.14) - 0.5) * 200);
    expect(cuts[1]!.x).toBeCloseTo((Math.sqrt(0.86) - 0.5) * 200);
    const direct = directBetweenNats(figures)!;
    expect(direct).toBeGreaterThan(0.82 ** 2 - 0.1);
    expect(direct).toBeLessThan(1 - 0.18 ** 2);
  });

  it('the words count what was counted, and advise what is missing', () => {
    const { counts, pairs } = figures;
    const verdict = verdictOf(figures, DEFAULT_POPULATION);
    expect(verdict.headline).toContain(`${Math.round(((counts.none + counts.stun) / pairs) * 100)} of 100`);
    expect(neediestMatch(figures)).toMatchObject({ a: 3, b: 4 });
    const advice = adviceFor(DEFAULT_POPULATION, figures)!;
    expect(advice.change).toEqual({ turnTcp: true });
    expect(advice.says).toContain(percent(counts.never / pairs));
    expect(adviceFor({ ...DEFAULT_POPULATION, stun: false }, figures)!.change).toEqual({ stun: true });
  });
});
