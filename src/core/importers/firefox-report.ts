/** What about:webrtc of Firefox copies: one report, a history of reports, or a list of them. */
import { ok } from '../base/result.ts';
import type { NewEvent, StatsReport, StatsReports } from '../session/event.ts';
import { eventOfRow, safeName } from '../session/row.ts';
import { FIREFOX_NEVER, Descriptions } from './firefox.ts';
import { connectionStart, sessionStart } from './events.ts';
import { type Importer, type JsonObject, type Read, isObject } from './importer.ts';

export const firefoxReport: Importer = {
  id: 'firefox-report',
  title: 'Firefox’s about:webrtc report',
  never: FIREFOX_NEVER,
  detect: ({ json }) => reportsOf(json).length > 0,
  read: ({ json }) => ok(read(reportsOf(json), historiesOf(json))),
};

/** An RTCStatsReportInternal names its connection `pcid`. */
const isReport = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value['pcid'] === 'string';

function reportsOf(json: unknown): readonly JsonObject[] {
  if (isReport(json)) return [json];
  const list = Array.isArray(json) ? json : isObject(json) ? (json['reports'] ?? []) : [];
  return (Array.isArray(list) ? list : []).filter(isReport);
}

/** Beside a history of reports stand the descriptions of each connection. */
const historiesOf = (json: unknown): readonly JsonObject[] =>
  isObject(json) && Array.isArray(json['sdpHistories']) ? json['sdpHistories'].filter(isReport) : [];

function read(reports: readonly JsonObject[], histories: readonly JsonObject[]): Read {
  const byConnection = new Map<string, JsonObject[]>();
  for (const report of reports) {
    const known = byConnection.get(String(report['pcid']));
    if (known) known.push(report);
    else byConnection.set(String(report['pcid']), [report]);
  }
  const connections = [...byConnection].map(([pcid, list]) => {
    const sorted = list.toSorted((a, b) => timeOf(a) - timeOf(b));
    const told = histories.find((one) => one['pcid'] === pcid)?.['sdpHistory'];
    return { pcid, reports: sorted, history: entriesOf(told ?? sorted.at(-1)!['sdpHistory']) };
  });
  const startedAt = Math.min(
    ...connections.map(({ pcid, reports, history }) => startOf(pcid, reports[0]!, history)),
  );
  const events = [sessionStart(startedAt), ...connections.flatMap((one) => eventsOf(one, startedAt))];
  const lost: string[] = [];
  if (connections.some(({ reports }) => reports.length === 1))
    lost.push(
      'A single report is of one moment: how statistics, candidates and pairs came about is not in it.',
    );
  return { events, lost, notices: [] };
}

const timeOf = (report: JsonObject): number =>
  typeof report['timestamp'] === 'number' ? report['timestamp'] : 0;

const entriesOf = (history: unknown): readonly JsonObject[] =>
  (Array.isArray(history) ? history : []).filter(isObject).toSorted((a, b) => timeOf(a) - timeOf(b));

interface Connection {
  readonly pcid: string;
  /** In order of time. */
  readonly reports: readonly JsonObject[];
  readonly history: readonly JsonObject[];
}

/** `{a3cd…} 1795350545183682 (id=15032385537 url=…)`: the number before the bracket is when it was made, in µs. */
function startOf(pcid: string, report: JsonObject, history: readonly JsonObject[]): number {
  const made = / (\d{16})(?= \(| *$)/.exec(pcid)?.[1];
  return made === undefined ? (history[0] ? timeOf(history[0]) : timeOf(report)) : Number(made) / 1000;
}

/** Members that are lists of statistics. */
const STATS = /Stats$/;
/** The same candidates once more; and those have no time or id to stand beside the others by. */
const NO_STATS = new Set(['trickledIceCandidateStats', 'bandwidthEstimations', 'videoFrameHistories']);

function eventsOf({ pcid, reports, history }: Connection, startedAt: number): readonly NewEvent[] {
  const last = reports.at(-1)!;
  const id = safeName(pcid.replace(/ \(id=.*$/s, ''));
  const url = / url=([^)]*)/.exec(pcid)?.[1];
  const at = (time: number): number => time - startedAt;
  const begun = at(startOf(pcid, reports[0]!, history));
  const events: NewEvent[] = [
    ...connectionStart({
      id,
      at: begun,
      configuration: last['configuration'] ?? {},
      url,
      browser: 'Firefox',
    }),
  ];
  const descriptions = new Descriptions(id);
  for (const entry of history)
    events.push(
      ...descriptions.set(
        { at: at(timeOf(entry)), isLocal: entry['isLocal'] === true, sdp: String(entry['sdp'] ?? '') },
        entry['errors'],
      ),
    );
  const ended = at(timeOf(last));
  for (const report of reports) {
    const time = at(timeOf(report));
    const remote = Array.isArray(report['rawRemoteCandidates']) ? report['rawRemoteCandidates'] : [];
    for (const event of descriptions.added(remote.map(String), time)) events.push(event);
    events.push({ type: 'getStats', peer: id, at: time, value: statisticsOf(report) });
  }
  const rest = Object.entries(last).filter(
    ([name]) => !(STATS.test(name) && !NO_STATS.has(name)) && name !== 'sdpHistory',
  );
  events.push(eventOfRow({ method: 'about:webrtc', peer: id, at: ended, value: Object.fromEntries(rest) }));
  if (last['closed'] === true) events.push({ type: 'close', peer: id, at: ended, value: null });
  return events;
}

/** By id; a pair that is in the list twice (once for each way that its check was seen) keeps what says most. */
function statisticsOf(report: JsonObject): StatsReports {
  const lists = Object.entries(report).filter(
    ([name, list]) => STATS.test(name) && !NO_STATS.has(name) && Array.isArray(list),
  );
  const all = new Map<string, StatsReport>();
  for (const stats of lists.flatMap(([, list]) => list as unknown[])) {
    if (!isObject(stats) || typeof stats['type'] !== 'string') continue;
    const { id, ...members } = stats;
    const known = all.get(String(id));
    const isLess = known?.['selected'] === true && members['selected'] !== true;
    if (!isLess) all.set(String(id), { ...known, ...members } as StatsReport);
  }
  return Object.fromEntries(all);
}
