/**
 * How many events of a log the ladder tells of, counted once for each stretch of it: most events of a long session are
 * polls. A log only grows, also in its middle, so a stretch is as it was while its last event is.
 */
import type { SessionEvent } from '../../../core/session/event.ts';
import { EVENT_TYPES } from '../../../core/session/known-types.ts';
import { isExchange } from './server-requests.ts';

const SILENT: ReadonlySet<string> = new Set([':session', ':peer', ':packet', ':packets.missed', 'getStats']);

const TOLD: ReadonlySet<string> = new Set(
  EVENT_TYPES.filter(
    (type) =>
      !SILENT.has(type) && !type.endsWith('OnSuccess') && !/\.(?:received|held|duplicated)$/.test(type),
  ),
);

/** Outcomes and arrivals belong to the row of what they end. */
export const isTold = (event: SessionEvent): boolean => TOLD.has(event.type) || isExchange(event);

interface Stretch {
  readonly last: string;
  readonly told: number;
  /** Nothing but polls, and packets that Packets tells of. */
  readonly isSilent: boolean;
}

const STRETCH = 512;
const known = new WeakMap<readonly SessionEvent[], Stretch[]>();

/** How many events before `place` a row tells of. */
export function countBefore(events: readonly SessionEvent[], place: number): number {
  const whole = Math.floor(place / STRETCH);
  let count = tell(events, whole * STRETCH, place);
  for (let stretch = 0; stretch < whole; stretch++) count += digest(events, stretch).told;
  return count;
}

/** Backwards from `place` over stretches of nothing but polls. */
export function skipBack(events: readonly SessionEvent[], place: number): number {
  let at = place;
  while (at > 0 && at % STRETCH === 0 && digest(events, at / STRETCH - 1).isSilent) at -= STRETCH;
  return at;
}

/** Forwards from `place` over such stretches, never beyond `end`. */
export function skipOn(events: readonly SessionEvent[], place: number, end: number): number {
  let at = place;
  while (at + STRETCH <= end && at % STRETCH === 0 && digest(events, at / STRETCH).isSilent) at += STRETCH;
  return at;
}

function digest(events: readonly SessionEvent[], stretch: number): Stretch {
  const stretches = known.get(events) ?? [];
  known.set(events, stretches);
  const [from, to] = [stretch * STRETCH, (stretch + 1) * STRETCH];
  const last = events[to - 1]!.id;
  if (stretches[stretch]?.last !== last) {
    const isSilent = events.slice(from, to).every((event) => SILENT.has(event.type) && !isExchange(event));
    stretches[stretch] = { last, told: tell(events, from, to), isSilent };
  }
  return stretches[stretch];
}

function tell(events: readonly SessionEvent[], from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place++) if (isTold(events[place]!)) count++;
  return count;
}
