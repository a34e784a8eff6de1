import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinEnds } from '../../../src/core/importers/both-ends.ts';
import { type Imported, importText } from '../../../src/core/importers/index.ts';
import { RECORDINGS } from '../../support/sessions.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { writeSession } from '../../../src/core/session/codec.ts';

/** A recording of two real browsers, on one clock: what is made of its halves can be held against it. */
const recording = RECORDINGS.find(({ name }) => name === 'through-turn')!.log.events;
const [A, B] = ['A', 'B'].map((peer) =>
  recording.filter((event) => event.peer === peer || event.peer === ''),
);

const STARTED = 1_790_000_000_000;

/** One end's dump, its clock `ahead` ms ahead, calling its connection as it likes; what only a live session knows left out. */
function dumpOf(
  events: typeof recording,
  ahead: number,
  change: (text: string) => string = (text) => text,
): Imported {
  const own = events.flatMap((event): readonly SessionEvent[] => {
    if (event.type === ':session')
      return [{ ...event, value: { kind: 'imported' as const, startedAt: STARTED + ahead } }];
    return event.type.startsWith(':') ? [] : [{ ...event, peer: 'pc-1' }];
  });
  const read = importText(change(writeSession(own)));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function joined(first: Imported, second: Imported) {
  const both = joinEnds(first, second);
  if (!both.ok) throw new Error(both.error.message);
  return both.value;
}

describe('the dumps of two ends', () => {
  it('are one session on one clock, within what it says of itself, however far apart the clocks were', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), (ahead) => {
        const { clock, events, pairing } = joined(dumpOf(A!, 0), dumpOf(B!, ahead));
        expect(pairing).toEqual(['pc-1', 'pc-1 (2)']);
        expect(Math.abs(clock!.offset + ahead)).toBeLessThanOrEqual(clock!.uncertainty);
        const from = (peer: string, was: string) => {
          const times = events
            .filter((event) => event.peer === peer && !event.type.startsWith(':'))
            .map(({ at }) => at);
          const real = recording
            .filter((event) => event.peer === was && !event.type.startsWith(':'))
            .map(({ at }) => at);
          return times[0]! - real[0]!;
        };
        expect(Math.abs(from('pc-1 (2)', 'B') - from('pc-1', 'A'))).toBeLessThanOrEqual(
          clock!.uncertainty + 0.01,
        );
      }),
      { numRuns: 25 },
    );
  });

  it('tell what went between them, and that it came as it was written', () => {
    const { carried, marks } = joined(dumpOf(A!, 0), dumpOf(B!, 777));
    expect(
      carried.filter(({ kind }) => kind === 'description').map(({ from, isSame }) => [from, isSame]),
    ).toEqual([
      ['pc-1', true],
      ['pc-1 (2)', true],
    ]);
    expect(carried.some(({ kind }) => kind === 'candidate')).toBe(true);
    expect(marks[0]).toMatch(/^ice-ufrag /);
  });

  it('tell which description was changed on its way, also where it was its name', () => {
    const offered = recording.find(
      (event) => event.type === 'onsignalingstatechange' && event.value === 'have-local-offer',
    )!;
    const first = offered.peer === 'A' ? A! : B!;
    const second = offered.peer === 'A' ? B! : A!;
    const changes: readonly ((text: string) => string)[] = [
      (text) => text.replaceAll(/a=fingerprint:sha-256 ..:..:/g, 'a=fingerprint:sha-256 0A:0B:'),
      (text) => text.replaceAll(/a=ice-ufrag:\w/g, 'a=ice-ufrag:#'),
    ];
    for (const change of changes) {
      const { carried } = joined(dumpOf(first, 0), dumpOf(second, 5, change));
      expect(carried.find(({ kind, from }) => kind === 'description' && from === 'pc-1')?.isSame).toBe(false);
    }
  });

  it('of two calls are refused in words', () => {
    const other = RECORDINGS.find(({ name }) => name === 'direct')!.log.events.filter(
      ({ peer }) => peer === 'B' || peer === '',
    );
    const both = joinEnds(dumpOf(A!, 0), dumpOf(other, 0));
    expect(!both.ok && both.error.message).toBe('These two dumps are not the two ends of one call.');
  });

  it('have no clock where nothing is known to have gone one way, and nothing arrives before it was sent', () => {
    const silent = B!.filter(
      ({ type }) => !/^set|^create(?:Offer|Answer)|^addIce|^onicecandidate$/.test(type),
    );
    const given = B!.filter(({ type }) => type === 'setRemoteDescription' || type === 'addIceCandidate');
    const half = [...silent, ...given].toSorted((a, b) => a.at - b.at);
    const { clock, notices, events, carried } = joined(dumpOf(A!, 0), dumpOf(half, -9_000_000));
    expect(clock).toBeNull();
    expect(notices.join()).toContain('not known');
    const at = new Map(events.map((event) => [event.id, event.at]));
    for (const { written, read } of carried)
      expect(at.get(read)!).toBeGreaterThanOrEqual(at.get(written)! - 0.01);
  });
});
