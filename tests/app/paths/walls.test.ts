import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/app/diagrams/paths/layout.ts';
import { FIXTURES, RECORDINGS, viewAt } from '../../support/sessions.ts';
import { momentsOf } from './sessions.ts';

const SIZE = { width: 1008, height: 446 };
const recorded = (name: string) => RECORDINGS.find((one) => one.name === name)!;
const last = (name: string) => layout(viewAt(recorded(name), recorded(name).log.events.length), SIZE);

describe('walls', () => {
  it.each(RECORDINGS.map((fixture) => [fixture.name, fixture] as const))(
    '%s: stand from the first moment on, and their doors open once and stay open',
    (_, { log }) => {
      const open = [0, 0];
      for (const view of momentsOf(log).filter(({ facts }) => facts.peers.length > 1)) {
        const { walls } = layout(view, SIZE);
        expect(walls.map(({ side, evidence }) => [side, evidence])).toEqual([
          [0, 'inferred'],
          [1, 'inferred'],
        ]);
        for (const { side, doors } of walls) {
          expect(doors[0]!.open).toBeGreaterThanOrEqual(open[side]!);
          open[side] = doors[0]!.open;
        }
      }
      expect(open).toEqual([1, 1]);
    },
  );

  it('have one door for each mapping, thirty pixels apart', () => {
    const [a, b] = last('through-turn').walls;
    expect(a!.doors.map(({ top }) => top - a!.doors[0]!.top)).toEqual([0, 30]);
    expect(b!.doors).toHaveLength(1);
  });

  it('stop what nobody answers: a cross before each door, and no line behind it', () => {
    const { crosses, walls, labels } = last('no-way');
    const [left, right] = crosses.map(({ x }) => x).sort((a, b) => a - b);
    expect(left).toBeGreaterThan(walls[0]!.box.right);
    expect(right).toBeLessThan(walls[1]!.box.left);
    expect(labels.filter(({ text }) => text === 'no answer')).toHaveLength(2);
  });

  it.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'none on one machine: %s',
    (_, fixture) => {
      expect(layout(viewAt(fixture, fixture.log.events.length), SIZE).walls).toEqual([]);
    },
  );
});
