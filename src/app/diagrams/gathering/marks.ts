import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Selection } from '../../../core/projections/view.ts';
import type { Layout } from '../diagram.ts';
import type { Label } from '../parts/labels.ts';

/** A row with its place: what the component draws. `y` is its middle; lines of the picture are in pixels. */
export interface DrawnRow {
  readonly id: string;
  readonly kind: 'peer' | 'again' | 'unbased' | 'nothing' | 'candidate' | 'error';
  readonly y: number;
  /** What a click selects; null for a row that only heads others. */
  readonly selects: Selection;
  /** The row in words. */
  readonly say: string;
  readonly labels: readonly Label[];
  readonly token: { readonly label: string; readonly x: number; readonly y: number } | null;
  /** Line of a search, ending in a bar or, while it goes on, in an arrow head. */
  readonly span: {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly isOpen: boolean;
  } | null;
  /** The mark of an own address beside its name. */
  readonly source: { readonly x: number; readonly y: number } | null;
  /** Path from the own address that was asked from. */
  readonly tree: string | null;
  readonly bar: {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly type: CandidateType;
  } | null;
  readonly mark: { readonly x: number; readonly y: number; readonly type: CandidateType | 'fail' } | null;
}

export interface GatheringLayout extends Layout {
  readonly width: number;
  /** Height of the head with the axis. */
  readonly top: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly head: readonly Label[];
  /** What stands in the middle when there is no row. */
  readonly empty: readonly Label[];
  readonly rows: readonly DrawnRow[];
  readonly grid: readonly number[];
  readonly breaks: readonly number[];
}
