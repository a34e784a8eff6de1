/** What chrome://webrtc-internals saves as JSON, of every generation since 2013. */
import { ok } from '../base/result.ts';
import { least } from '../base/numbers.ts';
import type { NewEvent } from '../session/event.ts';
import { eventOfRow, safeName } from '../session/row.ts';
import { browserOf } from './browser.ts';
import { connectionStart, sessionStart, withOutcomes } from './events.ts';
import {
  type Importer,
  type JsonObject,
  type Read,
  type ReadOptions,
  type Source,
  counted,
  isObject,
} from './importer.ts';
import { wakingShift } from './internals-clock.ts';
import { KEPT, type Statistics, readStatistics } from './internals-series.ts';
import { readConfiguration, readValue } from './internals-text.ts';
import { type LogTimes, timesOfLog } from './internals-times.ts';

export const internals: Importer = {
  id: 'webrtc-internals',
  title: 'Chromium’s webrtc-internals dump',
  never: [
    'What was sent and received between the two pages is not in such a dump, nor are the packets.',
    `Of each statistic Chromium keeps the newest ${KEPT.toLocaleString('en')} values, one a second.`,
  ],
  detect: ({ json }) => isObject(json) && isObject(json['PeerConnections']),
  read: (source, options) => ok(read(source, options)),
};

/** One connection of the dump, with times still in ms since 1970. */
interface Connection {
  readonly id: string;
  readonly entry: JsonObject;
  readonly log: readonly JsonObject[];
  readonly times: LogTimes;
  readonly statistics: Statistics;
}

function read(source: Source, options: ReadOptions): Read {
  const dump = source.json as JsonObject;
  const entries = Object.entries(dump['PeerConnections'] as JsonObject);
  const connections = entries.flatMap(([id, entry], index) => {
    options.progress(index / Math.max(1, entries.length));
    return isObject(entry) ? [connectionOf(id, entry, { ...options, source })] : [];
  });
  const media = mediaRequests(dump['getUserMedia']);
  const startedAt = least([...connections.map(firstTime), ...media.map(({ time }) => time)]) ?? Infinity;
  const origin = Number.isFinite(startedAt) ? startedAt : timeOf(dump['timestamp']);
  const browser = browserOf(dump['UserAgent'], dump['UserAgentData']);
  const userAgent = typeof dump['UserAgent'] === 'string' ? dump['UserAgent'] : undefined;
  const events: readonly NewEvent[] = [
    sessionStart(origin, userAgent),
    ...clientOf(dump),
    ...media.map(({ time, method, value }) => eventOfRow({ method, peer: '', at: time - origin, value })),
    ...connections.flatMap((one) => eventsOf(one, origin, browser, timeOf(dump['timestamp']))),
  ];
  const strangers = entries.length - connections.length;
  return {
    events: withOutcomes(events),
    lost: lostOf(connections, strangers),
    notices: noticesOf(connections),
  };
}

/** What such a dump says of the machine, in the row that Chromium's RTCStats dump has for it. */
function clientOf(dump: JsonObject): readonly NewEvent[] {
  const told = Object.entries(CLIENT).filter(([name]) => dump[name] !== undefined);
  if (told.length < 2) return [];
  const value = Object.fromEntries(told.map(([name, as]) => [as, dump[name]]));
  return [{ type: ':unknown', peer: '', at: 0, value: { method: 'create', value, extra: [] } }];
}

const CLIENT: Readonly<Record<string, string>> = {
  UserAgent: 'userAgent',
  UserAgentData: 'userAgentData',
  cpuPerformance: 'cpuPerformance',
  deviceMemory: 'deviceMemory',
  hardwareConcurrency: 'hardwareConcurrency',
};

const timeOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function connectionOf(
  id: string,
  entry: JsonObject,
  { mostValues, source }: ReadOptions & { readonly source: Source },
): Connection {
  const log = (Array.isArray(entry['updateLog']) ? entry['updateLog'] : []).filter(isObject);
  const statistics = readStatistics(isObject(entry['stats']) ? entry['stats'] : {}, {
    mostValues,
    whole: source.text,
    take: source.take,
  });
  return { id: safeName(id), entry, log, statistics, times: timesOfLog(log, statistics.readings[0]?.time) };
}

