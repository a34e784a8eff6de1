import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Enclosed, ImpairedQueue, type Step } from '../../../src/core/signalling/impaired-queue.ts';
import {
  ALL_SMOOTH,
  DIRECTIONS,
  MESSAGE_KINDS,
  PRESETS,
  type Impairment,
  type Settings,
  isSmooth,
  pull,
  settingsOf,
} from '../../../src/core/signalling/impairments.ts';

const message = (id: string, kind = 'offer', direction: Enclosed['direction'] = 'A to B'): Enclosed => ({
  id,
  kind,
  direction,
});
const told = (steps: readonly Step[]): string[] => steps.map(({ type, message: { id } }) => `${type} ${id}`);
const with_ = (
  change: Partial<Impairment>,
  kinds: readonly (typeof MESSAGE_KINDS)[number][] = MESSAGE_KINDS,
): Settings => pull(ALL_SMOOTH, { directions: DIRECTIONS, kinds }, change);

describe('one lever', () => {
  it('none: letters pass at once and nothing is told of them', () => {
    const queue = new ImpairedQueue(ALL_SMOOTH);
    expect(queue.enter(message('1'), 0)).toEqual([{ type: 'leaves', message: message('1'), by: null }]);
    expect(queue.waiting).toEqual([]);
  });

  it('delay: each stays that long, and none overtakes', () => {
    const queue = new ImpairedQueue(with_({ delay: 800 }));
    expect(queue.enter(message('1'), 10)).toEqual([
      { type: 'held', message: message('1'), by: 'delay', for: 800 },
    ]);
    queue.settings = with_({ delay: 100 });
    queue.enter(message('2'), 20);
    expect(queue.nextAt).toBe(810);
    expect(told(queue.due(809.9))).toEqual([]);
    expect(told(queue.due(810))).toEqual(['leaves 1', 'leaves 2']);
  });

  it('drop and duplicate: all at 1, none at 0, about a quarter at 0.25', () => {
    const count = (change: Partial<Impairment>, type: Step['type']) => {
      const queue = new ImpairedQueue(with_(change), 7);
      const steps = Array.from({ length: 2000 }, (_, at) => queue.enter(message(`${at}`), at)).flat();
      return steps.filter((step) => step.type === type).length;
    };
    expect(count({ drop: 1 }, 'dropped')).toBe(2000);
    expect(count({ drop: 0 }, 'dropped')).toBe(0);
    expect(count({ duplicate: 1 }, 'leaves')).toBe(4000);
    // Four standard deviations of 2000 draws at a quarter are 77.
    expect(Math.abs(count({ drop: 0.25 }, 'dropped') - 500)).toBeLessThan(78);
    expect(Math.abs(count({ duplicate: 0.25 }, 'duplicated') - 500)).toBeLessThan(78);
  });

  it('reorder: what came later may leave first', () => {
    const queue = new ImpairedQueue(with_({ reorder: true }), 3);
    const came = Array.from({ length: 12 }, (_, at) => `${at}`);
    for (const [at, id] of came.entries()) queue.enter(message(id, 'candidate'), at);
    const left = queue.due(10_000).map(({ message: { id } }) => id);
    expect([...left].sort((a, b) => Number(a) - Number(b))).toEqual(came);
    expect(left).not.toEqual(came);
  });

  it('hold: it stays until it is let go, and the others pass it', () => {
    const queue = new ImpairedQueue(with_({ hold: true }, ['offer']));
    queue.enter(message('offer'), 0);
    expect(told(queue.enter(message('c', 'candidate'), 1))).toEqual(['leaves c']);
    expect(queue.nextAt).toBeNull();
    expect(told(queue.due(1e9))).toEqual([]);
    expect(queue.letGo('offer')).toEqual([{ type: 'leaves', message: message('offer'), by: 'hand' }]);
    expect(queue.letGo('offer')).toEqual([]);
  });

  it('by hand: drops what waits, lets all go in the order in which they came', () => {
    const queue = new ImpairedQueue(with_({ delay: 500, duplicate: 1 }));
    for (const id of ['1', '2', '3']) queue.enter(message(id), 0);
    expect(queue.drop('2')).toEqual([{ type: 'dropped', message: message('2'), by: 'hand' }]);
    expect(told(queue.letAllGo())).toEqual(['leaves 1', 'leaves 1', 'leaves 3', 'leaves 3']);
  });

  it('the end of candidates goes with the candidates, a provisional answer with the answers', () => {
    const queue = new ImpairedQueue(with_({ drop: 1 }, ['candidate']));
    expect(told(queue.enter(message('end', 'end'), 0))).toEqual(['dropped end']);
    expect(told(queue.enter(message('p', 'pranswer'), 0))).toEqual(['leaves p']);
  });
});

const IMPAIRMENT = fc.record({
  delay: fc.integer({ min: 0, max: 2000 }),
  drop: fc.double({ min: 0, max: 1, noNaN: true }),
  duplicate: fc.double({ min: 0, max: 1, noNaN: true }),
  reorder: fc.boolean(),
  hold: fc.boolean(),
});

it('whatever the levers: each letter is dropped, inside, or out as often as it has copies; and again the same', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(IMPAIRMENT, fc.constantFrom(...MESSAGE_KINDS, 'end'), fc.constantFrom(...DIRECTIONS)),
        {
          maxLength: 30,
        },
      ),
      fc.integer(),
      (messages, seed) => {
        const run = (): readonly Step[] => {
          const queue = new ImpairedQueue(ALL_SMOOTH, seed);
          const steps = messages.flatMap(([impairment, kind, direction], at) => {
            queue.settings = pull(ALL_SMOOTH, { directions: DIRECTIONS, kinds: MESSAGE_KINDS }, impairment);
            return [...queue.enter(message(`${at}`, kind, direction), at * 10), ...queue.due(at * 10)];
          });
          return [...steps, ...queue.due(1e6), ...queue.letAllGo()];
        };
        const steps = run();
        for (const at of messages.keys()) {
          const of = (type: Step['type']) =>
            steps.filter((step) => step.type === type && step.message.id === `${at}`).length;
          expect(of('leaves')).toBe(of('dropped') > 0 ? 0 : 1 + of('duplicated'));
        }
        expect(run()).toEqual(steps);
      },
    ),
    { numRuns: 200, seed: 4 },
  );
});

it('one direction changes nothing in the other', () => {
  const run = (others: number) => {
    const queue = new ImpairedQueue(with_({ drop: 0.5 }), 11);
    for (let at = 0; at < others; at++) queue.enter(message(`x${at}`, 'candidate', 'B to A'), at);
    return Array.from({ length: 50 }, (_, at) => queue.enter(message(`${at}`), at)[0]!.type);
  };
  expect(run(17)).toEqual(run(0));
});

it('presets have names of their own and pull something', () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  for (const preset of PRESETS) expect(isSmooth(settingsOf(preset)), preset.id).toBe(false);
  expect(isSmooth(ALL_SMOOTH)).toBe(true);
});
