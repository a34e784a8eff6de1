import { max, scaleLinear } from 'd3';
import type { Carried } from '../../../core/projections/transports.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { View } from '../../../core/projections/view.ts';
import { bytes, ms } from '../../format/words.ts';
import type { Layout, Size } from '../diagram.ts';
import { emptyWords } from '../parts/fitting.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import { inSight } from '../parts/rows.ts';
import { type TransportRow, rowsOf } from './model.ts';
import {
  carriedText,
  dtlsText,
  fingerprintText,
  sayRow,
  sectionsText,
  srtpText,
  tupleText,
} from './words.ts';

export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Paths of the counters, and the cursor. */
  readonly sent: string;
  readonly received: string;
  readonly now: number;
}

export interface DrawnTransport {
  readonly id: string;
  readonly pair: string | null;
  readonly say: string;
  readonly y: number;
  readonly token: { readonly label: string; readonly x: number; readonly y: number };
  readonly labels: readonly Label[];
  readonly plot: Plot | null;
}

export interface TransportsLayout extends Layout {
  readonly width: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly rows: readonly DrawnTransport[];
  readonly empty: readonly Label[];
}

const WIDE = 760;
const [LEFT, TEXT, EDGE, LINE] = [28, 52, 20, 20];
const PLOT = { width: 260, height: 52 };

export const layout = (view: View, size: Size, _motion = true): TransportsLayout =>
  transportsAt(view, size, 0);

/** The rows that are in sight after `scroll` pixels. */
export function transportsAt(view: View, size: Size, scroll: number): TransportsLayout {
  const rows = rowsOf(view.facts);
  const isWide = size.width >= WIDE;
  const rowHeight = isWide ? 136 : 222;
  if (rows.length === 0) {
    const empty = emptyWords(NOTHING, size);
    return { width: size.width, rowHeight, contentHeight: size.height, rows: [], empty, labels: empty };
  }
  const [from, to] = inSight(rows.length, rowHeight, { scroll, height: size.height });
  const drawn = rows
    .slice(from, to)
    .map((row, index) => draw(row, { view, width: size.width, isWide, top: (from + index) * rowHeight }));
  return {
    width: size.width,
    rowHeight,
    contentHeight: rows.length * rowHeight + 8,
    rows: drawn,
    empty: [],
    labels: drawn.flatMap(({ labels }) => labels),
  };
}

const NOTHING = [
  'Nothing is known of transports yet.',
  'A transport is one 5-tuple with one DTLS handshake, which m-lines may share. A browser tells of it when it is asked with getStats.',
] as const;

interface Pen {
  readonly view: View;
  readonly width: number;
  readonly isWide: boolean;
  readonly top: number;
}

function draw(row: TransportRow, pen: Pen): DrawnTransport {
  const { width, isWide, top } = pen;
  const room = (isWide ? width - PLOT.width - 40 : width) - TEXT - EDGE;
  const texts: readonly Omit<Label, 'x' | 'y'>[] = [
    { text: sectionsText(row), size: 14, bold: true },
    { text: tupleText(row), size: 12, mono: true, tone: 'ink-2' },
    { text: dtlsText(row), size: 12, tone: row.facts.dtlsState === 'failed' ? 'fail' : 'ink-2' },
    { text: srtpText(row), size: 12, tone: 'ink-2' },
    { text: fingerprintText(row), size: 12, tone: 'ink-3' },
  ];
  const lines = texts.map((line, index) => ({
    ...line,
    text: fit(line.text, room, line),
    x: TEXT,
    y: top + 26 + index * LINE,
  }));
  const corner = isWide ? { x: width - PLOT.width - EDGE, y: top + 34 } : { x: TEXT, y: top + 150 };
  const box = { ...corner, width: Math.min(PLOT.width, width - corner.x - EDGE), height: PLOT.height };
  const { plot, labels } = plotOf(row, box, pen);
  return {
    id: row.facts.id,
    pair: row.facts.pairId,
    say: sayRow(row),
    y: top,
    token: { label: row.peer.label, x: LEFT, y: top + 22 },
    labels: [...lines, ...labels].filter(({ text }) => text !== ''),
    plot,
  };
}

type Corner = Pick<Plot, 'x' | 'y' | 'width' | 'height'>;

/** Counters over time; the scales look ahead to the end of the recording, so that they stand still while it plays. */
function plotOf(
  row: TransportRow,
  box: Corner,
  { view }: Pen,
): { plot: Plot | null; labels: readonly Label[] } {
  const all = wholeOf(view.whole, row);
  const known = row.facts.bytes.toArray();
  const words = { x: box.x, size: 11, tone: 'ink-3' } as const;
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return { plot: null, labels: [{ ...words, text: 'bytes not told', y: box.y + 12 }] };
  if (all.length === 1)
    return { plot: null, labels: [{ ...words, text: `${carriedText(row)}: one reading`, y: box.y + 12 }] };
  const x = scaleLinear([first.at, Math.max(first.at + 1, last.at)], [box.x, box.x + box.width]).clamp(true);
  const top = max(all, ({ sent, received }) => Math.max(sent, received)) ?? 1;
  const y = scaleLinear([0, Math.max(1, top)], [box.y + box.height, box.y]);
  const path = (value: (one: Carried) => number): string =>
    `M${known.map((one) => `${x(one.at).toFixed(1)} ${y(value(one)).toFixed(1)}`).join('L')}`;
  const now = known.at(-1) ?? first;
  const sent: Label = { ...words, text: `sent ${bytes(now.sent)}`, tone: 'ink', y: box.y - 8 };
  const received: Label = { ...words, text: `received ${bytes(now.received)}`, y: box.y - 8 };
  const from: Label = { ...words, text: ms(first.at), y: box.y + box.height + 13 };
  const to: Label = { ...words, text: ms(last.at), x: box.x + box.width, anchor: 'end', y: from.y };
  const fits = textWidth(from) + textWidth(to) + 12 < box.width;
  return {
    plot: { ...box, sent: path((one) => one.sent), received: path((one) => one.received), now: x(view.time) },
    labels: [sent, { ...received, x: box.x + textWidth(sent) + 12 }, ...(fits ? [from, to] : [])],
  };
}

const wholeOf = ({ transports }: Facts, { peer, facts }: TransportRow): readonly Carried[] =>
  (transports[peer.id]?.find(({ id }) => id === facts.id)?.bytes ?? facts.bytes).toArray();
