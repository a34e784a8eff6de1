import type { Component } from 'svelte';
import type { CandidateType } from '../../core/sdp/priority.ts';
import type { Evidence } from '../../core/projections/projection.ts';
import type { Selection, View } from '../../core/projections/view.ts';
import type { Label } from './parts/labels.ts';

/** Pixels that a diagram may fill. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Some words, the news among them strong: `['A asked, and ', { strong: 'B answers' }, '.']`. */
export type Rich = readonly (string | { readonly strong: string })[];

/** The sentence under a diagram: what has just happened, and what comes next. */
export interface Caption {
  readonly text: Rich;
  readonly next?: string;
}

/** One entry of a legend: a candidate's mark, or how a line's dash says that something is known. */
export type LegendEntry =
  | { readonly kind: 'mark'; readonly mark: CandidateType | 'fail'; readonly text: string }
  | { readonly kind: 'evidence'; readonly evidence: Evidence; readonly text: string };

/** Whatever a layout gives, its texts are labels, so that their places can be checked without a browser. */
export interface Layout {
  readonly labels: readonly Label[];
}

export interface DiagramProps {
  readonly view: View;
  readonly size: Size;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  /** False when the reader asked for less motion: things step instead of fly. */
  readonly motion: boolean;
}

/** One diagram: `layout` is pure and does all geometry, `component` draws it. */
export interface Diagram<L extends Layout = Layout> {
  readonly id: string;
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  readonly layout: (view: View, size: Size, motion?: boolean) => L;
  /** The text alternative: a good description of the picture at the cursor. */
  readonly describe: (view: View) => string;
  readonly caption: (view: View) => Caption;
  /** Only what the picture holds now. */
  readonly legend?: (view: View) => readonly LegendEntry[];
  readonly component: Component<DiagramProps>;
  /** Stands in place of the caption, where what it says depends on what is selected; it explains the selection too. */
  readonly foot?: Component<DiagramProps>;
}
