/**
 * Flesch Reading Ease (R. Flesch, A new readability yardstick, Journal of Applied Psychology 32, 1948):
 * 206.835 − 1.015 × words a sentence − 84.6 × syllables a word. 60 to 70 is plain English, for 13- to 15-year-olds.
 * As a script: `npx tsx tests/lessons/measure.ts` prints it for every lesson.
 */
export interface Readability {
  readonly ease: number;
  readonly medianSentence: number;
  readonly words: number;
  readonly sentences: number;
  /** Of a reader who reads it with ease: the grade of Flesch and Kincaid (U.S. Navy, 1975), and five. */
  readonly age: number;
}

export function readability(paragraphs: readonly string[]): Readability {
  const sentences = paragraphs
    .flatMap(sentencesIn)
    .map(wordsIn)
    .filter(({ length }) => length > 0);
  const words = sentences.flat();
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const lengths = sentences.map(({ length }) => length).sort((a, b) => a - b);
  const [long, heavy] = [words.length / sentences.length, syllables / words.length];
  return {
    ease: 206.835 - 1.015 * long - 84.6 * heavy,
    age: 0.39 * long + 11.8 * heavy - 15.59 + 5,
    medianSentence: lengths[Math.floor(lengths.length / 2)] ?? 0,
    words: words.length,
    sentences: sentences.length,
  };
}

/** A colon before a capital ends one too; `192.168.1.23` and `3.5` do not. */
const sentencesIn = (text: string): readonly string[] => text.split(/(?<=[.!?])(?:["”)]*)\s+|:\s+(?=[A-Z])/);

const wordsIn = (sentence: string): readonly string[] =>
  sentence.match(/[A-Za-z][A-Za-z'’-]*|\d[\d  ]*(?:\.\d+)*/g) ?? [];

/** Groups of vowels, a silent e at the end not counted: within a few percent of counting by ear. */
export function syllablesIn(word: string): number {
  const parts = word.split(/[-_ ]|(?<=[a-z])(?=[A-Z])/).filter(Boolean);
  return parts.reduce((sum, part) => sum + syllablesOfPart(part.toLowerCase()), 0);
}

function syllablesOfPart(word: string): number {
  if (/^\d/.test(word)) return 2;
  const stem = word.replace(/(?:[^laeiouy]es|[^td]ed|[^l]e|ely)$/, (end) => (end === 'ely' ? 'ly' : end[0]!));
  return Math.max(1, (stem.match(/[aeiouy]+/g) ?? []).length);
}
