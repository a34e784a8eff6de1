/** A fix is only offered where there is a right answer: it takes its finding away and brings no new one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyFix } from '../../../src/core/sdp/checks/check.ts';
import type { Finding } from '../../../src/core/sdp/checks/check.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import type { DescriptionType } from '../../../src/core/sdp/structure.ts';
import { drawMunges, type Draw } from '../../fixtures/make/sdp/draw.ts';

interface Table {
  readonly draw: Draw;
  readonly pairs: Readonly<Record<string, { readonly offer: string; readonly answer: string }>>;
}

const read = (path: string): string =>
  readFileSync(new URL(`../../fixtures/sdp/${path}`, import.meta.url), 'utf8');

const { draw, pairs } = JSON.parse(read('negotiation/chromium-drawn.json')) as Table;
const { offer, answer } = pairs['sendrecv']!;
const drawn = drawMunges(draw, 3).flatMap(
  ([, change]) =>
    [
      [change(offer), 'offer'],
      [change(answer), 'answer'],
    ] as const,
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

function problemsOf(text: string, type: DescriptionType | undefined): readonly string[] {
  const { findings } = inspect(text, { type });
  const before = tally(findings);
  return findings.flatMap(({ rule, fix }) => {
    if (fix === undefined) return [];
    seen.set(rule, (seen.get(rule) ?? 0) + 1);
    const after = tally(inspect(applyFix(text, fix), { type }).findings);
    const stays = (after.get(rule) ?? 0) >= before.get(rule)!;
    const added = [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);
    return [
      ...(stays ? [`${rule}: "${fix.title}" does not help`] : []),
      ...added.map((name) => `${rule}: "${fix.title}" brings ${name}`),
    ];
  });
}

test('every fix that is offered removes its finding and adds none', () => {
  const problems = [...examples, ...drawn].flatMap(([text, type]) => problemsOf(text, type));
  console.log(`fixes tried: ${[...seen].map(([rule, count]) => `${rule} ${count}`).join(', ')}`);
  expect([...new Set(problems)]).toEqual([]);
  expect(seen.size).toBeGreaterThan(15);
});
