/** Where the pictures of many calls put what was counted: plain geometry, in px. */
import { area, line, scaleLinear } from 'd3';
import { NETWORK_KINDS, type Shares, oneDoorShare } from '../../../core/sim/population/mixes.ts';
import {
  HELP,
  type Counts,
  type Help,
  type PopulationFigures,
  STEP,
  medianOf,
} from '../../../core/sim/population/population.ts';
import { type Interval, wilson } from '../../../core/sim/population/share.ts';
import { percent } from './words.ts';

export interface BarPart {
  readonly help: Help;
  readonly x: number;
  readonly width: number;
  readonly share: number;
  /** Of the border at its right, as far as it is known; null at the end of the bar. */
  readonly whisker: readonly [number, number] | null;
  /** Its words stand here; `null` where there is no room for them. */
  readonly label: number | null;
}

/** What the words above a part take, at most. */
const LABEL = 112;

export function barLayout(
  { counts, pairs }: Pick<PopulationFigures, 'counts' | 'pairs'>,
  width: number,
): readonly BarPart[] {
  const x = scaleLinear([0, 1], [0, width]);
  let before = 0;
  const parts = HELP.map((help) => {
    const from = before;
    before += counts[help];
    const border: Interval = wilson(before, pairs);
    return {
      help,
      x: x(pairs === 0 ? 0 : from / pairs),
      width: x(pairs === 0 ? 0 : counts[help] / pairs),
      share: pairs === 0 ? 0 : counts[help] / pairs,
      whisker: help === 'never' || pairs === 0 ? null : ([x(border.from), x(border.to)] as const),
    };
  });
  return parts.map((part, index) => ({ ...part, label: labelAt(parts, index, width) }));
}

/** Words begin with their part, and are pushed left where they would leave the picture; the small ones in between wait. */
function labelAt(parts: readonly { readonly x: number }[], index: number, width: number): number | null {
  const room = Math.min(LABEL, width / HELP.length);
  const places: number[] = parts.map(({ x }) => x);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i]!, places[i - 1]! + room);
  let most = width - room * 0.72;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.max(0, Math.min(places[i]!, most));
    most = places[i]! - room;
  }
  return places[index]!;
}

export interface MatrixCell {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What most of its calls needed; null where there was none yet. */
  readonly help: Help | null;
  readonly share: number;
  readonly mark: number;
  /** `9.0 %`, where it fits: beside the mark or below it. */
  readonly text: 'beside' | 'below' | null;
}
export interface MatrixSide {
  readonly kind: number;
  readonly at: number;
  readonly size: number;
}
export interface Matrix {
  readonly rows: readonly MatrixSide[];
  readonly columns: readonly MatrixSide[];
  readonly cells: readonly MatrixCell[];
}

const mostOf = (counts: Counts): Help | null => {
  const most = HELP.reduce((best, help) => (counts[help] > counts[best] ? help : best));
  return counts[most] === 0 ? null : most;
};

/** Sides are as long as the shares: so a cell's area is its share of the calls. */
export function matrixLayout(
  figures: PopulationFigures,
  shares: Shares,
  width: number,
  height: number,
): Matrix {
  const sides = (length: number): readonly MatrixSide[] => {
    let at = 0;
    return NETWORK_KINDS.flatMap((_, kind) => {
      const size = (shares[kind]! / 100) * length;
      const side = { kind, at, size };
      at += size;
      return size > 0 ? [side] : [];
    });
  };
  const [rows, columns] = [sides(height), sides(width)];
  const cells = rows.flatMap(({ kind: a, at: y, size: tall }) =>
    columns.map(({ kind: b, at: x, size: wide }) => {
      const counts = figures.cells[a]![b]!;
      const count = HELP.reduce((sum, help) => sum + counts[help], 0);
      const least = Math.min(wide, tall);
      const text = wide >= 74 && tall >= 20 ? 'beside' : wide >= 38 && tall >= 38 ? 'below' : null;
      const mark = least < 10 ? 0 : least < 28 ? 0.5 : least < 60 || text === 'below' ? 0.62 : 0.9;
      const share = figures.pairs === 0 ? 0 : count / figures.pairs;
      return { a, b, x, y, width: wide, height: tall, help: mostOf(counts), share, mark, text } as const;
    }),
  );
  return { rows, columns, cells };
}

export interface Quoted {
  readonly area: string;
  readonly most: string;
  readonly least: string;
  readonly quotedY: number;
  readonly cuts: readonly { readonly x: number; readonly words: string }[];
  readonly xTicks: readonly { readonly at: number; readonly words: string }[];
  readonly yTicks: readonly { readonly at: number; readonly words: string }[];
  readonly mix: { readonly x: number; readonly y: number } | null;
}

