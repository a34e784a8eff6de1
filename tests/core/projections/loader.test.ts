import { describe, expect, it } from 'vitest';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import { loadInSlices } from '../../../src/core/projections/loader.ts';
import { longSession } from '../../bench/long-session.ts';

const saved = longSession(5000);

/** A clock that goes on by a millisecond with each look. */
function lookedAt(): () => number {
  let now = 0;
  return () => now++;
}

describe('loadInSlices', () => {
  it('opens what was saved, with the facts of every moment at hand', async () => {
    const loaded = await loadInSlices(saved.events, { now: lookedAt(), pause: async () => {} });
    if (!loaded.ok) throw new Error(loaded.error.message);
    const { log, projector } = loaded.value;
    expect(log.events).toEqual(saved.events);
    expect(projector.readyTo).toBeGreaterThan(log.events.length - 300);
    expect(projector.at(4000)).toEqual(log.events.slice(0, 4000).reduce(reduce, NO_FACTS));
  });

  it('pauses after so much work, and tells how far it is', async () => {
    const parts: number[] = [];
    let pauses = 0;
    await loadInSlices(saved.events, {
      now: lookedAt(),
      every: 5,
      pause: async () => void pauses++,
      progress: (part) => parts.push(part),
    });
    expect(pauses).toBeGreaterThan(20);
    expect(parts).toHaveLength(pauses);
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(parts.every((part) => part >= 0 && part <= 1)).toBe(true);
  });

  it('can be cancelled', async () => {
    let pauses = 0;
    const loaded = await loadInSlices(saved.events, {
      now: lookedAt(),
      every: 5,
      pause: async () => void pauses++,
      cancelled: () => pauses === 3,
    });
    expect(loaded.ok).toBe(false);
    expect(pauses).toBe(3);
  });
});
