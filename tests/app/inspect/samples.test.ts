/** What the page offers to try: whole descriptions of real browsers, free of mistakes unless they are the point. */
import { expect, test } from 'vitest';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { readPaste } from '../../../src/core/sdp/read-paste.ts';
import { ANSWER, OFFER, SAMPLES } from '../../support/samples.ts';

const sample = (id: string): string => SAMPLES.find((each) => each.id === id)!.text;

test('the first one is an offer and its answer, nothing is wrong with them, and they agree', () => {
  const paste = readPaste(sample('both'));
  if (!paste.ok) throw new Error(paste.error.message);
  expect(paste.value.descriptions.map(({ sdp }) => sdp)).toEqual([OFFER, ANSWER]);
  expect(inspect(OFFER, { type: 'offer' }).findings).toEqual([]);
  expect(inspect(ANSWER, { type: 'answer' }).findings).toEqual([]);
  const { predictedErrors, sections, bundle } = negotiate(OFFER, ANSWER);
  expect(predictedErrors).toEqual([]);
  expect(sections.map(({ kind, rejected }) => [kind, rejected])).toEqual([
    ['audio', false],
    ['application', false],
  ]);
  expect(bundle).toEqual([['0', '1']]);
});

test('each mistake of the second one is found', () => {
  const rules = inspect(sample('broken'), { type: 'offer' }).findings.map(({ claim }) => claim);
  for (const words of ['names mid 2', 'actpass', 'a second time', 'x-call', '96'])
    expect(
      rules.filter((claim) => claim.includes(words)),
      words,
    ).not.toEqual([]);
});
