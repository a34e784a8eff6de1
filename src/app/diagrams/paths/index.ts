import type { Diagram } from '../diagram.ts';
import { caption } from './caption.ts';
import { describe } from './describe.ts';
import { layout } from './layout.ts';
import { legend } from './legend.ts';
import Paths from './Paths.svelte';
import type { PathsLayout } from './shapes.ts';

export const paths: Diagram<PathsLayout> = {
  id: 'paths',
  title: 'Paths',
  question: 'Who is where, which ways were tried, and which way do packets go now?',
  layout,
  describe,
  caption,
  legend,
  component: Paths,
};
