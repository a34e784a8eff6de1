/**
 * Text in diagrams. Both faces are our own and their advances are known, so a layout knows its labels' boxes without a
 * browser; where another font has to stand in, it is drawn as long as this says.
 */
import { type Face, advance } from './advances.ts';

export interface Label {
  readonly text: string;
  /** Baseline, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly size: 11 | 12 | 13 | 14 | 16 | 20;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly mono?: boolean;
  readonly bold?: boolean;
  /** `ink` when left out. */
  readonly tone?: 'ink' | 'ink-2' | 'ink-3' | 'host' | 'srflx' | 'prflx' | 'relay' | 'fail' | 'on-ink';
  /** Ground that the label stands on, for its halo. */
  readonly halo?: 'stage' | 'paper';
  /** Higher stays when two collide; a label without a rank is never dropped. */
  readonly rank?: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type TextStyle = Pick<Label, 'size' | 'mono' | 'bold'>;

const faceOf = ({ mono, bold }: TextStyle): Face => (mono ? 'mono' : bold ? 'bold' : 'text');

export function textWidth(label: TextStyle & Pick<Label, 'text'>): number {
  const face = faceOf(label);
  let em = 0;
  for (const character of label.text) em += advance(character, face);
  return em * label.size;
}

export function labelBox(label: Label): Box {
  const width = textWidth(label);
  const left =
    label.anchor === 'end' ? label.x - width : label.anchor === 'middle' ? label.x - width / 2 : label.x;
  return { left, right: left + width, top: label.y - label.size * 0.8, bottom: label.y + label.size * 0.24 };
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Drops the lowest ranked of labels that collide with each other or with `taken` boxes. Never shrinks, never moves. */
export function settleLabels(labels: readonly Label[], taken: readonly Box[] = []): Label[] {
  const kept: { label: Label; box: Box }[] = [];
  const order = [...labels].sort((a, b) => (b.rank ?? Infinity) - (a.rank ?? Infinity));
  for (const label of order) {
    const box = labelBox(label);
    const collides =
      kept.some((other) => overlap(other.box, box)) || taken.some((other) => overlap(other, box));
    if (label.rank === undefined || !collides) kept.push({ label, box });
  }
  return labels.filter((label) => kept.some((entry) => entry.label === label));
}

/** Shortens to at most `width` pixels, with an ellipsis. */
export function fit(text: string, width: number, style: TextStyle): string {
  if (textWidth({ ...style, text }) <= width) return text;
  const face = faceOf(style);
  let room = width / style.size - advance('…', face);
  let kept = '';
  for (const character of text) {
    room -= advance(character, face);
    if (room < 0) break;
    kept += character;
  }
  return kept === '' ? '' : `${kept}…`;
}
