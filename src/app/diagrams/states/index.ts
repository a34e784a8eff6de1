import type { Diagram } from '../diagram.ts';
import States from './States.svelte';
import { caption, describe } from './describe.ts';
import { type StatesLayout, layout } from './layout.ts';

export const states: Diagram<StatesLayout> = {
  id: 'states',
  title: 'States',
  question: 'Where is each state machine, how did it get there, and what is legal next?',
  layout,
  describe,
  caption,
  component: States,
};
