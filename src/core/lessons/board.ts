/** An idea in one's hand: what a learner may turn, and what is said of it at once, in words and in bars. */
import type { Facts } from '../projections/index.ts';

/** Something to turn. Its id is its own in the lesson; what it stands at is kept as text. */
export type Dial = Slide | Choose;

interface Slide {
  readonly kind: 'slide';
  readonly id: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** 1, where left out. */
  readonly step?: number;
  readonly start: number;
  /** `500` → `500 ms`; the number alone, where left out. */
  readonly words?: (value: number) => string;
}

interface Choose {
  readonly kind: 'choose';
  readonly id: string;
  readonly label: string;
  /** Value to words, in order; the first stands at the start, where `start` names none. */
  readonly options: Readonly<Record<string, string>>;
  readonly start?: string;
}

/** Where each dial stands, by its id. */
export type Turned = Readonly<Record<string, string>>;

export interface Board {
  readonly dials: readonly Dial[];
  /** One or two sentences: all that the bars show. */
  readonly says: (turned: Turned, facts: Facts) => string;
  readonly bars?: (turned: Turned, facts: Facts) => readonly Bar[];
}

/** One line of a drawing: parts beside each other, of a whole that is the same for all bars of the board. */
export interface Bar {
  readonly label: string;
  readonly parts: readonly BarPart[];
  readonly of: number;
  /** What stands behind it: the sum, the time. */
  readonly end?: string;
  /** The one that is spoken of. */
  readonly marked?: boolean;
}

export interface BarPart {
  readonly size: number;
  /** `gap` is not drawn. */
  readonly look: 'strong' | 'plain' | 'fail' | 'gap' | 'host' | 'srflx' | 'prflx' | 'relay';
}

const startOf = (dial: Dial): string =>
  dial.kind === 'slide' ? String(dial.start) : (dial.start ?? Object.keys(dial.options)[0]!);

/** What is kept, where it is a place of the dial; else where the dial stands at the start. */
export function standsAt(dial: Dial, kept: string | undefined): string {
  if (kept === undefined) return startOf(dial);
  if (dial.kind === 'choose') return Object.hasOwn(dial.options, kept) ? kept : startOf(dial);
  const value = Number(kept);
  return kept.trim() !== '' && value >= dial.from && value <= dial.to ? kept : startOf(dial);
}

export const turnedOf = (dials: readonly Dial[], kept: Turned): Turned =>
  Object.fromEntries(dials.map((dial) => [dial.id, standsAt(dial, kept[dial.id])]));

/** What a place of the dial is called. */
export function placeWords(dial: Dial, value: string): string {
  if (dial.kind === 'choose') return dial.options[value] ?? value;
  return dial.words?.(Number(value)) ?? value;
}
