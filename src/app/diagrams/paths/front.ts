/** Paths before anything is recorded: all that the first visit loads of it. */
import Front from './Front.svelte';
import type { Caption, Diagram } from '../diagram.ts';
import type { PathsLayout } from './shapes.ts';
import { frontDrawing } from './drawing.ts';

export const QUESTION = 'Who is where, which ways were tried, and which way do packets go now?';

export const FRONT_CAPTION: Caption = {
  text: ['This is a drawing. ', { strong: 'Your own connection plays here next' }, '.'],
};

export const FRONT_WORDS =
  'Nothing is recorded yet. A drawing: two devices exchange letters, each asks outside how it is seen, they try every way, best first, and one way wins.';

export const front: Diagram<PathsLayout> = {
  id: 'paths',
  title: 'Paths',
  question: QUESTION,
  layout: (_, size) => frontDrawing(size),
  describe: () => FRONT_WORDS,
  caption: () => FRONT_CAPTION,
  component: Front,
};
