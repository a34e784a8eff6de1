/** Recordings that end before anything is decided: what has not happened in them may have happened later. */
import type { Case } from './case.ts';

/** Browsers give up after 15 s at the latest; before, an answer may still come. */
const LONG = 15_000;

/** What was begun last and is over within this in every call that goes well. */
const SHORT = 5000;

/** It stands or stood, failed, was closed or refused, or nothing came for longer than any browser waits. */
export function isOver({ life, endsAt, ownDescriptions, otherDescriptions, events }: Case): boolean {
  if (life.isConnected || life.lost || life.failed || life.closed) return true;
  if ([...ownDescriptions, ...otherDescriptions].some(({ refused }) => refused !== null)) return true;
  return endsAt - (ownDescriptions[0]?.at ?? events[0]?.at ?? 0) > LONG;
}

/** The last that is told is the beginning of something: gathering, or checks, that had no time to come to an end. */
export function endsEarly(call: Case): boolean {
  if (isOver(call)) return false;
  const { states, gathering, endsAt } = call;
  const checking = states?.ice.history.findLast(({ state }) => state === 'checking') ?? null;
  const began = [
    gathering.completedAt === null ? gathering.startedAt : null,
    states?.ice.current === 'checking' ? (checking?.at ?? null) : null,
  ].filter((at) => at !== null);
  return began.some((at) => endsAt - at < SHORT);
}

/** Whether the recording goes on for long enough after a moment, that what had not come by its end did not come. */
export const isLongAfter = ({ endsAt, life }: Case, at: number): boolean =>
  endsAt - at >= SHORT || life.failed !== null || life.closed !== null;
