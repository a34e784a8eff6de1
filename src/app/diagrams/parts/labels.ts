/**
 * Text in diagrams. JetBrains Mono advances exactly 0.6 em a character; for the reader's system font 0.65 em is reserved
 * (0.72 bold), which no usual font exceeds on average. So a layout knows its labels' boxes without a browser.
 */
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

export function textWidth(label: Pick<Label, 'text' | 'size' | 'mono' | 'bold'>): number {
  return [...label.text].length * label.size * (label.mono ? 0.6 : label.bold ? 0.72 : 0.65);
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
export function fit(text: string, width: number, style: Pick<Label, 'size' | 'mono' | 'bold'>): string {
  const characters = [...text];
  if (textWidth({ ...style, text }) <= width) return text;
  const room = Math.floor(width / textWidth({ ...style, text: 'x' })) - 1;
  return room < 1 ? '' : `${characters.slice(0, room).join('')}…`;
}
