/** What the drawing on the front says, before anything is recorded. */
import type { Caption } from '../diagram.ts';

export const QUESTION = 'Who is where, which ways were tried, and which way do packets go now?';

export const FRONT_CAPTION: Caption = {
  text: ['This is a drawing. ', { strong: 'Your own connection plays here next' }, '.'],
};

export const FRONT_WORDS =
  'Nothing is recorded yet. A drawing: two devices exchange letters, each asks outside how it is seen, they try every way, best first, and one way wins.';
