/**
 * The statistics of chrome://webrtc-internals: one series a member of a report, `<id>-<member>`, of at most the newest
 * 1,000 values, turned into readings of getStats. A member may appear late or end early, so each series says from when to
 * when it reaches; when each reading was made stands in the report's own series `timestamp` (from Chromium 117 on).
 */
import { safeName } from '../session/row.ts';
import { type JsonObject, isObject } from './importer.ts';
import { Polls } from './internals-polls.ts';
import { type Placed, type PlacedSeries, type Reading, keptOf, readingsOf } from './internals-readings.ts';
import { type SeriesText, valuesOf } from './internals-values.ts';
import type { LongJson } from './long-lists.ts';

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
  readonly text: SeriesText;
}

interface Report {
  readonly id: string;
  type: string;
  readonly members: Series[];
  times: readonly number[];
}

export interface StatisticsOptions {
  /** How many values to keep at most. */
  readonly mostValues: number;
  /** The text of the dump, in which long lists stand. */
  readonly whole: string;
  readonly take: LongJson['take'];
}

export function readStatistics(stats: JsonObject, options: StatisticsOptions): Statistics {
  const { mostValues, whole } = options;
  const reports = [...reportsOf(stats, options).values()];
  const isLegacy = reports.some(({ id }) => id.startsWith('Conn-'));
  const known = new Map<string, readonly number[]>();
  let size = 0;
  for (const report of reports) {
    report.times = timesOf(report, whole, known);
    size += report.times.length * report.members.length;
  }
  const polls = new Polls(reports.filter(isPolled).map(({ times }) => times));
  const placed = reports.map((report) => placedOf(report, polls, whole));
  const step = Math.max(1, Math.ceil(size / mostValues));
  const kept = keptOf(placed, polls.times.length, step);
  const readings = readingsOf(placed, { polls, kept, isLegacy });
  const sum = (count: (one: Placed) => number): number => placed.reduce((all, one) => all + count(one), 0);
  return {
    readings,
    skipped: sum((one) => one.skipped),
    holed: sum((one) => one.holed),
    isCut: reports.some(({ times }) => times.length >= KEPT),
    isLegacy,
    count: polls.times.length,
  };
}

/** A computed name in square brackets may hold dashes; it is Chromium's arithmetic over the other series. */
function reportsOf(stats: JsonObject, { take }: StatisticsOptions): Map<string, Report> {
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
    const list = take(value['values']);
    report.members.push({
      name,
      start: Date.parse(String(value['startTime'])),
      end: Date.parse(String(value['endTime'])),
      text: list ? { kind: 'long', list } : { kind: 'value', value: value['values'] },
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

/** When each reading of a report was made; before Chromium 117 evenly between its start and its end. */
function timesOf(
  { members }: Report,
  whole: string,
  known: Map<string, readonly number[]>,
): readonly number[] {
  const own = members.find(({ name }) => name === 'timestamp');
  const told = own && timesIn(own.text, whole, known);
  if (told) return told;
  let longest: { readonly series: Series; readonly length: number } | undefined;
  for (const series of members) {
    const length = valuesOf(series.text, whole)?.length ?? 0;
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

/** The reports of one reading have the same times: each list is read once. */
function timesIn(
  text: SeriesText,
  whole: string,
  known: Map<string, readonly number[]>,
): readonly number[] | undefined {
  const key = text.kind === 'long' ? whole.slice(text.list.from, text.list.to) : String(text.value);
  const before = known.get(key);
  if (before) return before;
  const values = valuesOf(text, whole);
  const times = Array.from({ length: values?.length ?? 0 }, (_, index) => values!.at(index));
  if (times.length === 0 || !times.every((time) => typeof time === 'number' && Number.isFinite(time)))
    return undefined;
  known.set(key, times as readonly number[]);
  return times as readonly number[];
}

function placedOf(report: Report, polls: Polls, whole: string): Placed {
  const series: PlacedSeries[] = [];
  const reachOf = reaches(report.times);
  let [skipped, holed] = [0, 0];
  for (const one of report.members) {
    const values = valuesOf(one.text, whole);
    const place =
      values === undefined ? undefined : placeOf(reachOf(one), values.length, report.times.length);
    if (values === undefined || place === undefined) {
      if (values?.length !== 0) skipped++;
      continue;
    }
    if (place.hasHoles) holed++;
    series.push({ name: one.name, values, from: place.from });
  }
  return { report, indexes: polls.indexesOf(report.times, isPolled(report)), series, skipped, holed };
}

interface Place {
  readonly from: number;
  readonly hasHoles: boolean;
}

/** The report's times that a series reaches from and to; -1 for none, null where it does not say. */
interface Reach {
  readonly first: number | null;
  readonly last: number | null;
}

/** Its own times are in whole milliseconds, cut off. Most series of a report reach alike. */
function reaches(times: readonly number[]): (series: Series) => Reach {
  const known = new Map<string, Reach>();
  return ({ start, end }) => {
    const key = `${start} ${end}`;
    const before = known.get(key);
    if (before) return before;
    const reach = {
      first: Number.isFinite(start) ? times.findIndex((time) => Math.floor(time) >= start) : null,
      last: Number.isFinite(end) ? times.findLastIndex((time) => Math.floor(time) <= end) : null,
    };
    known.set(key, reach);
    return reach;
  };
}

/** Which readings a series' values are of. */
function placeOf(reach: Reach, count: number, readings: number): Place | undefined {
  if (count === 0 || count > readings) return undefined;
  const last = reach.last ?? readings - 1;
  const first = reach.first ?? last - count + 1;
  if (last < 0 || first < 0) return { from: readings - count, hasHoles: false };
  // A property that changed type, or was missing from some readings.
  const hasHoles = last - first + 1 > count;
  return { from: Math.max(0, last - count + 1), hasHoles };
}
