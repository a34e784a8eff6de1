/**
 * The statistics of chrome://webrtc-internals: one series a member of a report, `<id>-<member>`, of at most the newest
 * 1,000 values, turned into readings of getStats. A member may appear late or end early, so each series says from when to
 * when it reaches; when each reading was made stands in the report's own series `timestamp` (from Chromium 117 on).
 */
import type { StatsReports } from '../session/event.ts';
import { safeName } from '../session/row.ts';
import { type JsonObject, isObject } from './importer.ts';
import { legacyReport } from './internals-goog.ts';

export interface Reading {
  /** Milliseconds since 1970, by the clock of getStats. */
  readonly time: number;
  readonly reports: StatsReports;
}

export interface Statistics {
  readonly readings: readonly Reading[];
  /** Series that hold no list of values, or more of them than there are readings. */
  readonly skipped: number;
  /** Series with values left out in between: which ones can not be known, so they are placed by their end. */
  readonly holed: number;
  /** As long as Chromium keeps them: older values are gone. */
  readonly isCut: boolean;
  readonly isLegacy: boolean;
  /** How many readings there are in the dump, also where fewer are given. */
  readonly count: number;
}

/** As many values of a series as Chromium's page keeps. */
export const KEPT = 1000;

interface Series {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly text: unknown;
}

interface Report {
  readonly id: string;
  type: string;
  readonly members: Series[];
  times: readonly number[];
}

export function readStatistics(stats: JsonObject, mostValues = Infinity): Statistics {
  const reports = reportsOf(stats);
  const isLegacy = [...reports.keys()].some((id) => id.startsWith('Conn-'));
  let skipped = 0;
  let size = 0;
  for (const report of reports.values()) {
    report.times = timesOf(report);
    size += report.times.length * report.members.length;
  }
  const polls = new Polls([...reports.values()].filter(isPolled));
  const step = Math.max(1, Math.ceil(size / mostValues));
  const builder = new Builder(polls, step);
  let holed = 0;
  for (const report of reports.values()) {
    const indexes = polls.indexesOf(report.times, isPolled(report));
    builder.begin(report, indexes);
    for (const series of report.members) {
      const values = valuesOf(series.text);
      const place = values === undefined ? undefined : placeOf(series, values.length, report.times);
      if (values === undefined || place === undefined) {
        if (values?.length !== 0) skipped++;
        continue;
      }
      if (place.hasHoles) holed++;
      builder.add(series.name, values, place.from);
    }
  }
  const isCut = [...reports.values()].some(({ times }) => times.length >= KEPT);
  const readings = builder.end(isLegacy);
  return { readings, skipped, holed, isCut, isLegacy, count: polls.times.length };
}

/** A computed name in square brackets may hold dashes; it is Chromium's arithmetic over the other series. */
function reportsOf(stats: JsonObject): Map<string, Report> {
  const reports = new Map<string, Report>();
  for (const [key, value] of Object.entries(stats)) {
    if (key.includes('-[')) continue;
    const cut = key.lastIndexOf('-');
    if (cut < 0 || !isObject(value)) continue;
    const id = safeName(key.slice(0, cut));
    const name = safeName(key.slice(cut + 1));
    const report = reports.get(id) ?? { id, type: '', members: [], times: [] };
    reports.set(id, report);
    if (typeof value['statsType'] === 'string') report.type = value['statsType'];
    report.members.push({
      name,
      start: Date.parse(String(value['startTime'])),
      end: Date.parse(String(value['endTime'])),
      text: value['values'],
    });
  }
  for (const report of reports.values()) report.type ||= typeOfId(report.id);
  return reports;
}

/** Ids told the type until Chromium 107; `statsType` does since. */
const ID_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^RTCTransport_/, 'transport'],
  [/^RTCIceCandidatePair_/, 'candidate-pair'],
  [/^RTCIceCandidate_/, 'local-candidate'],
  [/^RTCCodec_/, 'codec'],
  [/^RTCCertificate_/, 'certificate'],
  [/^RTCDataChannel_/, 'data-channel'],
  [/^RTCPeerConnection/, 'peer-connection'],
  [/^RTCInboundRTP/, 'inbound-rtp'],
  [/^RTCOutboundRTP/, 'outbound-rtp'],
  [/^RTCRemoteInboundRtp/, 'remote-inbound-rtp'],
  [/^RTCRemoteOutboundRTP/, 'remote-outbound-rtp'],
  [/^RTC(?:Audio|Video)Source_/, 'media-source'],
  [/^RTCMediaStreamTrack_/, 'track'],
  [/^RTCMediaStream_/, 'stream'],
];
const typeOfId = (id: string): string => ID_TYPES.find(([form]) => form.test(id))?.[1] ?? 'unknown';

/** What the other side reported has the time of its own report, not that of the reading. */
const isPolled = ({ type }: Report): boolean => !type.startsWith('remote-') || type === 'remote-candidate';

