import type { Diagram } from '../diagram.ts';
import Descriptions from './Descriptions.svelte';
import { type DescriptionsLayout, layout } from './layout.ts';
import { caption, describe } from './words.ts';

export const descriptions: Diagram<DescriptionsLayout> = {
  id: 'descriptions',
  title: 'Descriptions',
  question: 'What do offer and answer say, and what changed since the last one?',
  layout,
  describe,
  caption,
  component: Descriptions,
};
