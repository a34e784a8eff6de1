import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Layout } from '../diagram.ts';
import type { Label } from '../parts/labels.ts';

/** How a stretch of a bar is drawn; `other` for a state that no specification names. */
export type Look = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'other';

export interface Segment {
  readonly look: Look;
  readonly x1: number;
  readonly x2: number;
}

/** What happened to a pair, along the axis; `y` is the middle of the bar. */
export interface Bar {
  readonly y: number;
  readonly segments: readonly Segment[];
  /** Readings at which requests had been sent since the one before. */
  readonly ticks: readonly number[];
  readonly flag: number | null;
  readonly fail: number | null;
  readonly stop: number | null;
  /** From the last reading to the cursor: nothing has been told since. */
  readonly assumed: readonly [number, number] | null;
}

export interface DrawnRow {
  readonly id: string;
  readonly y: number;
  readonly labels: readonly Label[];
  readonly say: string;
  /** A checklist's head has none. */
  readonly pair: string | null;
  /** Keys of both candidates, as far as they are known. */
  readonly candidates: readonly string[];
  readonly token: { readonly label: string; readonly x: number; readonly y: number } | null;
  readonly marks: readonly { readonly type: CandidateType | null; readonly x: number; readonly y: number }[];
  readonly bar: Bar | null;
}

export interface Key {
  readonly look: Look | 'nominated';
  readonly x: number;
  readonly y: number;
}

export interface PairsLayout extends Layout {
  readonly width: number;
  readonly top: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly head: readonly Label[];
  readonly keys: readonly Key[];
  readonly empty: readonly Label[];
  readonly rows: readonly DrawnRow[];
  readonly grid: readonly number[];
  readonly breaks: readonly number[];
}
