import type { View } from '../../../core/projections/view.ts';
import type { Layout, Size } from '../diagram.ts';
import { type Label, fit, settleLabels, textWidth } from '../parts/labels.ts';
import { type Line, type Side, sidesOf, titleOf } from './sides.ts';

export const LINE = 20;
const HEAD = 44;
const TABS = 36;
const MARGIN = 14;

export interface Choice {
  /** Index of the exchange; null follows the newest. */
  readonly exchange: number | null;
  /** Which side a narrow picture shows. */
  readonly side: 0 | 1;
  /** Pixels scrolled down. */
  readonly scroll: number;
}

export interface Column {
  readonly side: Side;
  readonly x: number;
  readonly width: number;
  /** Only what is in view. */
  readonly rows: readonly { readonly line: Line; readonly y: number }[];
  /** Height of all its lines, in pixels. */
  readonly height: number;
}

export interface DescriptionsLayout extends Layout {
  /** Titles of the exchanges, where there are several, and which is shown. */
  readonly exchanges: readonly string[];
  readonly shown: number;
  /** One column: a switch chooses the side. */
  readonly isNarrow: boolean;
  readonly top: number;
  readonly columns: readonly Column[];
}

const NEWEST: Choice = { exchange: null, side: 0, scroll: 0 };

export function layout(view: View, size: Size, _motion = true, choice: Choice = NEWEST): DescriptionsLayout {
  const { exchanges } = view.facts.descriptions;
  const shown = Math.min(choice.exchange ?? Infinity, exchanges.length - 1);
  const sides = sidesOf(view.facts, shown);
  const isNarrow = size.width < 720;
  const titles = exchanges.length > 1 ? exchanges.toArray().map(titleOf) : [];
  const top = titles.length > 0 || (isNarrow && sides) ? TABS : 0;
  const picked = !sides ? [] : isNarrow ? [sides[choice.side]] : sides;
  const columns = picked.map((side, index) => columnOf(side, index, picked.length, size, top, choice.scroll));
  return {
    exchanges: titles,
    shown,
    isNarrow,
    top,
    columns,
    labels: settleLabels(sides ? columns.flatMap((column) => headLabels(column, top)) : emptyLabels(size)),
  };
}

function columnOf(side: Side, index: number, count: number, size: Size, top: number, scroll: number): Column {
  const width = size.width / count;
  const room = Math.max(0, size.height - top - HEAD);
  const height = side.lines.length * LINE;
  const first = Math.max(0, Math.floor(scroll / LINE) - 2);
  const last = Math.ceil((scroll + room) / LINE) + 2;
  const rows = side.lines.slice(first, last).map((line, place) => ({ line, y: (first + place) * LINE }));
  return { side, x: index * width, width, rows, height };
}

const small = { size: 12, tone: 'ink-3' } as const;

function headLabels({ side, x, width }: Column, top: number): Label[] {
  const name = { size: 14, bold: true } as const;
  const left = x + MARGIN + 30;
  const title = side.role === 'offer' ? `${side.letter} offers` : `${side.letter} answers`;
  const after = left + textWidth({ ...name, text: title }) + 10;
  const gone = side.gone > 0 ? `− ${side.gone} gone` : '';
  const beside = [side.lines.length > 0 ? `${side.lines.length} lines` : '', side.note, gone]
    .filter(Boolean)
    .join(', ');
  return [
    { ...name, text: title, x: left, y: top + 25 },
    { ...small, text: fit(beside, x + width - after - MARGIN, small), x: after, y: top + 25 },
  ];
}

function emptyLabels({ width, height }: Size): Label[] {
  const text = fit('Offer and answer appear here once they are set.', width - 2 * MARGIN, small);
  return [{ ...small, text, x: width / 2, y: height / 2, anchor: 'middle' }];
}

export const headHeight = HEAD;
