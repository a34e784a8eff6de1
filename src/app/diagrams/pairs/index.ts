import type { Diagram } from '../diagram.ts';
import Pairs from './Pairs.svelte';
import { caption, describe, legend } from './describe.ts';
import { layout } from './layout.ts';
import type { PairsLayout } from './columns.ts';

export const pairs: Diagram<PairsLayout> = {
  id: 'pairs',
  title: 'Pairs',
  question: 'Which pairs were tried, in which order and with what result, and why did this one win?',
  layout,
  describe,
  caption,
  legend,
  component: Pairs,
};
