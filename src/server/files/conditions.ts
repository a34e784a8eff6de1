/** Conditional requests (RFC 9110, section 13). */
import type { IncomingHttpHeaders } from 'node:http';

/** What says whether a copy is still the same: an entity tag, strong, and a date in whole seconds. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: string;
}

/** Size and time tell one build's file from another's, and the encoding one form of it from the next. */
export function validatorsOf(stats: { size: number; mtimeMs: number }, encoding = ''): Validators {
  const tag = [stats.size, Math.floor(stats.mtimeMs)].map((number) => number.toString(16)).join('-');
  return {
    etag: `"${tag}${encoding && `-${encoding}`}"`,
    lastModified: new Date(stats.mtimeMs).toUTCString(),
  };
}

/** Whether the client has it already. If-None-Match decides alone where it is there (section 13.2.2). */
export function isUnchanged(headers: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const tags = headers['if-none-match'];
  if (tags === undefined) return isNotAfter(lastModified, headers['if-modified-since']);
  const weak = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags.trim() === '*' || tags.split(',').some((tag) => weak(tag) === etag);
}

/** Whether a range may be sent: the client's part is of this very form (section 13.1.5). */
export function isSameForRange(headers: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const known = headers['if-range'];
  return known === undefined || known === etag || known === lastModified;
}

/** An unreadable date is none. */
const isNotAfter = (date: string, limit: string | undefined): boolean =>
  limit !== undefined && Date.parse(date) <= Date.parse(limit);
