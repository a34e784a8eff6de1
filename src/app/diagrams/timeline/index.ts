import type { Diagram } from '../diagram.ts';
import Timeline from './Timeline.svelte';
import { describe } from './describe.ts';
import { type TimelineLayout, layout } from './layout.ts';
import { caption } from './event-text.ts';

export const timeline: Diagram<TimelineLayout> = {
  id: 'timeline',
  title: 'Timeline',
  question: 'When did everything happen, at both ends, on one clock?',
  layout,
  describe,
  caption,
  component: Timeline,
};
