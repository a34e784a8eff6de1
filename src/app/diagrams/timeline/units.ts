import type { SessionEvent } from '../../../core/session/event.ts';
import { grouped } from '../../format/words.ts';
import { momentsOf } from '../../../core/session/moments.ts';

/** One unit a view: `ms` where most of the story happens within the first second. */
export type Unit = 'ms' | 's';

const known = new WeakMap<readonly number[], { readonly count: number; readonly unit: Unit }>();

/** Asked at every move of the cursor: counted once for every length of the session. */
export function unitOf(events: readonly SessionEvent[]): Unit {
  const { times, weights } = momentsOf(events);
  const before = known.get(times);
  if (before?.count === times.length) return before.unit;
  let early = 0;
  let late = 0;
  times.forEach((time, at) => (time < 1000 ? (early += weights[at]!) : (late += weights[at]!)));
  const unit = early >= late ? 'ms' : 's';
  known.set(times, { count: times.length, unit });
  return unit;
}

const DECIMALS: Readonly<Record<Unit, number>> = { ms: 1, s: 2 };

const inUnit = (ms: number, unit: Unit): number => (unit === 'ms' ? ms : ms / 1000);

/** `31.0`, `9 252.3`, `17.90` */
export const clockTotal = (ms: number, unit: Unit): string => grouped(inUnit(ms, unit), DECIMALS[unit]);

/** `31.0 ms`, `17.90 s` */
export const clockText = (ms: number, unit: Unit): string => `${clockTotal(ms, unit)} ${unit}`;

/** The length of a silence: `420 ms`, `8.3 s`, `12 min`. */
export function lengthText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 600_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
