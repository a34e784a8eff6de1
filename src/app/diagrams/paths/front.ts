/** Paths before anything is recorded: all that the first visit loads of it. */
import type { Diagram } from '../diagram.ts';
import { frontDrawing } from './drawing.ts';
import { FRONT_CAPTION, FRONT_WORDS, QUESTION } from './front-words.ts';
import Front from './Front.svelte';
import type { PathsLayout } from './shapes.ts';

export const front: Diagram<PathsLayout> = {
  id: 'paths',
  title: 'Paths',
  question: QUESTION,
  layout: (_, size) => frontDrawing(size),
  describe: () => FRONT_WORDS,
  caption: () => FRONT_CAPTION,
  component: Front,
};
