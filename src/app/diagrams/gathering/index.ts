import type { Diagram } from '../diagram.ts';
import Gathering from './Gathering.svelte';
import { caption, describe, legend } from './describe.ts';
import { layout } from './layout.ts';
import type { GatheringLayout } from './draw.ts';

export const gathering: Diagram<GatheringLayout> = {
  id: 'gathering',
  title: 'Gathering',
  question: 'Which candidate came from which server and interface, when, at what cost?',
  layout,
  describe,
  caption,
  legend,
  component: Gathering,
};
