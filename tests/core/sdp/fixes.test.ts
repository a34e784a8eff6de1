/** A fix is only offered where there is a right answer: it takes its finding away and brings no new one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyFix } from '../../../src/core/sdp/checks/check.ts';
import type { Finding } from '../../../src/core/sdp/checks/check.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { inspectForBrowsers as inspect } from '../../../src/core/sdp/inspect-for-browsers.ts';
import type { DescriptionType } from '../../../src/core/sdp/structure.ts';
import { applyChange, type RefusalTable } from '../../fixtures/make/sdp/refusal-table.ts';

const table = (browser: string): RefusalTable =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/sdp/refusals/${browser}.json`, import.meta.url), 'utf8'),
  ) as RefusalTable;

/** What the bench of refusals drew: changes of what browsers make. */
const drawn = [table('chromium'), table('firefox')].flatMap(({ bases, cases }) =>
  cases
    .filter((_case, index) => index % 3 === 0)
    .map(({ base, role, pieces }) => [applyChange(bases[base]![role], pieces), role] as const),
);
const examples = checks.all.map(
  ({ id, example }) => [example, id === 'setup-role' ? 'offer' : undefined] as const,
);

/** How often each rule objects; line numbers move when lines come and go. */
function tally(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

const seen = new Map<string, number>();

/** Whether no browser takes it: what hides behind one refusal is another, so their number says nothing. */
const refused = (findings: readonly Finding[]): boolean =>
  findings.some(({ message }) => /refuse/.test(message));

const errors = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'browser-refusal');

function problemsOf(text: string, type: DescriptionType | undefined): readonly string[] {
  const { findings } = inspect(text, { type });
  // A mid that the BUNDLE group names makes its section a bundled one, with what that needs.
  const bundles = (rule: string, name: string): boolean =>
    rule === 'mid-missing' && name.startsWith('bundle-');
  const [before, errorsBefore] = [tally(findings), tally(errors(findings))];
  return findings.flatMap(({ rule, fix, line }) => {
    if (fix === undefined) return [];
    seen.set(rule, (seen.get(rule) ?? 0) + 1);
    const fixed = inspect(applyFix(text, fix), { type }).findings;
    const stays = (tally(fixed).get(rule) ?? 0) >= before.get(rule)!;
    const added = [...tally(errors(fixed))].filter(
      ([name, count]) => count > (errorsBefore.get(name) ?? 0) && !bundles(rule, name),
    );
    return [
      ...(stays ? [`${rule}, line ${line}: "${fix.title}" does not help`] : []),
      ...added.map(([name]) => `${rule}: "${fix.title}" brings ${name}`),
      ...(refused(fixed) && !refused(findings) ? [`${rule}: "${fix.title}" makes a browser refuse it`] : []),
    ];
  });
}

test('every fix that is offered removes its finding and adds none', () => {
  const problems = [...examples, ...drawn].flatMap(([text, type]) => problemsOf(text, type));
  console.log(`fixes tried: ${[...seen].map(([rule, count]) => `${rule} ${count}`).join(', ')}`);
  expect([...new Set(problems)]).toEqual([]);
  expect(seen.size).toBeGreaterThan(15);
});