/** The share of calls without a relay that is quoted most often. */
export const QUOTED = 0.86;
/** Of two NATs: both let in whom they know by address and port, or only by address. */
const strictest = (oneDoor: number): number => oneDoor ** 2;
const kindest = (oneDoor: number): number => 1 - (1 - oneDoor) ** 2;

/** Of the calls between two NATs that let UDP out: which part needed no relay; null where there were none. */
export function directBetweenNats({ cells }: PopulationFigures): number | null {
  let [direct, all] = [0, 0];
  const isBehind = (kind: number): boolean =>
    NETWORK_KINDS[kind]!.nat !== null && NETWORK_KINDS[kind]!.firewall === 'none';
  cells.forEach((row, a) =>
    row.forEach((counts, b) => {
      if (!isBehind(a) || !isBehind(b)) return;
      direct += counts.none + counts.stun;
      all += HELP.reduce((sum, help) => sum + counts[help], 0);
    }),
  );
  return all === 0 ? null : direct / all;
}

export function quotedLayout(
  figures: PopulationFigures,
  shares: Shares,
  width: number,
  height: number,
): Quoted {
  const x = scaleLinear([0.5, 1], [0, width]).clamp(true);
  const y = scaleLinear([0.2, 1], [height, 0]).clamp(true);
  const steps = Array.from({ length: 51 }, (_, index) => 0.5 + index / 100);
  const curve = (of: (oneDoor: number) => number): string =>
    line<number>(
      (step) => x(step),
      (step) => y(of(step)),
    )(steps) ?? '';
  const [oneDoor, direct] = [oneDoorShare(shares), directBetweenNats(figures)];
  const ticks = (values: readonly number[], scale: (value: number) => number) =>
    values.map((value) => ({ at: scale(value), words: String(Math.round(value * 100)) }));
  return {
    area:
      area<number>(
        (step) => x(step),
        (step) => y(strictest(step)),
        (step) => y(kindest(step)),
      )(steps) ?? '',
    most: curve(kindest),
    least: curve(strictest),
    quotedY: y(QUOTED),
    cuts: [1 - Math.sqrt(1 - QUOTED), Math.sqrt(QUOTED)].map((at) => ({
      x: x(at),
      words: `${Math.round(at * 100)} %`,
    })),
    xTicks: ticks([0.5, 0.6, 0.7, 0.8, 0.9, 1], x),
    yTicks: ticks([0.2, 0.4, 0.6, 0.8, 1], y),
    mix: oneDoor === null || direct === null ? null : { x: x(oneDoor), y: y(direct) },
  };
}

export interface TimesRow {
  readonly help: Exclude<Help, 'never'>;
  readonly bars: readonly { readonly x: number; readonly width: number; readonly height: number }[];
  readonly median: { readonly x: number; readonly words: string } | null;
}
export interface Times {
  readonly ticks: readonly { readonly at: number; readonly words: string }[];
  readonly rows: readonly TimesRow[];
}

/** Milliseconds a bar. */
const BIN = 20;

/** One histogram for each help, each to its own height, on one axis that holds all but the last hundredth. */
export function timesLayout({ times, counts }: PopulationFigures, width: number, height: number): Times {
  const connected = counts.none + counts.stun + counts.turn;
  let [seen, at] = [0, 0];
  while (seen < connected * 0.99 && at < times.none.length - 1) {
    seen += times.none[at]! + times.stun[at]! + times.turn[at]!;
    at++;
  }
  const end = Math.max(800, Math.ceil((at * STEP) / 200) * 200);
  const x = scaleLinear([0, end], [0, width]);
  const rows = (['none', 'stun', 'turn'] as const).map((help): TimesRow => {
    const bins = Array.from({ length: end / BIN }, (_, bin) =>
      times[help].slice((bin * BIN) / STEP, ((bin + 1) * BIN) / STEP).reduce((sum, count) => sum + count, 0),
    );
    const most = Math.max(1, ...bins);
    const median = medianOf(times[help]);
    return {
      help,
      bars: bins.flatMap((count, bin) =>
        count === 0
          ? []
          : [{ x: x(bin * BIN) + 0.5, width: x(BIN) - 1, height: Math.max(1, (count / most) * height) }],
      ),
      median: median === null ? null : { x: Math.min(width, x(median)), words: `${Math.round(median)} ms` },
    };
  });
  return {
    ticks: x
      .ticks(Math.max(2, Math.floor(width / 90)))
      .map((value) => ({ at: x(value), words: String(value) })),
    rows,
  };
}

/** All of it for those who do not see it. */
export const barWords = (parts: readonly BarPart[], words: Readonly<Record<Help, string>>): string =>
  parts.map(({ help, share }) => `${percent(share)} ${words[help]}`).join(', ');
