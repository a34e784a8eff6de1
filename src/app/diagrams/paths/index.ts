import type { Diagram } from '../diagram.ts';
import { caption } from './caption.ts';
import { describe } from './describe.ts';
import { QUESTION } from './front-words.ts';
import { layout } from './layout.ts';
import { legend } from './legend.ts';
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
