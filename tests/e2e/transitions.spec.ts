/**
 * Each row of transitions.ts in a real browser, recorded by `observe()`. Where the browser does something else than the
 * row says, transitions-differences.json lists it: a difference that is not listed fails, one that is gone fails too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MACHINES } from '../../src/core/projections/machines.ts';
import { states } from '../../src/core/projections/states.ts';
import { readFailure } from '../../src/core/session/event.ts';
import type { LabReport } from '../support/lab.ts';
import { expect, test } from './live.ts';
import { TRANSITIONS } from './transitions.ts';
import type { Row } from './transitions/row.ts';

interface Difference {
  readonly browser: string;
  readonly row: string;
  readonly fact: string;
  readonly expected: string;
  /** A list: the browser does now one, now the other. */
  readonly recorded: string | readonly string[];
}

const LISTED = JSON.parse(
  readFileSync(join(import.meta.dirname, 'transitions-differences.json'), 'utf8'),
) as readonly Difference[];

const anyOf = (text: string | readonly string[]): readonly string[] => [text].flat();

test('every listed difference is of a row and a fact that exist, with what the row says', () => {
  for (const { row: id, fact, expected } of LISTED) {
    const row = TRANSITIONS.find((one) => one.id === id);
    expect(anyOf(row?.expect[fact] ?? 'no such fact').join(' | '), `${id}, ${fact}`).toBe(expected);
  }
  expect(new Set(TRANSITIONS.map(({ id }) => id)).size).toBe(TRANSITIONS.length);
});

for (const row of TRANSITIONS)
  test(`${row.about}: ${row.says}`, async ({ live }, { project }) => {
    const report = (await live.evaluate(`window.icescopeLive.runInLab(${row.run})`)) as LabReport;
    const recorded = factsOf(report);
    expect(wordsOf(recorded), 'what was recorded is what the page saw').toMatchObject(seenBy(report));
    expect(unknownSteps(report), 'steps that MACHINES does not have').toEqual([]);
    const listed = LISTED.filter((one) => one.browser === project.name && one.row === row.id);
    expect(differences(row, recorded, listed)).toEqual(listed.map(({ fact, recorded: words }) => ({ fact, recorded: words })));
  });
