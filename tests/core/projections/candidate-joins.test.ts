/** A report of getStats and the candidate that an event named are one, or are not: RFC 8445, section 5.1.1, and ICE restarts. */
import { expect, it } from 'vitest';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';

const LINE = 'candidate:5 1 udp 2122194687 10.20.30.40 40506 typ host generation 0 ufrag old1';

const gathered = (line: string, number: number) =>
  ({
    id: `A:${number}`,
    at: number,
    peer: 'A',
    type: 'onicecandidate',
    value: { candidate: line },
  }) as SessionEvent;

const told = (report: Readonly<Record<string, unknown>>) =>
  ({
    id: 'A:9',
    at: 9,
    peer: 'A',
    type: 'getStats',
    value: {
      I1: {
        type: 'local-candidate',
        candidateType: 'host',
        protocol: 'udp',
        port: 40506,
        priority: 2122194687,
        address: '10.20.30.40',
        networkType: 'wifi',
        ...report,
      },
    },
  }) as unknown as SessionEvent;

const localOf = (...events: readonly SessionEvent[]) =>
  events.reduce(reduce, NO_FACTS).candidates['A']!.local.map(({ ufrag, priority, statsId }) => ({
    ufrag,
    priority,
    statsId,
  }));

it('joins a report to the candidate that it is of', () => {
  expect(localOf(gathered(LINE, 1), told({ usernameFragment: 'old1' }))).toEqual([
    { ufrag: 'old1', priority: 2122194687, statsId: 'I1' },
  ]);
});

it('does not join what an ICE restart gathered again to the candidate of before: the fragment is another', () => {
  expect(localOf(gathered(LINE, 1), told({ usernameFragment: 'new2' }))).toEqual([
    { ufrag: 'old1', priority: 2122194687, statsId: null },
    { ufrag: 'new2', priority: 2122194687, statsId: 'I1' },
  ]);
});

it('does not join a candidate of another priority', () => {
  expect(localOf(gathered(LINE, 1), told({ priority: 2122063615 }))).toEqual([
    { ufrag: 'old1', priority: 2122194687, statsId: null },
    { ufrag: null, priority: 2122063615, statsId: 'I1' },
  ]);
});

it('keeps both of one address that an ICE restart gathered again, each with its report', () => {
  const again = LINE.replace('old1', 'new2');
  expect(localOf(gathered(LINE, 1), gathered(again, 2), told({ usernameFragment: 'new2' }))).toEqual([
    { ufrag: 'old1', priority: 2122194687, statsId: null },
    { ufrag: 'new2', priority: 2122194687, statsId: 'I1' },
  ]);
});

it('keeps both, also before any report', () => {
  expect(
    localOf(gathered(LINE, 1), gathered(LINE.replace('old1', 'new2'), 2)).map(({ ufrag }) => ufrag),
  ).toEqual(['old1', 'new2']);
});

it('takes the same candidate of the same fragment once', () => {
  expect(localOf(gathered(LINE, 1), gathered(LINE, 2))).toHaveLength(1);
});
