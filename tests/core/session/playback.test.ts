import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewEvent, SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import {
  type Cursor,
  START,
  advance,
  idleGaps,
  moveOfKey,
  nextMoment,
  previousMoment,
  replaySpeed,
} from '../../../src/core/session/playback.ts';

/** `s` stands for a reading of getStats, anything else for an event. */
function eventsAt(...rows: readonly (readonly [at: number, kind?: 's'])[]): readonly SessionEvent[] {
  const log = new SessionLog();
  for (const [at, kind] of rows)
    log.append({ at, peer: 'A', type: kind ? 'getStats' : 'close', value: kind ? {} : null } as NewEvent);
  return log.events;
}

const EVENTS = eventsAt([0], [0], [3, 's'], [5], [5], [5, 's'], [9]);

function walk(step: (cursor: Cursor) => Cursor, from: Cursor): Cursor[] {
  const seen: Cursor[] = [];
  for (let at = step(from); ; at = step(at)) {
    if (seen.at(-1)?.index === at.index) return seen;
    seen.push(at);
  }
}

describe('stepping', () => {
  it('visits each event once, those of one time one after the other, and no reading of getStats', () => {
    const forth = walk((cursor) => nextMoment(EVENTS, cursor), START);
    expect(forth.map(({ index, time }) => [index, time])).toEqual([
      [1, 0],
      [2, 0],
      [4, 5],
      [5, 5],
      [7, 9],
    ]);
  });

  it('visits the same places on the way back, then the start', () => {
    const forth = walk((cursor) => nextMoment(EVENTS, cursor), START);
    const back = walk((cursor) => previousMoment(EVENTS, cursor), forth.at(-1)!);
    expect(back).toEqual([...forth.slice(0, -1).toReversed(), START]);
  });

  it('goes back to the moment of the last event when the cursor stands between two', () => {
    expect(previousMoment(EVENTS, { time: 7, index: 6 })).toEqual({ time: 5, index: 5 });
    expect(previousMoment(EVENTS, { time: 4, index: 3 })).toEqual({ time: 0, index: 2 });
  });

  it('goes several at once, and stops at the ends', () => {
    expect(nextMoment(EVENTS, START, 3)).toEqual({ time: 5, index: 4 });
    expect(nextMoment(EVENTS, START, 99)).toEqual({ time: 9, index: 7 });
    expect(previousMoment(EVENTS, { time: 9, index: 7 }, 99)).toEqual(START);
    expect(nextMoment([], START)).toEqual(START);
  });

  it('knows the keys of a slider and no other', () => {
    expect(['ArrowRight', 'ArrowUp', 'PageDown', 'Home', 'End'].map(moveOfKey)).toEqual([
      'next',
      'next',
      'page back',
      'start',
      'end',
    ]);
    for (const key of ['a', 'Enter', 'constructor']) expect(moveOfKey(key)).toBeNull();
  });
});

describe('idle gaps', () => {
  it('are silences of a tenth of a second in a short story', () => {
    expect(idleGaps(eventsAt([0], [40], [139], [239.1], [8000]))).toEqual([
      { from: 139, to: 239.1 },
      { from: 239.1, to: 8000 },
    ]);
  });

  it('must be longer where the story itself takes longer, but not over a second', () => {
    const busy = Array.from({ length: 40 }, (_, step): [number] => [step * 50]);
    expect(idleGaps(eventsAt(...busy, [2300]))).toEqual([]);
    expect(idleGaps(eventsAt(...busy, [2500]))).toHaveLength(1);
    const busier = Array.from({ length: 400 }, (_, step): [number] => [step * 50]);
    expect(idleGaps(eventsAt(...busier, [20_951]))).toHaveLength(1);
  });

  it('hold readings of getStats, which are no events', () => {
    expect(idleGaps(eventsAt([0], [400, 's'], [800, 's'], [1200]))).toEqual([{ from: 0, to: 1200 }]);
  });

  it('are found anew when the session has grown', () => {
    const log = new SessionLog();
    const close = (at: number, peer = 'A') => log.append({ at, peer, type: 'close', value: null });
    close(0);
    close(500);
    expect(idleGaps(log.events)).toHaveLength(1);
    close(1500);
    expect(idleGaps(log.events)).toHaveLength(2);
    close(250, 'B');
    expect(idleGaps(log.events)).toHaveLength(3);
  });
});

describe('playing', () => {
  it('runs at its speed', () => {
    expect(advance(10, 400, { speed: 1 / 200 })).toBeCloseTo(12, 9);
  });

  it('passes a gap within 0.6 s, and goes on at its speed after it', () => {
    const pace = { speed: 1 / 200, gaps: [{ from: 48, to: 8302 }] };
    expect(advance(48, 600, pace)).toBeCloseTo(8302, 6);
    expect(advance(47, 200, pace)).toBeCloseTo(48, 9);
    expect(advance(47, 1000, pace)).toBeCloseTo(8303, 6);
    expect(advance(8310, 200, pace)).toBeCloseTo(8311, 9);
  });

  it('never passes a gap slower than its speed', () => {
    expect(advance(0, 300, { speed: 1, gaps: [{ from: 0, to: 300 }] })).toBeCloseTo(300, 9);
  });

  it('comes to the same place in one step as in many', () => {
    const gaps = [
      { from: 50, to: 900 },
      { from: 950, to: 4000 },
    ];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }), (frames) => {
        const pace = { speed: 1 / 10, gaps };
        const many = frames.reduce((time, wall) => advance(time, wall, pace), 0);
        const once = advance(
          0,
          frames.reduce((sum, wall) => sum + wall, 0),
          pace,
        );
        expect(many).toBeCloseTo(once, 6);
      }),
      { seed: 2 },
    );
  });

  it('is replayed in about nine seconds, at a round number of times slower', () => {
    expect(replaySpeed(0, 44)).toBe(1 / 200);
    for (const story of [12, 30, 44, 60, 90, 140, 300, 900, 4000]) {
      const speed = replaySpeed(0, story);
      expect(story / speed).toBeGreaterThan(6500);
      expect(story / speed).toBeLessThan(12_000);
      expect(Number.isInteger(Math.round((1 / speed) * 1e6) / 1e6)).toBe(true);
    }
    expect(replaySpeed(0, 8348, [{ from: 48, to: 8302 }])).toBe(replaySpeed(0, 94, []));
    expect([replaySpeed(0, 0), replaySpeed(0, 60_000)]).toEqual([1, 1]);
  });
});
