/**
 * Each row of transitions.ts in a real browser, recorded by `observe()`, saved and opened again. Where the browser does
 * something else than the row says, transitions-differences.json lists it: a difference that is not listed fails, and
 * so does one that is listed and gone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabReport } from '../support/lab.ts';
import { expect, test } from './live.ts';
import { TRANSITIONS } from './transitions.ts';
import { type RecordedFacts, Recording } from './transitions/recorded.ts';
import type { Row } from './transitions/row.ts';

interface Difference {
  readonly browser: string;
  readonly row: string;
  readonly fact: string;
  readonly expected: string;
  /** A list: the browser does now one, now the other. */
  readonly recorded: string | readonly string[];
}

/** `why` is for readers: what the browser's authors say of it, or what its error says. */
const LISTED = JSON.parse(
  readFileSync(join(import.meta.dirname, 'transitions-differences.json'), 'utf8'),
) as readonly (Difference & { readonly why: string })[];

const anyOf = (text: string | readonly string[]): readonly string[] => [text].flat();
const written = (text: string | readonly string[]): string => anyOf(text).join(' | ');

test('every listed difference is of a row and a fact that exist, with what the row says', () => {
  for (const { row: id, fact, expected } of LISTED) {
    const row = TRANSITIONS.find((one) => one.id === id);
    expect(written(row?.expect[fact] ?? 'no such fact'), `${id}, ${fact}`).toBe(expected);
  }
  expect(new Set(TRANSITIONS.map(({ id }) => id)).size).toBe(TRANSITIONS.length);
});

// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
test('the table of differences', ({}, { project }) => {
  const mine = LISTED.filter(({ browser }) => browser === project.name);
  console.log(
    `\nOf ${TRANSITIONS.length} rows, ${project.name} differs in ${new Set(mine.map(({ row }) => row)).size}:`,
  );
  console.table(
    mine.map(({ row, fact, expected, recorded }) => ({ row, fact, expected, recorded: written(recorded) })),
  );
});

for (const row of TRANSITIONS)
  test(`${row.about}: ${row.says}`, async ({ live }, { project }) => {
    const report = await live.evaluate<LabReport>(`window.icescopeLive.runInLab(${row.run})`);
    const recording = new Recording(report);
    expect.soft(recording.told, 'recorded is what the page saw').toEqual(recording.seen);
    expect.soft(recording.unknownSteps, 'steps that MACHINES does not have').toEqual([]);
    const listed = LISTED.filter(({ browser, row: id }) => browser === project.name && id === row.id);
    const differing = differences(row, recording.facts, listed);
    expect(differing.map((one) => ({ browser: project.name, ...one }))).toEqual(
      listed.map(({ why: _, ...one }) => one),
    );
  });

/** What differs now; in the words of the list where the list allows what was recorded. */
function differences(
  row: Row,
  facts: RecordedFacts,
  listed: readonly Difference[],
): readonly Omit<Difference, 'browser'>[] {
  return Object.entries(row.expect).flatMap(([fact, expected]) => {
    const found = facts[fact] ?? 'nothing';
    if (anyOf(expected).includes(found)) return [];
    const known = listed.find((one) => one.fact === fact)?.recorded ?? [];
    const recorded = anyOf(known).includes(found) ? known : found;
    return [{ row: row.id, fact, expected: written(expected), recorded }];
  });
}
