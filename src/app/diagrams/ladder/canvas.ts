import type { View } from '../../../core/projections/view.ts';
import type { Columns } from './lifelines.ts';
import type { LetterOf } from './words.ts';

/** What a row is drawn into. */
export interface Canvas {
  readonly view: View;
  readonly columns: Columns;
  readonly motion: boolean;
  readonly top: number;
  readonly opposite: (peer: string) => string;
  readonly letterOf: LetterOf;
  /** Nobody recorded the other side: what reaches it is concluded. */
  readonly isOneSided: boolean;
}
