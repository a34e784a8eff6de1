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

it('of addresses the report tells the network alone, of hidden names nothing; code and fingerprints stay', () => {
  const message =
    'From 198.51.100.7:50000 and 2001:db8:5:6::9 to 0a1b2c3d-1111-4222-8333-444455556666.local; AA:56:27:E6… at 10:20:30.';
  const change = { who: 'server', what: 'Say it.', code: 'external-ip=203.0.113.10' } as const;
  const evidence = [{ event: 'A:1', shows: 'relay 192.0.2.50:60000' }];
  const cause = { cause: 'x', verdict: 'X.', confidence: 'likely', message, evidence, change } as const;
  const report = reportOf({ verdict: 'X.', causes: [cause], notes: [], unknown: [] });
  expect(report).toContain('From 198.51.x.x:50000 and 2001:db8:x to hidden.local; AA:56:27:E6… at 10:20:30.');
  expect(report).toContain('relay 192.0.x.x:60000');
  expect(report).toContain('external-ip=203.0.113.10');
});
