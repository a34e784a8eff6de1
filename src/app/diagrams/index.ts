import { defineRegistry } from '../../core/base/registry.ts';
import type { Diagram } from './diagram.ts';

/** A diagram's tab; its code loads when it is first shown. */
export interface DiagramEntry {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<Diagram>;
}

/** Every diagram, in the order of its tab. A new one is a folder beside these and one line here. */
export const DIAGRAMS = defineRegistry<DiagramEntry>([
  { id: 'paths', title: 'Paths', load: async () => (await import('./paths/index.ts')).paths },
  { id: 'ladder', title: 'Ladder', load: async () => (await import('./ladder/index.ts')).ladder },
  { id: 'states', title: 'States', load: async () => (await import('./states/index.ts')).states },
  { id: 'gathering', title: 'Gathering', load: async () => (await import('./gathering/index.ts')).gathering },
  { id: 'pairs', title: 'Pairs', load: async () => (await import('./pairs/index.ts')).pairs },
  {
    id: 'descriptions',
    title: 'Descriptions',
    load: async () => (await import('./descriptions/index.ts')).descriptions,
  },
  {
    id: 'transports',
    title: 'Transports',
    load: async () => (await import('./transports/index.ts')).transports,
  },
  { id: 'packets', title: 'Packets', load: async () => (await import('./packets/index.ts')).packets },
  { id: 'timeline', title: 'Timeline', load: async () => (await import('./timeline/index.ts')).timeline },
]);

/** What stands in the place of Paths while nothing is recorded. */
export const loadFront = async (): Promise<Diagram> => (await import('./paths/front.ts')).front;
