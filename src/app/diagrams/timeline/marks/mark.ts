import type { CandidateType } from '../../../../core/sdp/priority.ts';
import type { Selection } from '../../../../core/projections/view.ts';

export type Kind = CandidateType | 'ink' | 'wire' | 'fail';

/** What a mark is drawn of. Pixels within the timeline. */
export type Shape =
  | {
      readonly shape: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly kind: Kind;
      readonly weight: number;
    }
  | {
      readonly shape: 'bar';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly refused: boolean;
    }
  | {
      readonly shape: 'icon';
      readonly icon: CandidateType | 'fail' | 'envelope';
      readonly x: number;
      readonly y: number;
      /** Of a mark: 1 fills a 20 × 20 box. Of an envelope: its width. */
      readonly scale: number;
    }
  /** Somewhere here, and nobody knows where. */
  | { readonly shape: 'span'; readonly x1: number; readonly x2: number; readonly y: number }
  | { readonly shape: 'flag'; readonly x: number; readonly y: number };

/** Something that happened, and what a click on it selects. */
export interface Mark {
  readonly key: string;
  readonly selects: NonNullable<Selection>;
  /** In words, for those who hear it. */
  readonly name: string;
  /** Left and right end, what a pointer can hit. */
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly shapes: readonly Shape[];
}

/** Text that stands at a mark, and from when on: after the cursor there is no text. */
export interface MarkText {
  readonly at: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'end';
  readonly bold?: boolean;
  readonly mono?: boolean;
}

export const line = (
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  kind: Kind,
  weight: number,
): Shape => ({ shape: 'line', x1, y1, x2, y2, kind, weight });

export const icon = (
  type: CandidateType | 'fail' | 'envelope',
  x: number,
  y: number,
  scale: number,
): Shape => ({ shape: 'icon', icon: type, x, y, scale });

/** Where a lane draws: its rows, the time scale, and a say in what is too much. */
export interface Pen {
  readonly x: (time: number) => number;
  /** Baseline of a peer's row; null for a peer that has none. */
  readonly row: (peer: string | null) => number | null;
  /** The row of the other end; the lane's foot where there is but one row. */
  readonly across: (row: number) => number;
  readonly label: (peer: string) => string;
  readonly top: number;
  readonly height: number;
  /** Left and right end of the plot. */
  readonly left: number;
  readonly right: number;
  /** Where the clear ground right of `x` ends: at the next break, or at the plot's end. */
  readonly edge: (x: number) => number;
  /** Whether a further mark at `x` in row `y` would be seen. Asked once a mark; refusals and failures ask for `always`. */
  readonly seen: (x: number, y: number, kind: string) => boolean;
}

export interface Drawn {
  readonly marks: readonly Mark[];
  readonly texts: readonly MarkText[];
}
