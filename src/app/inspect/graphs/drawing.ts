/** What a picture of a description is made of. Each box stands for lines of the text, and is linked with them both ways. */
import { linkHorizontal } from 'd3';
import { fit, textWidth, type Label } from '../../diagrams/parts/labels.ts';
import { shown } from '../../format/shown.ts';

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Numbers of the lines that it stands for, the first of them the one to go to. */
  readonly lines: readonly number[];
  readonly title: string;
  /** Smaller, after the title or under it. */
  readonly note?: string;
  readonly tone?: 'strong' | 'fail' | 'quiet' | undefined;
  /** Shape of a candidate before the title. */
  readonly mark?: 'host' | 'srflx' | 'prflx' | 'relay';
}

export interface Link {
  readonly id: string;
  readonly path: string;
  readonly fail: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  readonly labels: readonly Label[];
}

const PAD = 9;
const BOLD = { size: 13, bold: true } as const;
const SMALL = { size: 12 } as const;

/** The labels in a box: title at the left, note at the right or, where there is the height, beneath it. */
export function labelsIn({ x, y, width, height, title, note = '', tone, mark }: Box): Label[] {
  const left = x + PAD + (mark === undefined ? 0 : 16);
  const room = x + width - PAD - left;
  const stacked = height >= 36;
  const middle = y + height / 2 + 4.5;
  const head = fit(shown(title, 80), room, BOLD);
  const labels: Label[] = [];
  if (head !== '')
    labels.push({
      ...BOLD,
      text: head,
      x: left,
      y: stacked ? y + height / 2 - 3 : middle,
      tone: tone === 'fail' ? 'fail' : 'ink',
    });
  const left2 = stacked ? room : room - textWidth({ ...BOLD, text: head }) - 10;
  const whole = shown(note, 80);
  // Beside a title only the whole note is of use.
  const foot = stacked || textWidth({ ...SMALL, text: whole }) <= left2 ? fit(whole, left2, SMALL) : '';
  if (foot.length > 1)
    labels.push({
      ...SMALL,
      text: foot,
      x: stacked ? left : x + width - PAD,
      y: stacked ? y + height / 2 + 13 : middle,
      anchor: stacked ? 'start' : 'end',
      tone: tone === 'fail' ? 'fail' : 'ink-3',
    });
  return labels.filter(() => height >= 16);
}

const curve = linkHorizontal<{ source: [number, number]; target: [number, number] }, [number, number]>();

/** From the right side of one box to the left side of the other. */
export const linkBetween = (from: Box, to: Box): Link => ({
  id: `${from.id}>${to.id}`,
  path:
    curve({
      source: [from.x + from.width, from.y + from.height / 2],
      target: [to.x, to.y + to.height / 2],
    }) ?? '',
  fail: to.tone === 'fail',
});

/** All labels of a picture, those of its boxes and others. */
export const drawn = (parts: Omit<Drawing, 'labels'> & { readonly labels?: readonly Label[] }): Drawing => ({
  ...parts,
  labels: [...(parts.labels ?? []), ...parts.boxes.flatMap(labelsIn)],
});

/** The most particular boxes that stand for a line: those with the fewest lines. */
export function boxesOf({ boxes }: Drawing, line: number): ReadonlySet<string> {
  const about = boxes.filter(({ lines }) => lines.includes(line));
  const fewest = Math.min(...about.map(({ lines }) => lines.length));
  return new Set(about.filter(({ lines }) => lines.length === fewest).map(({ id }) => id));
}

/** What a screen reader says of a box. */
export const sayBox = ({ title, note, lines }: Box): string =>
  `${shown(title, 80)}${note ? `, ${shown(note, 80)}` : ''}${lines.length === 0 ? '' : `, line ${lines[0]}${lines.length > 1 ? ` and ${lines.length - 1} more` : ''}`}`;