/** In ms since 1970; infinite where the connection has no time at all. */
const firstTime = ({ times, statistics }: Connection): number =>
  times.times.reduce(
    (least, time) => Math.min(least, time),
    times.isDated ? (statistics.readings[0]?.time ?? Infinity) : Infinity,
  );

function eventsOf(
  connection: Connection,
  origin: number,
  browser: string | undefined,
  savedAt: number,
): readonly NewEvent[] {
  const { id, entry, log, times, statistics } = connection;
  const begun = Number.isFinite(firstTime(connection))
    ? firstTime(connection)
    : (statistics.readings[0]?.time ?? origin);
  const url = typeof entry['url'] === 'string' ? entry['url'] : undefined;
  const events: NewEvent[] = [
    ...connectionStart({
      id,
      at: begun - origin,
      configuration: readConfiguration(entry['rtcConfiguration']),
      url,
      browser,
    }),
  ];
  const { constraints } = entry;
  const isTelling = isObject(constraints) ? Object.keys(constraints).length > 0 : !!constraints;
  if (isTelling)
    events.push(eventOfRow({ method: 'constraints', peer: id, at: begun - origin, value: constraints }));
  log.forEach((line, index) => {
    const method = String(line['type']);
    const value = typeof line['value'] === 'string' ? readValue(method, line['value']) : line['value'];
    events.push(eventOfRow({ method, peer: id, at: times.times[index]! - origin, value }));
  });
  const shift = wakingShift(times, statistics.readings, savedAt);
  for (const { time, reports } of statistics.readings)
    events.push({ type: 'getStats', peer: id, at: shift(time) - origin, value: reports });
  return events;
}

interface MediaRequest {
  readonly time: number;
  readonly method: string;
  readonly value: unknown;
}

/** Requests for camera, microphone and screen, under the names that rtcstats-js gives them; older dumps have no times. */
function mediaRequests(list: unknown): readonly MediaRequest[] {
  const entries = (Array.isArray(list) ? list : []).filter(isObject);
  return entries.flatMap((entry) => {
    if (typeof entry['timestamp'] !== 'number') return [];
    const name = `navigator.mediaDevices.${String(entry['request_type'] ?? 'getUserMedia')}`;
    const isOutcome = entry['origin'] === undefined;
    const end = !isOutcome ? '' : entry['error'] === undefined ? 'OnSuccess' : 'OnFailure';
    return [{ time: entry['timestamp'], method: `${name}${end}`, value: entry }];
  });
}

function lostOf(connections: readonly Connection[], strangers: number): readonly string[] {
  const all = connections.map(({ statistics }) => statistics);
  const sum = (count: (one: Statistics) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  const skipped = sum((one) => one.skipped);
  const holed = sum((one) => one.holed);
  const lost: string[] = [];
  if (connections.length === 0) lost.push('There are no peer connections in this dump.');
  if (strangers > 0) lost.push(`${counted(strangers, 'connection')} could not be read.`);
  if (skipped > 0)
    lost.push(
      `${skipped.toLocaleString('en')} series of statistics could not be read: they hold no list that fits the readings.`,
    );
  if (holed > 0)
    lost.push(
      `${counted(holed, 'statistic')} had no value in some readings, and the dump does not say in which: placed by the last.`,
    );
  if (all.some((one) => one.isCut))
    lost.push(
      `The beginning of the statistics is missing: Chromium keeps the newest ${KEPT.toLocaleString('en')} values.`,
    );
  const kept = sum((one) => one.readings.length);
  const count = sum((one) => one.count);
  if (kept < count)
    lost.push(
      `Of ${counted(count, 'reading')} of the statistics ${kept.toLocaleString('en')} are shown: all would take too much memory.`,
    );
  return lost;
}

function noticesOf(connections: readonly Connection[]): readonly string[] {
  const told = connections.filter(({ log }) => log.length > 0);
  const notices: string[] = [];
  if (told.some(({ times }) => times.precision === 'seconds'))
    notices.push('This dump tells times in whole seconds: within a second the order is known, and no more.');
  if (told.some(({ times }) => times.precision === 'order'))
    notices.push('This dump’s times can not be read: the order of the events is known, and no more.');
  if (told.some(({ times }) => !times.isDated)) notices.push('The date of this dump is not known.');
  if (connections.some(({ statistics }) => statistics.isLegacy))
    notices.push(
      'The statistics are those that Chromium had before webrtc-stats: pairs and candidates are translated.',
    );
  return notices;
}
