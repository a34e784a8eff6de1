import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Facts, NO_FACTS, Projector, reduce } from '../../../src/core/projections/index.ts';
import { readSession } from '../../../src/core/session/codec.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { SESSIONS, logOf } from '../../app/timeline/sessions.ts';
import { longSession } from '../../bench/long-session.ts';
import { FIXTURES } from '../../support/sessions.ts';
import { hostileEvents, hostileRow } from '../session/hostile.ts';

const mine = Object.entries(SESSIONS).map(([name, rows]) => ({ name, log: logOf(rows) }));
const sessions: readonly { name: string; log: SessionLog }[] = [
  ...FIXTURES,
  ...mine,
  { name: 'a long one', log: longSession(1500) },
];

/** Facts without what makes two equal lists look different. */
const plain = (facts: Facts): unknown =>
  JSON.parse(JSON.stringify(facts, (_, value) => (isList(value) ? [...value] : value)));
const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

const fold = (log: SessionLog, count: number): Facts => log.events.slice(0, count).reduce(reduce, NO_FACTS);

describe('Projector', () => {
  it.each(sessions)('$name: at(n) is what a plain fold gives, at any n', ({ log }) => {
    const projector = new Projector(log);
    const count = log.events.length;
    for (const index of [count, 0, 1, 255, 256, 257, Math.floor(count / 2), Math.floor(count / 3), count - 1])
      expect(plain(projector.at(index))).toEqual(plain(fold(log, Math.max(0, index))));
  });

  it.each(sessions)('$name: stepping back to the start and forward again gives the same facts', ({ log }) => {
    const projector = new Projector(log);
    const places = Array.from({ length: Math.min(log.events.length, 300) + 1 }, (_, index) => index);
    const back = places.toReversed().map((index) => plain(projector.at(index)));
    const forth = places.map((index) => plain(projector.at(index)));
    expect(forth).toEqual(back.toReversed());
  });

  it('forgets what a late event made wrong', () => {
    const log = longSession(1200);
    const projector = new Projector(log);
    projector.at(1200);
    log.append({ type: 'onsignalingstatechange', peer: 'A', at: 0.001, value: 'have-remote-pranswer' });
    for (const index of [1, 20, 600, 1201])
      expect(plain(projector.at(index))).toEqual(plain(fold(log, index)));
  });

  it('forgets it also where the log is read before its listeners are told', () => {
    const log = new SessionLog({ schedule: () => {} });
    const projector = new Projector(log);
    const call = (at: number) =>
      log.append({ type: 'createOffer', peer: 'A', at, value: null, correlation: `A-${at}` });
    [1, 2, 3].forEach(call);
    projector.at(log.events.length);
    call(1.5);
    expect(plain(projector.at(log.events.length))).toEqual(plain(fold(log, 4)));
  });
});

it('no value of a known method makes a projection throw', () => {
  fc.assert(
    fc.property(hostileEvents, (events) => {
      const log = new SessionLog();
      for (const event of events) log.append(event);
      fold(log, log.events.length);
    }),
    { seed: 5, numRuns: 600 },
  );
});

it('no row of a dump makes a projection throw', () => {
  fc.assert(
    fc.property(fc.array(hostileRow, { maxLength: 30 }), (rows) => {
      const lines = rows.map(({ method, peer, value, at }) => JSON.stringify([method, peer, value, at]));
      const read = readSession(['RTCStatsDump', '{"fileFormat":3}', ...lines].join('\n'));
      if (!read.ok) throw new Error(read.error.message);
      const log = new SessionLog();
      for (const event of read.value.events) log.append(event);
      fold(log, log.events.length);
    }),
    { seed: 6, numRuns: 400 },
  );
});
