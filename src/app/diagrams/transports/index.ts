import type { Diagram } from '../diagram.ts';
import Transports from './Transports.svelte';
import { caption, describe } from './describe.ts';
import { type TransportsLayout, layout } from './layout.ts';

export const transports: Diagram<TransportsLayout> = {
  id: 'transports',
  title: 'Transports',
  question: 'Which m-lines share which way, how is it encrypted, and what went over it?',
  layout,
  describe,
  caption,
  component: Transports,
};
