import type { Diagram } from '../diagram.ts';
import Descriptions from './Descriptions.svelte';
import { caption, describe, legend } from './describe.ts';
import { type DescriptionsLayout, layout } from './layout.ts';

export const descriptions: Diagram<DescriptionsLayout> = {
  id: 'descriptions',
  title: 'Descriptions',
  question: 'What do offer and answer say, and what changed since the last one?',
  layout,
  describe,
  caption,
  legend,
  component: Descriptions,
};
