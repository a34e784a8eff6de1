/** The words of a lesson as plain text: what readability is measured on, and what a test reads. */
import type { Block, Inline, LessonText, Question } from './text.ts';

export const inlineText = (children: readonly Inline[]): string =>
  children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.kind === 'from') return '';
      return 'children' in child ? inlineText(child.children) : child.text;
    })
    .join('');

/** One string a paragraph, in reading order; code, formulas and tables are left out, for they are not sentences. */
export function paragraphsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return [inlineText(block.children)];
      case 'list':
        return block.items.flatMap(paragraphsOf);
      case 'do':
      case 'explain':
        return paragraphsOf(block.children);
      case 'predict':
      case 'quiz':
        return questionText(block);
      default:
        return [];
    }
  });
}

const questionText = ({ ask, options }: Question): readonly string[] => [
  inlineText(ask),
  ...options.flatMap(({ reply }) => paragraphsOf(reply)),
];

export const proseOf = (lesson: LessonText): readonly string[] =>
  lesson.text.flatMap(({ blocks, hints }) => [...paragraphsOf(blocks), ...hints.flatMap(paragraphsOf)]);
