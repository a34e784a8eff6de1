import { describe, expect, it } from 'vitest';
import { readability, syllablesIn } from './readability.ts';

describe('readability', () => {
  // Counts from dictionaries' hyphenation.
  it.each([
    ['cat', 1],
    ['made', 1],
    ['table', 2],
    ['candidate', 3],
    ['connection', 3],
    ['address', 2],
    ['wanted', 2],
    ['asked', 1],
    ['signalling', 3],
    ['browser', 2],
  ])('hears %s as %i', (word, count) => expect(syllablesIn(word)).toBe(count));

  // The beginning of the Gettysburg Address and a children's rhyme: hard and easy by any published table.
  it('tells hard prose from easy', () => {
    const hard = readability([
      'Four score and seven years ago our fathers brought forth, upon this continent, a new nation, conceived in liberty, and dedicated to the proposition that all men are created equal.',
    ]);
    const easy = readability(['The cat sat on the mat. The dog ran to the cat. The cat ran up a tree.']);
    expect(easy.ease).toBeGreaterThan(100);
    expect(hard.ease).toBeLessThan(65);
    expect(easy.medianSentence).toBe(6);
  });
});
