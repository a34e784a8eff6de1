/** What a test reads in the prose of a lesson: its numbers, and the words of the glossary in their order. */
import { inlineText, proseOf } from '../../src/core/lessons/prose.ts';
import type { Block, Inline, LessonText, StepText } from '../../src/core/lessons/text.ts';
import type { Glossary } from '../../src/lessons-compiler/glossary.ts';

/** `16 777 216` → 16777216. Whole numbers below ten are words, not facts; an address is an example. */
export function numbersIn(text: string): readonly string[] {
  const plain = text
    .replace(/\b\d+(?:\.\d+){3}(?::\d+)?\b/g, ' ')
    .replace(/\bRFC \d+, section [\w.]+/g, ' ')
    .replace(/\[?[\da-f]*…?\.local:\d+/g, ' ')
    .replace(/(\d)[   ](?=\d{3}\b)/g, '$1');
  return [...plain.matchAll(/(?<![\w.^])\d+(?:\.\d+)?(?![\w])/g)]
    .map(([number]) => number)
    .filter((number) => Number(number) >= 10 || number.includes('.'));
}

const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety hundred thousand'.split(' ');
const UNIT = '(?:seconds?|minutes?|hours?|bytes?|percent|per cent|%|ms)';

/** Those in words too, from ten on or before a unit: `two minutes` → 2, `twenty bytes` → 20, `a tenth` → 0.1. */
export function figuresIn(text: string): readonly string[] {
  const words = [...text.toLowerCase().matchAll(/[a-z]+/g)].flatMap(([word]) => {
    const [small, ten] = [WORDS.indexOf(word), TENS.indexOf(word)];
    if (small >= 10) return [String(small)];
    if (ten >= 0) return [['20', '30', '40', '50', '60', '70', '80', '90', '100', '1000'][ten]!];
    return word === 'tenth' ? ['0.1'] : [];
  });
  const measures = [...text.toLowerCase().matchAll(new RegExp(`\\b(\\w+)\\s+${UNIT}`, 'g'))].flatMap(
    ([, count]) => {
      const small = WORDS.indexOf(count!);
      return small >= 0 ? [String(small)] : /^\d$/.test(count!) ? [count!] : [];
    },
  );
  return [...numbersIn(text), ...words, ...measures];
}

/** The keys of the sources that a step refers to, in words, tables, replies and hints. */
export const referencesOf = ({ blocks, hints }: StepText): readonly string[] =>
  [...blocks, ...hints.flat()].flatMap((block) =>
    [...JSON.stringify(block).matchAll(/"kind":"from","key":"([^"]+)"/g)].map(([, key]) => key!),
  );

/**
 * Figures of a step for which no claim of a source stands that the step refers to. The last step repeats: there any claim
 * of the lesson will do.
 */
export function unsourced(lesson: LessonText, step: StepText): readonly string[] {
  const keys = new Set(referencesOf(step));
  const isLast = step === lesson.text.at(-1);
  const known = new Set(
    lesson.sources
      .filter(({ key }) => isLast || (key !== null && keys.has(key)))
      .flatMap(({ claim }) => figuresIn(claim)),
  );
  return proseOf({ ...lesson, text: [step] })
    .flatMap(figuresIn)
    .filter((figure) => !known.has(figure));
}

interface Early {
  readonly word: string;
  readonly at: string;
}

/** Words of the glossary that stand in a step before any link has explained them; those linked are added to `known`. */
export function wordsBefore(
  blocks: readonly Block[],
  glossary: Glossary,
  known: Set<string>,
): readonly Early[] {
  return paragraphs(blocks).flatMap((words) => {
    for (const word of linked(words)) known.add(word);
    const text = plainText(words);
    return [...glossary.names]
      .filter(([name, word]) => !known.has(word) && !glossary.everyday.has(word) && has(text, name))
      .map(([, word]) => ({ word, at: text.slice(0, 60) }));
  });
}

const has = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'i').test(text);

function linked(words: readonly Inline[]): readonly string[] {
  return words.flatMap((word) => {
    if (typeof word === 'string') return [];
    if (word.kind === 'term') return [word.word];
    return 'children' in word ? linked(word.children) : [];
  });
}

const plainText = (words: readonly Inline[]): string =>
  words
    .map((word) => {
      if (typeof word === 'string') return word;
      return 'children' in word ? plainText(word.children) : '';
    })
    .join('');

/** The inline words of each paragraph, heading, cell and question, in reading order. */
function paragraphs(blocks: readonly Block[]): readonly (readonly Inline[])[] {
  return blocks.flatMap((block): readonly (readonly Inline[])[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return [block.children];
      case 'list':
        return block.items.flatMap(paragraphs);
      case 'table':
        return [block.head, ...block.rows].flat();
      case 'predict':
      case 'quiz':
        return [block.ask, ...block.options.flatMap(({ text, reply }) => [text, ...paragraphs(reply)])];
      case 'do':
      case 'explain':
      case 'formula':
        return paragraphs(block.children);
      default:
        return [];
    }
  });
}

interface Claim {
  readonly words: string;
  /** Of the sources that the paragraph refers to. */
  readonly keys: readonly string[];
}

/** Paragraphs that tell what browsers do, all of them or one by its name. */
export const claimsOfBrowsers = ({ blocks, hints }: StepText): readonly Claim[] =>
  paragraphNodes([...blocks, ...hints.flat()])
    .map((children) => ({
      words: inlineText(children),
      keys: [...JSON.stringify(children).matchAll(/"kind":"from","key":"([^"]+)"/g)].map(([, key]) => key!),
    }))
    .filter(({ words }) => /\b(Chromium|Firefox|Safari|[Bb]rowsers)\b/.test(words));

/** The words of every paragraph below, however deep it stands. */
function paragraphNodes(value: unknown): readonly (readonly Inline[])[] {
  if (Array.isArray(value)) return value.flatMap(paragraphNodes);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'kind' in value && value.kind === 'paragraph' && 'children' in value ? [value.children as Inline[]] : [];
  return [...own, ...Object.values(value).flatMap(paragraphNodes)];
}
