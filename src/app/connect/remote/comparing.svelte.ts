import type { NewEvent } from '../../../core/session/event.ts';
import type { Carrier } from './carriers.ts';
import { type Comparison, compare } from './compare.ts';
import { carrierText } from '../../format/words.ts';

/** Several ways into a room, tried one after the other, and what came of each. */
export class Comparing {
  rows: readonly Comparison[] = $state.raw([]);
  /** The way that is being tried. */
  trying = $state('');
  problem = $state('');

  async tryEach(ways: readonly Carrier[], tell?: (event: NewEvent) => void): Promise<void> {
    this.rows = [];
    this.problem = '';
    for (const way of ways) {
      this.trying = carrierName(way);
      try {
        this.rows = [...this.rows, await compare(way, tell)];
      } catch (error) {
        this.problem = `${this.trying}: ${(error as Error).message}`;
      }
    }
    this.trying = '';
  }
}

export const carrierName = (way: Carrier): string => carrierText(way === 'tabs' ? 'broadcast-channel' : way);
