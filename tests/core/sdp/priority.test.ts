import { describe, expect, it } from 'vitest';
import { candidatePriority, pairPriority, priorityParts } from '../../../src/core/sdp/priority.ts';

describe('pairPriority', () => {
  /** Worked out by hand from the formula, with the default host and server reflexive priorities. */
  it.each([
    [2130706431, 1694498815, 7277816997797167103n],
    [1694498815, 2130706431, 7277816997797167102n],
    [2130706431, 2130706431, 9151314442783293438n],
    [1, 1, 4294967298n],
  ])('of %i and %i', (controlling, controlled, priority) => {
    expect(pairPriority(controlling, controlled)).toBe(priority);
  });

  it('keeps digits that a double loses', () => {
    const exact = pairPriority(2113937151, 2113942271);
    expect(BigInt(Number(exact))).not.toBe(exact);
  });
});

/** RFC 8445, section 5.1.2.1, worked out by hand. */
describe('candidatePriority', () => {
  it.each([
    [126, 65535, 1, 2130706431],
    [100, 65535, 1, 1694498815],
    [0, 65535, 2, 16777214],
  ])('of %i, %i and %i', (typePreference, localPreference, component, priority) => {
    const parts = { typePreference, localPreference, component };
    expect(candidatePriority(parts)).toBe(priority);
    expect(priorityParts(candidatePriority(parts))).toEqual(parts);
  });
});
