import type { Diagram } from '../diagram.ts';
import Pairs from './Pairs.svelte';
import { type PairsLayout, layout } from './layout.ts';
import { caption, describe, legend } from './words.ts';

export const pairs: Diagram<PairsLayout> = {
  id: 'pairs',
  title: 'Pairs',
  question: 'Which pairs were tried, in which order and with what result?',
  layout,
  describe,
  caption,
  legend,
  component: Pairs,
};
