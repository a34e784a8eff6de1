/** Faults that were put into calls of real Chromium behind real routers (tests/fixtures/faults), each end by itself and both together. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Diagnosis, diagnose } from '../../../src/core/diagnosis/index.ts';
import { joinEnds } from '../../../src/core/importers/both-ends.ts';
import { type Imported, importDump } from '../../../src/core/importers/index.ts';

const folder = new URL('../../fixtures/faults/', import.meta.url);

/**
 * What each end by itself can name, A first; several where the two look alike from there. From both ends together it is the fault,
 * which the file is named after, or nothing where it is named ok.
 */
const NAMED: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'server-address-unreachable': [['server-address-unreachable'], ['checks-unanswered']],
  'server-ports-blocked': [['server-ports-blocked'], ['checks-unanswered']],
  'blocked-by-browser-policy': [['blocked-by-browser-policy'], ['remote-candidates-missing']],
  'no-host-candidates': [['no-host-candidates'], ['no-host-candidates']],
  'nat-hairpin': [['nat-hairpin'], ['nat-hairpin']],
  // A waits for B to begin, and hears nothing: so it would if B waited too.
  'dtls-mtu': [['dtls-role'], ['dtls-mtu']],
  'turn-relay-private': [['turn-relay-private'], ['turn-relay-private']],
  'candidate-wrong-mid': [['candidate-wrong-mid'], ['candidate-wrong-mid']],
  'candidate-wrong-generation': [['candidate-wrong-generation'], ['candidate-wrong-generation']],
  'sctp-failed': [['sctp-failed'], []],
  // B says failed, and then connected: nobody is to blame.
  'ok-late-answer': [[], []],
};

async function read(name: string): Promise<Imported> {
  const dump = await importDump(readFileSync(new URL(name, folder)));
  if (!dump.ok) throw new Error(dump.error.message);
  return dump.value;
}

const telling = ({ causes }: Diagnosis): readonly string[] =>
  causes.filter(({ confidence }) => confidence !== 'possible').map(({ cause }) => cause);

it('each recorded fault is asked', () => {
  const ids = readdirSync(folder).flatMap((name) => /^(.*)\.A\.internals\.gz$/.exec(name)?.[1] ?? []);
  expect(ids.toSorted()).toEqual(Object.keys(NAMED).toSorted());
});

describe.each(Object.entries(NAMED))('%s', (id, ends) => {
  it.each([
    ['A', 0],
    ['B', 1],
  ] as const)('from %s alone', async (end, index) => {
    const { events, connections } = await read(`${id}.${end}.internals.gz`);
    const [first, ...rest] = telling(diagnose(events, connections[0]!));
    if (ends[index]!.length === 0) expect(first).toBeUndefined();
    else expect(ends[index], [first, ...rest].join()).toContain(first);
  });

  it('from both ends', async () => {
    const both = joinEnds(await read(`${id}.A.internals.gz`), await read(`${id}.B.internals.gz`));
    if (!both.ok) throw new Error(both.error.message);
    const [a, b] = both.value.pairing;
    const named = [
      [a, b],
      [b, a],
    ].map(([peer, other]) => telling(diagnose(both.value.events, peer!, { other }))[0]);
    const expected = id.startsWith('ok-') ? undefined : id;
    expect(named).toEqual([expected, expected]);
  });
});
