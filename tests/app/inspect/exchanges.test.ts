/** Which descriptions of a paste belong together: RFC 3264, section 8; `o=` names the session of its writer (RFC 8866, section 5.2). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exchangeAt, type Pasted } from '../../../src/app/inspect/exchanges.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/sdp/browsers/${name}.sdp`, import.meta.url), 'utf8');

const offer: Pasted = { type: 'offer', sdp: read('chromium-all-offer') };
const answer: Pasted = { type: 'answer', sdp: read('chromium-all-answer') };
const again: Pasted = { type: 'offer', sdp: offer.sdp.replace('a=setup:actpass', 'a=setup:active') };

test('an offer and its answer in either order', () => {
  for (const parts of [
    [offer, answer],
    [answer, offer],
  ])
    expect(exchangeAt(parts, 0)).toEqual({ offer: offer.sdp, answer: answer.sdp });
  expect(exchangeAt([offer, offer], 0)).toBeUndefined();
});

test('a second exchange has the first behind it, whoever offers again', () => {
  const same = exchangeAt([offer, answer, again, answer], 3);
  expect(same).toMatchObject({ offer: again.sdp, earlier: { offerer: offer.sdp, answerer: answer.sdp } });
  const turned: Pasted = { type: 'offer', sdp: answer.sdp };
  const other = exchangeAt([offer, answer, turned, { type: 'answer', sdp: offer.sdp }], 2);
  expect(other).toMatchObject({ offer: answer.sdp, earlier: { offerer: answer.sdp, answerer: offer.sdp } });
  expect(exchangeAt([offer, answer, again, answer], 0)?.earlier).toBeUndefined();
});

test('what was agreed before is judged too: another role than the one in force', () => {
  const passive: Pasted = { type: 'answer', sdp: answer.sdp.replaceAll('a=setup:active', 'a=setup:passive') };
  const { offer: o, answer: a, earlier } = exchangeAt([offer, answer, offer, passive], 3)!;
  const calls = (before?: typeof earlier) =>
    negotiate(o, a, before).predictedErrors.map(({ browser, call }) => `${browser} ${call}`);
  expect(calls()).toEqual([]);
  expect(calls(earlier)).toContain('chromium offerer.setRemoteDescription');
});
