import { describe, expect, it } from 'vitest';
import { type Dial, placeWords, standsAt, turnedOf } from '../../../src/core/lessons/board.ts';
import { LESSONS } from '../../lessons/library.ts';
import { NO_FACTS } from '../../../src/core/projections/index.ts';

const SLIDE: Dial = {
  kind: 'slide',
  id: 'wait',
  label: 'Wait',
  from: -4,
  to: 90,
  start: 8,
  words: (n) => `${n} s`,
};
const CHOOSE: Dial = {
  kind: 'choose',
  id: 'way',
  label: 'Way',
  options: { up: 'upwards', down: 'downwards' },
};

describe('a dial', () => {
  it.each([
    [SLIDE, undefined, '8'],
    [SLIDE, '61', '61'],
    [SLIDE, '-4', '-4'],
    [SLIDE, '91', '8'],
    [SLIDE, '', '8'],
    [SLIDE, 'far', '8'],
    [CHOOSE, undefined, 'up'],
    [CHOOSE, 'down', 'down'],
    [CHOOSE, 'constructor', 'up'],
  ] as const)('%o, kept at %s, stands at %s', (dial, kept, place) =>
    expect(standsAt(dial, kept)).toBe(place),
  );

  it('says where it stands in words, or as it is', () => {
    expect(placeWords(SLIDE, '61')).toBe('61 s');
    expect(placeWords(CHOOSE, 'down')).toBe('downwards');
    expect(turnedOf([SLIDE, CHOOSE], { way: 'down', elsewhere: '3' })).toEqual({ wait: '8', way: 'down' });
  });
});

/** Each dial at both of its ends and at its start, the others at theirs. */
const placesOf = (dials: readonly Dial[]) =>
  dials.flatMap((dial) => {
    const places = dial.kind === 'slide' ? [dial.from, dial.to].map(String) : Object.keys(dial.options);
    return [{}, ...places.map((place) => ({ [dial.id]: place }))].map((kept) => turnedOf(dials, kept));
  });

const boards = LESSONS.flatMap(({ name, lesson }) =>
  Object.entries(lesson.steps).flatMap(([step, { boards = {} }]) =>
    Object.entries(boards).map(([id, board]) => ({ at: `${name} ${step} ${id}`, board })),
  ),
);

describe.each(boards)('the board $at', ({ board: { dials, says, bars } }) => {
  it('says something else in words wherever it is turned, and draws no bar longer than its whole', () => {
    const told = new Map<string, Set<string>>();
    for (const turned of placesOf(dials)) {
      const words = says(turned, NO_FACTS);
      expect(words).toMatch(/^[A-Z“\d].*[.?!]$/);
      told.set(words, (told.get(words) ?? new Set()).add(JSON.stringify(turned)));
      for (const { parts, of, label } of bars?.(turned, NO_FACTS) ?? []) {
        const sum = parts.reduce((all, { size }) => all + size, 0);
        expect(
          parts.every(({ size }) => size >= 0),
          label,
        ).toBe(true);
        expect(sum, label).toBeLessThanOrEqual(of * 1.0001);
      }
    }
    expect([...told.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});