function valuesOf(text: unknown): readonly unknown[] | undefined {
  if (Array.isArray(text)) return text;
  if (typeof text !== 'string') return undefined;
  try {
    const values = JSON.parse(text) as unknown;
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

/** When each reading of a report was made; before Chromium 117 evenly between its start and its end. */
function timesOf({ members }: Report): readonly number[] {
  const own = members.find(({ name }) => name === 'timestamp');
  const told = own && valuesOf(own.text);
  if (told && told.length > 0 && told.every((time) => typeof time === 'number' && Number.isFinite(time)))
    return told as readonly number[];
  let longest: { readonly series: Series; readonly length: number } | undefined;
  for (const series of members) {
    const length = valuesOf(series.text)?.length ?? 0;
    if (length > (longest?.length ?? 0) && Number.isFinite(series.start) && Number.isFinite(series.end))
      longest = { series, length };
  }
  if (longest === undefined) return [];
  const { series, length } = longest;
  const step = length > 1 ? (series.end - series.start) / (length - 1) : 0;
  return Array.from({ length }, (_, index) =>
    index === length - 1 ? series.end : series.start + index * step,
  );
}

interface Place {
  readonly from: number;
  readonly hasHoles: boolean;
}

/** Which readings a series' values are of. Its own times are in whole milliseconds, cut off. */
function placeOf({ start, end }: Series, count: number, times: readonly number[]): Place | undefined {
  if (count === 0 || count > times.length) return undefined;
  const last = Number.isFinite(end)
    ? times.findLastIndex((time) => Math.floor(time) <= end)
    : times.length - 1;
  const first = Number.isFinite(start)
    ? times.findIndex((time) => Math.floor(time) >= start)
    : last - count + 1;
  if (last < 0 || first < 0) return { from: times.length - count, hasHoles: false };
  // A property that changed type, or was missing from some readings.
  const hasHoles = last - first + 1 > count;
  return { from: Math.max(0, last - count + 1), hasHoles };
}

/** The readings that the reports of a connection were made in: equal times are as many readings as one report has of them. */
class Polls {
  readonly times: readonly number[];
  readonly #first = new Map<number, number>();

  constructor(reports: readonly Report[]) {
    const counts = new Map<number, number>();
    for (const { times } of reports) {
      for (const [time, count] of countsOf(times)) counts.set(time, Math.max(count, counts.get(time) ?? 0));
    }
    const sorted = [...counts].sort(([a], [b]) => a - b);
    const all: number[] = [];
    for (const [time, count] of sorted) {
      this.#first.set(time, all.length);
      for (let nth = 0; nth < count; nth++) all.push(time);
    }
    this.times = all;
  }

  /** The reading of each of a report's times; -1 for one that belongs to none. */
  indexesOf(times: readonly number[], isPolled: boolean): readonly number[] {
    return isPolled ? this.#own(times) : this.#remote(times);
  }

  #own(times: readonly number[]): readonly number[] {
    let before = NaN;
    let nth = 0;
    return times.map((time) => {
      nth = time === before ? nth + 1 : 0;
      before = time;
      return this.#first.get(time)! + nth;
    });
  }

  /** The newest report of the other side was there when the reading after it was made; it stays until the next one. */
  #remote(times: readonly number[]): readonly number[] {
    const last = times.at(-1);
    if (last === undefined) return [];
    const repeated = times.length - times.indexOf(last);
    const found = this.times.findIndex((time) => time >= last);
    const end = Math.min(this.times.length, (found < 0 ? this.times.length : found) + repeated) - 1;
    return times.map((_, index) => end - (times.length - 1 - index));
  }
}

function countsOf(times: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  return counts;
}

type Members = Record<string, unknown> & { type: string };

/** Gathers the values by reading. Of very many, every `step`th reading is kept, and each in which a word changed. */
class Builder {
  readonly #polls: Polls;
  readonly #step: number;
  readonly #readings = new Map<number, Map<string, Members>>();
  #report: Report | undefined;
  #indexes: readonly number[] = [];

  constructor(polls: Polls, step: number) {
    this.#polls = polls;
    this.#step = step;
  }

  begin(report: Report, indexes: readonly number[]): void {
    this.#report = report;
    this.#indexes = indexes;
    indexes.forEach((index) => index >= 0 && this.#isKept(index) && this.#membersAt(index));
  }

  add(name: string, values: readonly unknown[], from: number): void {
    values.forEach((value, place) => {
      const index = this.#indexes[from + place] ?? -1;
      if (index < 0 || value === null) return;
      const isTurn = typeof value !== 'number' && value !== values[place - 1];
      if (!isTurn && !this.#isKept(index)) return;
      if (name !== 'type' || typeof value === 'string') this.#membersAt(index)[name] = value;
    });
  }

  end(isLegacy: boolean): readonly Reading[] {
    const indexes = [...this.#readings.keys()].sort((a, b) => a - b);
    return indexes.map((index) => {
      const reports = [...this.#readings.get(index)!].map(([id, members]): [string, Members] => [
        id,
        isLegacy ? (legacyReport(id, members) as Members) : members,
      ]);
      return { time: this.#polls.times[index]!, reports: Object.fromEntries(reports) };
    });
  }

  /** Counted from the end: the last reading always stays. */
  #isKept(index: number): boolean {
    return (this.#polls.times.length - 1 - index) % this.#step === 0;
  }

  #membersAt(index: number): Members {
    const { id, type } = this.#report!;
    let reading = this.#readings.get(index);
    if (!reading) this.#readings.set(index, (reading = new Map()));
    let members = reading.get(id);
    if (!members) reading.set(id, (members = { type }));
    return members;
  }
}
