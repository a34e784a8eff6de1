/** Which rows of a dump can not be taken, and what the file says of them. */
import { isEventName } from '../known-types.ts';

export type Row = readonly [string | number, ...unknown[]];

/** Why a row can not be taken; null for one that can. `method` in words, `now`: the time of the row before. */
export function faultOf(
  row: unknown,
  methodOf: (code: string | number) => string,
  now: number | null,
): string | null {
  if (!isRow(row))
    return 'is not a row of the dump (an array of method, connection, value and time) and was left out';
  const method = methodOf(row[0]);
  if (isEventName(method) && !isOfAll(method) && !isName(row[1]) && !isServerClose(method, row))
    return 'names no connection and was left out';
  return valueFault(row, DEPTH) ?? timeFault(method, row, now);
}

const isRow = (row: unknown): row is Row =>
  Array.isArray(row) &&
  row.length >= 4 &&
  (typeof row[0] === 'string' || typeof row[0] === 'number') &&
  typeof row.at(-1) === 'number';

/** Chromium's dump tells of the browser as if it was created too. */
const isOfAll = (method: string): boolean => method === ':session' || method === 'create';

/** rtcstats-server ends a dump with the code that its socket was closed with: `["close", null, 1001, 12]`. */
export const isServerClose = (method: string, [, connection]: Row): boolean =>
  method === 'close' && connection === null;

/** The first row says when it was, since 1970; each other one how much later than the row before. */
function timeFault(method: string, row: Row, now: number | null): string | null {
  const delta = row.at(-1) as number;
  const dates = [...(now === null ? [delta] : []), ...(method === ':session' ? [startOf(row[2])] : [])];
  if (dates.some((date) => Math.abs(date) > LAST_DATE)) return 'has a time that is no date and was left out';
  if (now === null) return null;
  if (delta < 0) return `has a time before that of the row before it (${delta} ms) and was left out`;
  return now + delta > LONGEST
    ? `has a time that no session reaches (${delta} ms later) and was left out`
    : null;
}

/** When a session says that it began, in ms since 1970; NaN where it does not. */
export const startOf = (session: unknown): number =>
  typeof session === 'object' && session !== null
    ? Number((session as { readonly startedAt?: unknown }).startedAt)
    : NaN;

/** JSON reads 1e400 as Infinity, which nothing can be drawn at; and what lies too deep can not be walked through. */
function valueFault(value: unknown, depth: number): string | null {
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : 'has a number that is not finite and was left out';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === 0) return `is nested more than ${DEPTH} deep and was left out`;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const fault = valueFault(member, depth - 1);
    if (fault !== null) return fault;
  }
  return null;
}

const isName = (connection: unknown): boolean =>
  (typeof connection === 'string' && connection !== '') || typeof connection === 'number';

/** What browsers tell is nested four deep. */
const DEPTH = 64;
/** The last moment that a date can have (ECMA-262, section 21.4.1.1), in milliseconds since 1970. */
const LAST_DATE = 8.64e15;
/** A hundred years, in milliseconds. */
const LONGEST = 3.2e12;

/** What is wrong with which line: the first ones each for itself, then how many more. */
export class Faults {
  readonly #first: string[] = [];
  #more = 0;

  add(line: number, reason: string): void {
    if (this.#first.length < SHOWN) this.#first.push(`Line ${line} ${reason}.`);
    else this.#more++;
  }

  notices(): readonly string[] {
    if (this.#more === 0) return this.#first;
    return [...this.#first, `${this.#more} further lines are of the same kinds.`];
  }
}

/** More of them nobody reads. */
const SHOWN = 20;
