/** What a layout of Paths is made of: everything in pixels, ready to be drawn. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Evidence } from '../../../core/projections/projection.ts';
import type { Layout } from '../diagram.ts';
import type { Box, Label } from '../parts/labels.ts';
import type { DrawnMessage, LegLine, Pill, Sheet } from './traffic.ts';
import type { Form, Side } from './frame.ts';
import type { Server } from './servers.ts';
import type { Stroke } from './strokes.ts';

export interface Device {
  readonly side: Side;
  readonly label: string;
  readonly box: Box;
  readonly tile: { readonly x: number; readonly y: number; readonly size: number };
  /** Not recorded, or not there yet. */
  readonly absent: boolean;
}

/** A candidate's mark. */
export interface MarkAt {
  readonly id: string;
  readonly type: CandidateType;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly hollow: boolean;
  /** Candidates that it stands for; empty in the drawing that is no session. */
  readonly keys: readonly string[];
  /** Id of the event that told of it. */
  readonly event: string;
  readonly name: string;
}

/** The line `+3 more` of a device. */
export interface Fold {
  readonly id: string;
  readonly box: Box;
  readonly keys: readonly string[];
}

/** The whole of a way, to be marked and clicked. */
export interface Touch {
  readonly id: string;
  readonly d: string;
  /** Ids of the pairs that tell of it, the first peer's first. */
  readonly pairs: readonly string[];
  readonly name: string;
}

export interface Cross {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly opacity: number;
}

/** A NAT in plan: a wall with doors, from the upper to the lower. */
export interface Wall {
  readonly side: Side;
  readonly box: Box;
  readonly doors: readonly Door[];
  readonly evidence: Evidence;
}

/** A mapping; its leaf turns on the private side. */
export interface Door {
  readonly top: number;
  readonly bottom: number;
  /** 0 is shut, 1 is open. */
  readonly open: number;
  /** A small figure shows the gap alone, and so is the way of addresses that nobody translates. */
  readonly hasLeaf: boolean;
}

export interface PathsLayout extends Layout {
  readonly form: Form;
  readonly width: number;
  readonly height: number;
  readonly ground: readonly string[];
  readonly signalling: string;
  /** Ground under words that stand on the signalling line. */
  readonly plates: readonly Box[];
  readonly devices: readonly Device[];
  readonly servers: readonly Server[];
  readonly walls: readonly Wall[];
  readonly legs: readonly LegLine[];
  readonly touches: readonly Touch[];
  readonly folds: readonly Fold[];
  readonly strokes: readonly Stroke[];
  readonly marks: readonly MarkAt[];
  readonly crosses: readonly Cross[];
  readonly sheets: readonly Sheet[];
  readonly pills: readonly Pill[];
  readonly messages: readonly DrawnMessage[];
  /** Those labels that are numbered sentences: number, two spaces, sentence. */
  readonly sentences: readonly Label[];
  /** What every line of this picture is known by. */
  readonly evidence: readonly Evidence[];
}

/** A field with round corners (12) on the outer side, or on both. */
export function fieldPath({ left, right, top, bottom }: Box, side: Side | 'both'): string {
  const l = side === 1 ? 0 : 12;
  const r = side === 0 ? 0 : 12;
  const arc = (radius: number, x: number, y: number): string =>
    radius ? `a${radius} ${radius} 0 0 1 ${x} ${y}` : '';
  return [
    `M${left + l} ${top}H${right - r}${arc(r, r, r)}`,
    `V${bottom - r}${arc(r, -r, r)}`,
    `H${left + l}${arc(l, -l, -l)}`,
    `V${top + l}${arc(l, l, -l)}Z`,
  ].join('');
}
