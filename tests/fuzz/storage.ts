/** What the browser kept, or somebody put into its storage or into a file of progress. */
import { parseProgress } from '../../src/app/lessons/stored-progress.ts';
import { hold, kind } from './fuzz.ts';
import { mutate } from './mutate.ts';

const STORED = JSON.stringify({
  icescope: 1,
  lessons: {
    'first-letter': { step: 'connect', met: ['connect', 'see'], answers: { why: '2' }, finished: false },
  },
  recall: { 'first-letter/why': { right: 3, wrong: 1, at: 1_764_000_000_000 } },
});

export const storage = kind('storage', 100_000, (draw) => {
  const progress = parseProgress(mutate(STORED, draw));
  if (progress === null) return;
  const numbers = Object.values(progress.recall).flatMap(({ right, wrong, at }) => [right, wrong, at]);
  hold(
    numbers.every((number) => Number.isFinite(number)),
    'a number that is none',
  );
  hold(Object.getPrototypeOf(progress.lessons) === Object.prototype, 'another prototype');
});
