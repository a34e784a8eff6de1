import type { SessionEvent } from '../session/event.ts';
import type { Facts } from './index.ts';

/** What every diagram is given: a session and one moment of it. */
export interface View {
  /** What was known after `index` events. */
  readonly facts: Facts;
  /**
   * What is known at the end of the recording. Only for what must look ahead: where a message in flight will land, and
   * the pale future of the Timeline.
   */
  readonly whole: Facts;
  /** The cursor, in ms since the session began: at or after event `index - 1`, before event `index`. */
  readonly time: number;
  readonly index: number;
  /** All events of the recording; those up to the cursor are `events.slice(0, index)`. */
  readonly events: readonly SessionEvent[];
  /** A live session still grows. */
  readonly live: boolean;
}

/** What the reader has marked, in all diagrams at once. Nothing is marked when it is null. */
export type Selection =
  | { readonly kind: 'event'; readonly id: string }
  /** `Candidate.key` */
  | { readonly kind: 'candidate'; readonly id: string }
  /** `Pair.id` */
  | { readonly kind: 'pair'; readonly id: string }
  /** Peer, side and number of a line of a description: `A/local/12`. */
  | { readonly kind: 'line'; readonly id: string }
  /** A stretch of the bytes of a packet: the id of its event, then first byte and the one after the last, `A:17@24-32`. */
  | { readonly kind: 'bytes'; readonly id: string }
  | null;

export const isSelected = (selection: Selection, kind: NonNullable<Selection>['kind'], id: string): boolean =>
  selection !== null && selection.kind === kind && selection.id === id;
