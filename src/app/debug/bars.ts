/** The time axis that all cells of the table share, and what is drawn on it. Pixels in a box of 186 × 22. */
import { scaleLinear } from 'd3';
import { type Cell, FAMILIES, type Row } from '../../core/ice/server-test/verdict.ts';

export const BOX = { width: 186, height: 22, plot: 132 } as const;

export interface TimeAxis {
  /** Milliseconds at the end of the plot. */
  readonly max: number;
  readonly ticks: readonly { readonly ms: number; readonly x: number }[];
}

export interface Bar {
  /** Where its mark stands. */
  readonly x: number;
  /** It goes on past the axis: drawn with a break. */
  readonly isBroken: boolean;
  /** Milliseconds as they stand behind the mark; empty where the words below say it. */
  readonly time: string;
  /** Where the time stands. */
  readonly textX: number;
}

/** Milliseconds that the axis never goes beyond: what takes longer is drawn with a break. */
const LONGEST = 2000;

export function timeAxis(rows: readonly Row[]): TimeAxis {
  const cells = rows.flatMap((row) => [...FAMILIES.map((family) => row.families[family]), row.either]);
  const times = cells.flatMap((cell) => (cell && cell.outcome !== 'silent' ? (cell.at ?? []) : []));
  const longest = Math.max(50, ...times.filter((ms) => ms <= LONGEST));
  const scale = scaleLinear([0, longest], [0, BOX.plot]).nice(3);
  const [, max = longest] = scale.domain();
  return { max, ticks: scale.ticks(3).map((ms) => ({ ms, x: Math.round(scale(ms) * 10) / 10 })) };
}

/** Null where nothing came and nothing was waited for. */
export function barOf({ at, outcome }: Cell, { max }: TimeAxis): Bar | null {
  if (at === null) return null;
  const isBroken = at > max;
  const x = isBroken ? BOX.plot + 22 : Math.round((at / max) * BOX.plot * 10) / 10;
  return { x, isBroken, time: outcome === 'silent' ? '' : String(Math.round(at)), textX: x + 12 };
}
