import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Evidence } from '../../../core/projections/projection.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Label } from '../parts/labels.ts';
import type { Columns } from './lifelines.ts';
import type { Row } from './row.ts';
import type { LabelOf } from './words.ts';

/** What a row is drawn into. */
export interface Canvas {
  readonly view: View;
  readonly columns: Columns;
  readonly motion: boolean;
  readonly top: number;
  readonly opposite: (peer: string) => string;
  readonly labelOf: LabelOf;
  /** Nobody recorded the other side: what reaches it is concluded. */
  readonly isOneSided: boolean;
}

/** An arrow from one lifeline to another, or the part of it that has been travelled. */
export interface Arrow {
  readonly kind: CandidateType | 'wire' | 'ink' | 'fail';
  readonly evidence: Evidence;
  readonly weight: 'thin' | 'strong' | 'winner';
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Direction of its head in degrees; null without one. */
  readonly head: number | null;
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** The call is pending. */
  readonly open: boolean;
}

export interface PlacedMark {
  readonly type: CandidateType | 'fail';
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** All that is drawn of a row, in pixels of the picture. */
export interface Drawing {
  readonly arrows: readonly Arrow[];
  readonly bars: readonly Bar[];
  readonly marks: readonly PlacedMark[];
  readonly envelope: { readonly x: number; readonly y: number; readonly flying: boolean } | null;
  /** Short strokes across a lifeline. */
  readonly ticks: readonly { readonly x: number; readonly y: number }[];
  readonly labels: readonly Label[];
}

export interface DrawnRow extends Drawing {
  readonly row: Row;
  readonly top: number;
  readonly height: number;
  /** Its text alternative. */
  readonly say: string;
}

export const NOTHING: Drawing = { arrows: [], bars: [], marks: [], envelope: null, ticks: [], labels: [] };

const FALL = 8;
const HEAD = 9;

/** An arrow whose first end is at `y`, falling 8 px. `share` is how much of it has been travelled. */
export function arrow(
  [x1, x2]: readonly [number, number],
  y: number,
  look: Pick<Arrow, 'kind' | 'evidence' | 'weight'>,
  share = 1,
): Arrow {
  const end = [x1 + (x2 - x1) * share, y + FALL * share] as const;
  const angle = (Math.atan2(FALL, x2 - x1) * 180) / Math.PI;
  const short = share < 1 ? end : ([end[0] - Math.sign(x2 - x1) * (HEAD - 2), end[1]] as const);
  return { ...look, from: [x1, y], to: share < 1 ? end : short, head: share < 1 ? null : angle };
}

/** Where the head of a whole arrow points. */
export const tipOf = ({ from, to, head }: Arrow): readonly [number, number] =>
  head === null ? to : [to[0] + Math.sign(to[0] - from[0]) * (HEAD - 2), to[1]];
