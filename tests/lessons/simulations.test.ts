/** What lessons say of their simulations holds in the simulator as it is now: the solution does, and the mistake does not. */
import { describe, expect, it } from 'vitest';
import { turnedOf } from '../../src/core/lessons/board.ts';
import { type Action, type Simulation, type Step, runDials } from '../../src/core/lessons/lesson.ts';
import { type Facts, Projector } from '../../src/core/projections/index.ts';
import { simulate } from '../../src/core/sim/simulate.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { LESSONS } from './library.ts';

/** A step whose session is simulated, and the simulation that it goes on with. */
const steps = LESSONS.flatMap(({ name, compiled, lesson }) => {
  let run: Step['run'];
  return compiled.text.text.flatMap(({ id }) => {
    const step = lesson.steps[id];
    run = step?.run ?? run;
    return step && run?.kind === 'simulate' ? [{ at: `${name} ${id}`, step, run }] : [];
  });
});

function projectorOf(run: Simulation, actions: readonly Action[]): { log: SessionLog; projector: Projector } {
  const turned = turnedOf(runDials(run), answersOf(actions));
  const log = new SessionLog();
  for (const event of simulate(run.scenario(turned), { seed: run.seed ?? 1 }).events) log.append(event);
  return { log, projector: new Projector(log) };
}

const answersOf = (actions: readonly Action[]): Readonly<Record<string, string>> =>
  Object.fromEntries(actions.flatMap((action) => ('turn' in action ? [[action.turn, action.to]] : [])));

function verdict({ step, run }: (typeof steps)[number], actions: readonly Action[]): true | string {
  const { log, projector } = projectorOf(run, actions);
  const whole = projector.at(log.events.length);
  return step.check(whole, { atCursor: whole, selection: null, answers: answersOf(actions) });
}

it('there are some', () => expect(steps.length).toBeGreaterThan(2));

describe.each(steps)('$at', (one) => {
  const { step, run } = one;
  const { log, projector } = projectorOf(run, step.solution);

  it('is done by its solution, and not by its mistake', () => {
    expect(verdict(one, step.solution)).toBe(true);
    if (step.mistake) expect(verdict(one, step.mistake)).toBeTypeOf('string');
  });

  it('begins at a moment that comes, before what is stepped to', () => {
    const first = (fits: (facts: Facts) => boolean): number => {
      for (let index = 0; index <= log.events.length; index++) if (fits(projector.at(index))) return index;
      return -1;
    };
    const at = step.stage?.at;
    const begins = typeof at === 'function' ? first(at) : 0;
    expect(begins).toBeGreaterThanOrEqual(0);
    for (const action of step.solution)
      if ('stepUntil' in action) expect(first(action.stepUntil)).toBeGreaterThan(begins);
  });

  it('says what came of it, differently at both ends of a dial', () => {
    if (!run.says) return;
    const { says } = run;
    const told = runDials(run).flatMap((dial) => {
      const ends = dial.kind === 'slide' ? [dial.from, dial.to].map(String) : Object.keys(dial.options);
      return ends.map((to) => {
        const actions = [{ turn: dial.id, to }];
        const { log: ended, projector: at } = projectorOf(run, actions);
        return says(turnedOf(runDials(run), answersOf(actions)), at.at(ended.events.length));
      });
    });
    expect(told.every((words) => /[.!?]$/.test(words))).toBe(true);
    expect(new Set(told).size).toBe(told.length);
  });
});
