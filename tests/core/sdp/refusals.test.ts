/**
 * What real browsers said to changed descriptions (tests/fixtures/sdp/refusals, a recorded run of the bench of refusals), held
 * against what is foretold: taken, or which error at which call. The bench itself asks the browsers again, with another seed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyChange, foretold, observed, type RefusalTable } from '../../fixtures/make/sdp/refusal-table.ts';

const table = (browser: string): RefusalTable =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/sdp/refusals/${browser}.json`, import.meta.url), 'utf8'),
  ) as RefusalTable;

describe.each([table('chromium'), table('firefox')])('$browser $version', ({ browser, bases, cases }) => {
  test('at least 99 % of the outcomes are foretold, and a good part of them are refusals', () => {
    const wrong = cases.flatMap(({ base: id, role, what, pieces, ...said }) => {
      const base = bases[id]!;
      const told = foretold(browser, role, { ...base, [role]: applyChange(base[role], pieces) });
      return told === observed(said) ? [] : [`${id}, ${what}: ${observed(said)}, foretold ${told}`];
    });
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(cases.filter(({ error }) => error !== null).length).toBeGreaterThanOrEqual(40);
    expect(wrong.length / cases.length, wrong.join('\n')).toBeLessThanOrEqual(0.01);
  });
});
