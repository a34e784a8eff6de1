import type { Diagram } from '../diagram.ts';
import Ladder from './Ladder.svelte';
import { caption, describe } from './describe.ts';
import { type LadderLayout, layout } from './layout.ts';
import { legend } from './legend.ts';

export const ladder: Diagram<LadderLayout> = {
  id: 'ladder',
  title: 'Ladder',
  question: 'Who said what to whom, in which order?',
  layout,
  describe,
  caption,
  legend,
  component: Ladder,
};
