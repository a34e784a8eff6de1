/** Which NATs connect: every pair of mapping and filtering, against a table that was made without this simulator. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callBetween } from '../../../src/core/sim/call-between.ts';
import type { Dependence } from '../../../src/core/sim/nat.ts';
import type { Scenario } from '../../../src/core/sim/scenario.ts';
import { type Outcome, simulate } from '../../../src/core/sim/simulate.ts';

/** In the run three seeds; all twenty with ICESCOPE_SEEDS=20. */
const SEEDS = Array.from({ length: Number(process.env['ICESCOPE_SEEDS'] ?? 3) }, (_, index) => index + 1);

interface Cell {
  readonly name: string;
  readonly scenario: (turn: Scenario['servers']['turn']) => Scenario;
  readonly direct: boolean;
  readonly isDisputed: boolean;
}

const cells: readonly Cell[] = readFileSync(new URL('../../fixtures/nat-9x9.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [aMapping, aFiltering, bMapping, bFiltering, without, agrees] = line.split('\t');
    const nat = (mapping: string, filtering: string) => ({
      mapping: mapping.toLowerCase() as Dependence,
      filtering: filtering.toLowerCase() as Dependence,
    });
    return {
      name: `${aMapping}/${aFiltering} and ${bMapping}/${bFiltering}`,
      scenario: (turn) =>
        callBetween({ natA: nat(aMapping!, aFiltering!), natB: nat(bMapping!, bFiltering!), turn }),
      direct: without === 'direct',
      isDisputed: agrees === 'disputed',
    };
  });

const isRelayed = ({ local, remote }: Outcome): boolean => local === 'relay' || remote === 'relay';
const outcomes = (scenario: Scenario): readonly Outcome[] =>
  SEEDS.map((seed) => simulate(scenario, { seed, detail: 'nothing' }).outcome);
const wrong = (fails: (cell: Cell) => boolean): readonly string[] =>
  cells.filter(fails).map(({ name }) => name);

describe('81 pairs of NATs', () => {
  it('are all there', () => expect(cells).toHaveLength(81));

  it('connect directly or not at all without TURN, as the table says', () => {
    const isWrong = ({ scenario, direct, isDisputed }: Cell): boolean =>
      !isDisputed && outcomes(scenario([])).some(({ connected }) => connected !== direct);
    expect(wrong(isWrong)).toEqual([]);
  });

  it('connect in all disputed cells only by relay, where an answer must come from where the question went', () => {
    const disputed = cells.filter(({ isDisputed }) => isDisputed);
    expect(disputed).toHaveLength(3);
    for (const { scenario } of disputed) {
      expect(outcomes(scenario([])).map(({ connected }) => connected)).toEqual(SEEDS.map(() => false));
    }
  });

  it('connect all with TURN, and by relay only where they must', () => {
    const isWrong = ({ scenario, direct }: Cell): boolean =>
      outcomes(scenario(['udp'])).some((one) => !one.connected || isRelayed(one) === direct);
    expect(wrong(isWrong)).toEqual([]);
  });

  /** Nearer than that a check may be late by half a second, the time until it is sent again. */
  it.each([60, 250])('connect by relay only where they must at %i ms, too', (delay) => {
    const isWrong = ({ scenario, direct }: Cell): boolean => {
      const { link, ...rest } = scenario(['udp']);
      const one = simulate({ ...rest, link: { ...link, delay } }, { seed: 4, detail: 'nothing' }).outcome;
      return !one.connected || isRelayed(one) === direct;
    };
    expect(wrong(isWrong)).toEqual([]);
  });

  /** Without learning an end knows only what was signalled: both mappings have to be the one that STUN saw. */
  it('connect without peer reflexive candidates only where both ports are those that STUN told', () => {
    const isWrong = ({ scenario, name }: Cell): boolean => {
      const both = scenario([]);
      const expected = /^EI\/.* and EI\//.test(name);
      const deaf = { ...both, call: { ...both.call, learnsPeerReflexive: false } };
      return outcomes(deaf).some(({ connected }) => connected !== expected);
    };
    expect(wrong(isWrong)).toEqual([]);
  });
});
