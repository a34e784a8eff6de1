/** Prints the readability of each lesson: `npx tsx tests/lessons/measure.ts`. */
import { paragraphsOf } from '../../src/core/lessons/prose.ts';
import { LESSONS } from './library.ts';
import { readability } from './readability.ts';

for (const { name, compiled } of LESSONS) {
  const { ease, medianSentence, words } = readability(
    compiled.text.text.flatMap(({ blocks }) => paragraphsOf(blocks)),
  );
  console.log(
    `${name.padEnd(24)} Flesch ${ease.toFixed(1)}, median sentence ${medianSentence} words, ${words} words`,
  );
}
