/** Many calls: what is counted agrees with a table of NATs that was made without it, whoever counts, and however often. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_POPULATION,
  readPopulation,
  writePopulation,
} from '../../../src/core/sim/population/choices.ts';
import {
  NETWORK_KINDS,
  type Shares,
  mixes,
  oneDoorShare,
  withShare,
} from '../../../src/core/sim/population/mixes.ts';
import {
  HELP,
  Population,
  type PopulationFigures,
  STEPS,
  medianOf,
  together,
} from '../../../src/core/sim/population/population.ts';
import { wilson } from '../../../src/core/sim/population/share.ts';

const count = (
  choices: Partial<typeof DEFAULT_POPULATION>,
  part?: { number: number; of: number },
): PopulationFigures => {
  const population = new Population({ ...DEFAULT_POPULATION, pairs: 300, ...choices }, part);
  while (!population.isDone) population.play(7);
  return population.figures;
};
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** All calls between two kinds, each way round. */
const between = (a: number, b: number): Shares =>
  NETWORK_KINDS.map((_, kind) => (kind === a || kind === b ? 50 : 0));

describe('kinds of networks', () => {
  const table = readFileSync(new URL('../../fixtures/nat-9x9.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  const behind = NETWORK_KINDS.flatMap(({ nat, firewall }, kind) =>
    nat && firewall === 'none' ? [kind] : [],
  );
  const axes = (kind: number): readonly string[] => {
    const { mapping, filtering } = NETWORK_KINDS[kind]!.nat!;
    return [mapping.toUpperCase(), filtering.toUpperCase()];
  };

  it('meet directly, or only by TURN, as the table of NATs says', () => {
    for (const a of behind)
      for (const b of behind) {
        const row = table.find((one) => one.slice(0, 4).join() === [...axes(a), ...axes(b)].join())!;
        const { cells } = count({ shares: between(a, b), pairs: 60 });
        const cell = cells[a]![b]!;
        expect(sum(HELP.map((help) => cell[help])), `${a} ${b}`).toBeGreaterThan(0);
        expect(cell.never).toBe(0);
        if (row[4] === 'direct') expect(cell.turn).toBe(0);
        else expect(cell.none + cell.stun).toBe(0);
      }
  });

  it('of which one lets no UDP out meet only by TURN over TCP', () => {
    const noUdp = NETWORK_KINDS.findIndex(({ id }) => id === 'no-udp');
    const [without, with_] = [false, true].map((turnTcp) =>
      count({ shares: between(noUdp, 3), pairs: 40, turnTcp }),
    );
    expect(without!.cells[noUdp]![3]).toMatchObject({ none: 0, stun: 0, turn: 0 });
    expect(with_!.counts.never).toBe(0);
  });

  it('need no server where one has no NAT, and nothing helps two NATs without STUN and TURN', () => {
    expect(count({ shares: between(0, 4), pairs: 40 }).cells[0]![4]).toMatchObject({
      stun: 0,
      turn: 0,
      never: 0,
    });
    const { counts } = count({ shares: between(3, 3), pairs: 20, stun: false, turn: false });
    expect(counts).toEqual({ none: 0, stun: 0, turn: 0, never: 20 });
  });
});

describe('counting', () => {
  it('gives the same whether one counts or three, and the parts of it add up', () => {
    const whole = count({});
    const shared = together([0, 1, 2].map((number) => count({}, { number, of: 3 })));
    expect(shared).toEqual(whole);
    const { counts, cells, times, pairs } = whole;
    expect(pairs).toBe(300);
    expect(sum(HELP.map((help) => counts[help]))).toBe(300);
    for (const help of HELP) expect(sum(cells.flat().map((cell) => cell[help]))).toBe(counts[help]);
    for (const help of ['none', 'stun', 'turn'] as const) {
      expect(times[help]).toHaveLength(STEPS);
      expect(sum(times[help])).toBe(counts[help]);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(count({})).toEqual(count({}));
    expect(count({ seed: 8 })).not.toEqual(count({}));
  });

  it('finds the median of what was counted', () => {
    const times = Array.from({ length: STEPS }, () => 0);
    expect(medianOf(times)).toBeNull();
    times[20] = 2;
    times[40] = 2;
    expect(medianOf(times)).toBe(105);
  });
});

describe('how sure a share is', () => {
  /** Values of statsmodels' `proportion_confint(count, nobs, method='wilson')`. */
  it.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
  ])('%i of %i', (some, all, from, to) => {
    const interval = wilson(some, all);
    expect(interval.from).toBeCloseTo(from, 4);
    expect(interval.to).toBeCloseTo(to, 4);
  });

  it('holds the share in it, and is narrower the more are counted', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, all) => {
        const some = Math.min(a, all);
        const [few, many] = [wilson(some, all), wilson(some * 10, all * 10)];
        expect(few.from).toBeLessThanOrEqual(some / all + 1e-9);
        expect(few.to).toBeGreaterThanOrEqual(some / all - 1e-9);
        expect(many.to - many.from).toBeLessThan(few.to - few.from);
      }),
    );
  });
});

describe('a mix', () => {
  it.each(mixes.all.map((mix) => [mix.title, mix] as const))(
    '%s makes a hundred and says what is set by hand',
    (_, mix) => {
      expect(mix.shares).toHaveLength(NETWORK_KINDS.length);
      expect(sum(mix.shares)).toBe(100);
      expect(mix.source).toMatch(/set by hand/i);
    },
  );

  it('of Ford and others keeps one door in 82 of 100 NATs', () => {
    expect(oneDoorShare(mixes.get('ford-2005')!.shares)).toBeCloseTo(0.82, 2);
  });

  it('makes a hundred whatever is set in whatever order, and keeps what was set', () => {
    const setting = fc.tuple(fc.nat(NETWORK_KINDS.length - 1), fc.integer({ min: -20, max: 120 }));
    fc.assert(
      fc.property(fc.array(setting, { minLength: 1, maxLength: 8 }), (settings) => {
        let shares: Shares = DEFAULT_POPULATION.shares;
        for (const [index, value] of settings) {
          shares = withShare(shares, index, value);
          expect(sum(shares)).toBe(100);
          expect(shares[index]).toBe(Math.min(100, Math.max(0, value)));
          expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('is read from an address as it was written, and another thing is refused in words', () => {
    const choices = {
      ...DEFAULT_POPULATION,
      shares: [0, 0, 1, 99, 0, 0],
      turn: false,
      turnTcp: true,
      pairs: 12,
      seed: 0,
    };
    expect(readPopulation(writePopulation(choices))).toEqual({ ok: true, value: choices });
    expect(readPopulation('')).toEqual({ ok: true, value: DEFAULT_POPULATION });
    for (const text of [
      'mix=1,2,3',
      'mix=50,50,50,0,0,0',
      'pairs=0',
      'pairs=1e9',
      'seed=-1',
      'servers=x',
      'what=1',
      'toString=1',
    ])
      expect(readPopulation(text).ok, text).toBe(false);
  });
});
