import { describe, expect, it } from 'vitest';
import { EventRing, RING } from '../../../src/core/tap/ring.ts';

const LIMITS = { story: 100, traffic: 50, events: 40, longest: 30 };

describe('what a tapped page keeps', () => {
  it('comes in the order in which it was added, in lists of at most so many characters', () => {
    const ring = new EventRing(LIMITS);
    for (const [at, part] of (['story', 'traffic', 'traffic', 'story', 'story'] as const).entries())
      ring.add(`event ${at}`, part);
    expect(ring.take(15)).toEqual(['event 0', 'event 1']);
    expect(ring.take(1)).toEqual(['event 2']);
    expect(ring.take(1000)).toEqual(['event 3', 'event 4']);
    expect([ring.take(1000), ring.isEmpty, ring.characters, ring.missed]).toEqual([[], true, 0, 0]);
  });

  it('traffic pushes out older traffic, and nothing of the story', () => {
    const ring = new EventRing(LIMITS);
    ring.add('create', 'story');
    for (let at = 10; at < 40; at++) ring.add(`reading ${at}`, 'traffic');
    expect(ring.take(1000)).toEqual([
      'create',
      'reading 35',
      'reading 36',
      'reading 37',
      'reading 38',
      'reading 39',
    ]);
    expect(ring.missed).toBe(25);
  });

  it('is bounded in characters and in events, and counts what it lets go', () => {
    const ring = new EventRing(LIMITS);
    ring.add('x'.repeat(31), 'story');
    for (let at = 0; at < 1000; at++) ring.add('{}', at % 2 === 0 ? 'story' : 'traffic');
    expect(ring.characters).toBeLessThanOrEqual(LIMITS.story + LIMITS.traffic);
    expect(ring.missed).toBe(1 + 1000 - LIMITS.events - 25);
  });

  it('a million events take no longer, each, than ten thousand', () => {
    const perEvent = (count: number): number => {
      const ring = new EventRing(RING);
      const started = performance.now();
      for (let at = 0; at < count; at++) ring.add(`{"at":${at}}`, 'story');
      return (performance.now() - started) / count;
    };
    perEvent(10_000);
    expect(perEvent(1_000_000)).toBeLessThan(10 * Math.max(perEvent(10_000), 1e-4));
  });
});
