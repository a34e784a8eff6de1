import { expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnosis/index.ts';
import { reportOf } from '../../../src/core/diagnosis/report.ts';
import { FAILURES } from './failures.ts';

it('the report names the verdict, each cause with its evidence and change, and what is not known', () => {
  const diagnosis = diagnose(FAILURES['turn-quota']!().events, 'A');
  const report = reportOf(diagnosis);
  expect(report.startsWith(`# ${diagnosis.verdict}\n`)).toBe(true);
  for (const { message, cause, evidence, change } of diagnosis.causes) {
    expect(report).toContain(message);
    expect(report).toContain(`\`${cause}\``);
    for (const { event } of evidence) expect(report).toContain(`\`${event}\``);
    if (change?.code) for (const line of change.code.split('\n')) expect(report).toContain(line);
  }
  for (const one of diagnosis.unknown) expect(report).toContain(one);
});
