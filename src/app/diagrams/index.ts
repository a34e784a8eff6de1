import { defineRegistry } from '../../core/base/registry.ts';
import { descriptions } from './descriptions/index.ts';
import type { Diagram } from './diagram.ts';
import { gathering } from './gathering/index.ts';
import { ladder } from './ladder/index.ts';
import { pairs } from './pairs/index.ts';
import { paths } from './paths/index.ts';
import { states } from './states/index.ts';
import { timeline } from './timeline/index.ts';

/** Every diagram, in the order of its tab. A new one is a folder beside these and one line here. */
export const DIAGRAMS = defineRegistry<Diagram>([
  paths,
  ladder,
  states,

  gathering,
  pairs,
  descriptions,
  timeline,
]);
