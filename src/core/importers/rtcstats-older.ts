/**
 * What rtcstats wrote before version 3: one JSON object (version 0), or lines of `[name, connection, value, time]` behind a
 * line about the client (1 and 2), or Jitsi's messages, each of which holds such a line. Times are in ms since 1970.
 */
import { ok } from '../base/result.ts';
import type { NewEvent } from '../session/event.ts';
import { eventOfRow } from '../session/row.ts';
import { type Reports, applyDelta } from '../session/rtcstats/stats.ts';
import { browserOf } from './browser.ts';
import { sessionStart, whose } from './events.ts';
import { type Importer, type JsonObject, type Read, counted, isObject } from './importer.ts';

interface Line {
  readonly method: string;
  readonly peer: string;
  readonly value: unknown;
  readonly time: number;
}

export const rtcstatsZero: Importer = {
  id: 'rtcstats-0',
  title: 'rtcstats dump, version 0',
  never: [],
  detect: ({ json }) => isObject(json) && isObject(json['peerConnections']),
  read: ({ json }) => ok(readLines(linesOfZero(json as JsonObject), json as JsonObject, 0)),
};

export const rtcstatsLines: Importer = {
  id: 'rtcstats-1',
  title: 'rtcstats dump, version 1 or 2, or Jitsi’s',
  never: [],
  detect: ({ text }) =>
    text
      .split('\n', 4)
      .slice(0, 3)
      .some((line) => lineOf(parse(line)) !== undefined),
  read({ text }) {
    const rows = text
      .split('\n')
      .map((row) => row.trim())
      .filter((row) => row !== '');
    const parsed = rows.map(parse);
    const client = parsed.find((row) => isObject(row) && row['type'] !== 'stats-entry');
    const lines = parsed.flatMap((row) => lineOf(row) ?? []);
    const strange = parsed.filter((row) => !isObject(row) && lineOf(row) === undefined).length;
    return ok(readLines(lines, isObject(client) ? client : {}, strange));
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A line, or Jitsi's message around one, whose data may be JSON within a text. */
function lineOf(row: unknown): Line | undefined {
  if (isObject(row)) {
    if (row['type'] !== 'stats-entry') return undefined;
    const data = typeof row['data'] === 'string' ? parse(row['data']) : row['data'];
    return isObject(data) ? undefined : lineOf(data);
  }
  if (!Array.isArray(row) || row.length < 4 || typeof row[0] !== 'string') return undefined;
  const [method, peer, value, stamp] = row as readonly unknown[];
  const time = isObject(stamp) ? stamp['time'] : stamp;
  if (typeof time !== 'number' || time < EARLIEST || !Number.isFinite(time)) return undefined;
  return {
    method: String(method),
    peer: peer === null || peer === undefined ? '' : String(peer),
    value,
    time,
  };
}

/** Before WebRTC; what counts since the line before (version 3) is far below. */
const EARLIEST = Date.UTC(2012, 0);

function linesOfZero(dump: JsonObject): readonly Line[] {
  return Object.entries(dump['peerConnections'] as JsonObject).flatMap(([id, rows]) =>
    (Array.isArray(rows) ? rows : []).filter(isObject).flatMap((row): readonly Line[] => {
      const told = row['timestamp'] ?? row['time'];
      const time = typeof told === 'string' ? Date.parse(told) : Number(told);
      const isTimed = Number.isFinite(time);
      return isTimed
        ? [{ method: String(row['type']), peer: id === 'null' ? '' : id, value: row['value'], time }]
        : [];
    }),
  );
}

function readLines(lines: readonly Line[], client: JsonObject, strange: number): Read {
  const startedAt = lines.reduce((least, { time }) => Math.min(least, time), Infinity);
  const origin = Number.isFinite(startedAt) ? startedAt : 0;
  const userAgent = typeof client['userAgent'] === 'string' ? client['userAgent'] : undefined;
  const browser = browserOf(userAgent, client['userAgentData']);
  const url = typeof client['url'] === 'string' ? client['url'] : undefined;
  const events: NewEvent[] = [sessionStart(origin, userAgent)];
  const reports = new Map<string, Reports>();
  for (const { method, peer, value, time } of lines) {
    const at = time - origin;
    const isReading = method.toLowerCase() === 'getstats';
    if (peer !== '' && !reports.has(peer)) {
      reports.set(peer, {});
      events.push(whose({ id: peer, at, url, browser }));
    }
    const whole = isReading
      ? readingOf(method, value, reports.get(peer) ?? {})
      : argumentsOf(method, parsed(value));
    if (isReading) reports.set(peer, whole as Reports);
    events.push(eventOfRow({ method: isReading ? 'getStats' : named(method), peer, at, value: whole }));
  }
  const lost = strange > 0 ? [`${counted(strange, 'line')} could not be read.`] : [];
  return { events, lost, notices: [] };
}

/** In small letters: what changed. Then a report's time of 0 is that of the whole reading. */
function readingOf(method: string, value: unknown, before: Reports): Reports {
  const told = parsed(value);
  if (!isObject(told)) return {};
  if (method !== 'getstats')
    return Object.fromEntries(
      Object.entries(told).filter(([, one]) => isObject(one) && typeof one['type'] === 'string'),
    ) as Reports;
  const { timestamp, ...changes } = told;
  const own = Object.entries(changes).map(([id, change]) => {
    if (!isObject(change) || change['timestamp'] !== 0) return [id, change] as const;
    const { timestamp: _same, ...rest } = change;
    return [id, rest] as const;
  });
  const after = applyDelta(before, { t: timestamp, ...Object.fromEntries(own) });
  return Object.fromEntries(Object.entries(after).filter(([, { type }]) => typeof type === 'string'));
}

/** Values may be JSON within a text. */
const parsed = (value: unknown): unknown =>
  typeof value === 'string' && /^[{["]/.test(value) ? (parse(value) ?? value) : value;

/**
 * Arguments of a call stood as an object with their places for names, `{"0":"chat"}`, and tracks as text: `audio:id stream:id`,
 * `audio {"direction":"recvonly"}`.
 */
function argumentsOf(method: string, value: unknown): unknown {
  if (isObject(value) && '0' in value) return Object.values(value);
  if (typeof value !== 'string' || !/^(?:addTrack|ontrack|addTransceiver)$/.test(method)) return value;
  const [, kind, id, rest = ''] = /^(audio|video)(?::(\S+))?(?: (.*))?$/s.exec(value) ?? [];
  if (kind === undefined) return value;
  if (method === 'addTransceiver') return [id === undefined ? kind : [kind, id], parsed(rest)];
  return [kind, id, undefined, ...(rest.match(/(?<=stream:)[^;,\s]+/g) ?? [])];
}

/** `getUserMedia` came with or without the object that it is of. */
const named = (method: string): string =>
  /^get(?:User|Display)Media/.test(method) ? `navigator.mediaDevices.${method}` : method;
