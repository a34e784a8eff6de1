/** Readings of getStats, put together from series that each tell of one member of one report. */
import type { StatsReports } from '../session/event.ts';
import { legacyReport } from './internals-goog.ts';
import type { Polls } from './internals-polls.ts';
import type { Values } from './internals-values.ts';

export interface Reading {
  /** Milliseconds since 1970, by the clock of getStats. */
  readonly time: number;
  readonly reports: StatsReports;
}

/** A report with the readings that its values are of. */
export interface Placed {
  readonly report: { readonly id: string; readonly type: string };
  /** The reading of each of its times; -1 for none. */
  readonly indexes: readonly number[];
  readonly series: readonly PlacedSeries[];
  readonly skipped: number;
  readonly holed: number;
}

export interface PlacedSeries {
  readonly name: string;
  readonly values: Values;
  /** Which of the report's times the first value is of. */
  readonly from: number;
}

/**
 * Which readings are kept, of very many: each `step`th, counted from the end, so that the last always stays, and those in which a
 * word changed, as many again at most.
 */
export function keptOf(placed: readonly Placed[], count: number, step: number): Uint8Array {
  const kept = new Uint8Array(count).fill(step === 1 ? 1 : 0);
  if (step === 1) return kept;
  for (let index = count - 1; index >= 0; index -= step) kept[index] = 1;
  let left = Math.ceil(count / step);
  for (const { indexes, series } of placed)
    for (const { values, from } of series) {
      if (values.areNumbers) continue;
      const end = values.isSame ? Math.min(1, values.length) : values.length;
      for (let place = 0; place < end && left > 0; place++) {
        const index = indexes[from + place] ?? -1;
        if (index < 0 || kept[index] === 1 || (place > 0 && values.at(place) === values.at(place - 1)))
          continue;
        kept[index] = 1;
        left--;
      }
    }
  return kept;
}

type Members = Record<string, unknown> & { type: string };

interface ReadingsOptions {
  readonly polls: Polls;
  readonly kept: Uint8Array;
  readonly isLegacy: boolean;
}

export function readingsOf(
  placed: readonly Placed[],
  { polls, kept, isLegacy }: ReadingsOptions,
): readonly Reading[] {
  const readings = new Map<number, Record<string, Members>>();
  for (const one of placed) {
    const rows = rowsOf(one, kept);
    for (const { index, members } of rows) {
      let reading = readings.get(index);
      if (!reading) readings.set(index, (reading = {}));
      const { id } = one.report;
      reading[id] = isLegacy ? (legacyReport(id, members) as Members) : members;
    }
  }
  const indexes = [...readings.keys()].sort((a, b) => a - b);
  return indexes.map((index) => ({ time: polls.times[index]!, reports: readings.get(index)! }));
}

interface Row {
  readonly place: number;
  readonly index: number;
  readonly members: Members;
}

/** The report as it was in each of the readings that are kept. */
function rowsOf({ report, indexes, series }: Placed, kept: Uint8Array): readonly Row[] {
  const rows: Row[] = [];
  indexes.forEach((index, place) => {
    if (index >= 0 && kept[index] === 1) rows.push({ place, index, members: { type: report.type } });
  });
  for (const { name, values, from } of series)
    for (const { place, members } of rows) {
      if (place < from || place >= from + values.length) continue;
      const value = values.at(place - from);
      if (value !== null && (name !== 'type' || typeof value === 'string')) members[name] = value;
    }
  return rows;
}
