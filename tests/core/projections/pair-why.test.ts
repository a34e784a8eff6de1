import { expect, it } from 'vitest';
import { details } from '../../../src/core/projections/details.ts';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import type { View } from '../../../src/core/projections/view.ts';
import { MINE, Script, THEIRS, UP, WORKS, host, srflx } from '../diagnosis/script.ts';

const viewOf = ({ events }: Script): View => {
  const facts = events.reduce(reduce, NO_FACTS);
  return { facts, whole: facts, time: events.at(-1)!.at, index: events.length, events, live: false };
};
const why = (script: Script, statsId: string) =>
  details(viewOf(script), { kind: 'pair', id: `A/${statsId}` })?.why;

const second = (pair: object) => ({
  Q: { type: 'candidate-pair', localCandidateId: 'H', remoteCandidateId: 'R', requestsSent: 4, ...pair },
  H: {
    type: 'local-candidate',
    candidateType: 'host',
    address: '192.168.1.7',
    port: 50_000,
    protocol: 'udp',
  },
});
const agreed = () =>
  new Script().create().agreed().gathers(host('192.168.1.7'), srflx(MINE)).given(srflx(THEIRS));

it('a pair that is not in use says why, and what is', () => {
  const at = (pair: object) =>
    why(agreed().stats({ pair: { ...WORKS, priority: 9 }, transport: UP, more: second(pair) }), 'Q');
  expect(at({ state: 'in-progress' })).toBe(
    'Nobody has answered its 4 checks; server reflexive to server reflexive is in use.',
  );
  expect(at({ state: 'failed' })).toMatch(/^It failed: 4 checks, no answer; server reflexive/);
  expect(at({ state: 'frozen', requestsSent: 0 })).toMatch(
    /^It was not tried: .* worked before its turn came/,
  );
  const works = { state: 'succeeded', responsesReceived: 4 };
  expect(at({ ...works, priority: 4 })).toMatch(/^It works too\. .* has the higher priority, and this side/);
  expect(at({ ...works, priority: 12 })).toMatch(/which one is its own choice/);
});

it('a pair that was replaced says when and by which, and the other what it replaced', () => {
  const script = agreed()
    .stats({ pair: { ...WORKS, priority: 4 }, transport: UP })
    .wait(1500)
    .stats({
      pair: { ...WORKS, priority: 4 },
      transport: { ...UP, selectedCandidatePairId: 'Q' },
      more: second({ state: 'succeeded', nominated: true, responsesReceived: 4, priority: 9 }),
    });
  const [first, then] = script.events.filter(({ type }) => type === 'getStats').map(({ at }) => at);
  expect(why(script, 'P')).toBe(
    `It was in use from ${first!.toFixed(1)} ms to ${Math.round(then!)} ms; then host to server reflexive, whose priority is higher, took its place.`,
  );
  expect(why(script, 'Q')).toMatch(
    /nominated it .* It took the place of server reflexive to server reflexive at \d/,
  );
});
