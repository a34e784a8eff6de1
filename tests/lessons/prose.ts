/** What a test reads in the prose of a lesson: its numbers, and the words of the glossary in their order. */
import type { Block, Inline } from '../../src/core/lessons/text.ts';
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
