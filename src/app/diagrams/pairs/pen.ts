import type { Axis } from '../parts/plot-axis.ts';
import type { Columns } from './columns.ts';

/** What every row is drawn with. */
export interface Pen {
  readonly columns: Columns;
  readonly axis: Axis;
  /** The cursor: bars end there. */
  readonly time: number;
  /** Height of the head: the first row begins below it. */
  readonly top: number;
}
