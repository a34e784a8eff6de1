import type { Diagram } from '../diagram.ts';
import { caption, describe, legend } from './describe.ts';
import { QUESTION } from './front.ts';
import { layout } from './layout.ts';
import Paths from './Paths.svelte';
import type { PathsLayout } from './shapes.ts';

export const paths: Diagram<PathsLayout> = {
  id: 'paths',
  title: 'Paths',
  question: QUESTION,
  layout,
  describe,
  caption,
  legend,
  component: Paths,
};
