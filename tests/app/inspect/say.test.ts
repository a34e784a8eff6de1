import { expect, test } from 'vitest';
import { rowsOf } from '../../../src/app/inspect/say.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { ANSWER, OFFER } from '../../support/samples.ts';

test('a codec that is taken under one payload type and left under another is told apart by it', () => {
  // what the two texts themselves say
  const payloads = (sdp: string): string[] =>
    [...sdp.matchAll(/^a=rtpmap:(\d+) telephone-event/gm)].map(([, payload]) => payload!);
  expect([payloads(OFFER), payloads(ANSWER)]).toEqual([['110', '126'], ['126']]);

  const [audio] = rowsOf(negotiate(OFFER, ANSWER));
  expect(audio!.agreed.main).toContain('telephone-event 126');
  expect(audio!.agreed.more).toMatch(/^not taken: .*telephone-event 110/);
  // a name on one side alone needs no number
  expect(audio!.agreed.main).toMatch(/^opus, /);
});
