/** Statistics as rtcstats-js writes them: what changed since the reading before, under numbers (RTCStats file format 3). */
import { propertyName, statType } from './names.ts';

type Report = Readonly<Record<string, unknown>>;
export type Reports = Readonly<Record<string, Report>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value of getStats says all by itself: each report names its type in words. */
export const isWhole = (value: unknown): value is Reports =>
  isObject(value) &&
  Object.values(value).every(
    (report) => isObject(report) && typeof report['type'] === 'string' && !/^\d+$/.test(report['type']),
  );

/** The reading that `delta` makes of the one before. A report that is null is gone; a member left out is unchanged. */
export function applyDelta(before: Reports, delta: unknown): Reports {
  if (!isObject(delta)) return before;
  const { t: timestamp, ...changes } = delta;
  const after = new Map<string, Report>(Object.entries(before));
  for (const [id, change] of Object.entries(changes)) {
    if (change === null) after.delete(id);
    else if (isObject(change)) after.set(id, merge(after.get(id), named(change)));
  }
  if (timestamp !== undefined) {
    for (const [id, report] of after) {
      const change = changes[id];
      const hasOwn = isObject(change) && ('timestamp' in change || 't' in change);
      if (!hasOwn) after.set(id, { ...report, timestamp });
    }
  }
  return Object.fromEntries(after);
}

function named(change: Report): Report {
  const members = Object.entries(change).map(([name, value]): readonly [string, unknown] =>
    name === 'type' && (typeof value === 'number' || typeof value === 'string')
      ? [name, statType(value)]
      : [propertyName(name), value],
  );
  return Object.fromEntries(members);
}

/** Objects merge by member; a list that changed is written whole. */
function merge(before: Report | undefined, change: Report): Report {
  if (before === undefined) return change;
  const members = Object.entries(change).map(([name, value]): readonly [string, unknown] => {
    const old = before[name];
    return [name, isObject(old) && isObject(value) ? { ...old, ...value } : value];
  });
  return { ...before, ...Object.fromEntries(members) };
}
