/** What a log puts before each line: the same in all of them, but for times, numbers and names that hold digits. */
import type { SdpLine } from '../lines.ts';

const TOKEN = /[A-Za-z0-9]+|[ \t]+|[\s\S]/g;
const DATE = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/;

/** Finds where the content of a line begins behind a prefix like this one; undefined when there is none. */
export function prefixPattern(prefix: string): (raw: string) => number | undefined {
  if (prefix === '') return () => 0;
  const pattern = new RegExp(`^${sourceOf(prefix)}`);
  const bare = prefix.trim() === '' ? undefined : new RegExp(`^${sourceOf(prefix.trimEnd())}[ \\t]*$`);
  return (raw) => {
    if (raw.trim() === '') return raw.length;
    const match = pattern.exec(raw);
    if (match !== null) return match[0].length;
    return bare?.test(raw) === true ? raw.length : undefined;
  };
}

/** Two prefixes are of one kind when their sources are equal. */
export function sourceOf(prefix: string): string {
  if (prefix.trim() === '') return '[ \\t]*';
  const tokens = prefix.match(TOKEN) ?? [];
  return tokens.map((token, index) => tokenSource(token, tokens[index - 1], tokens[index + 1])).join('');
}

const hasDigit = (token: string | undefined): boolean => token !== undefined && /[0-9]/.test(token);

function tokenSource(token: string, before: string | undefined, after: string | undefined): string {
  if (/^[ \t]/.test(token)) {
    const last = after === undefined;
    const besideNumber = hasDigit(before) || hasDigit(after);
    if (last || !besideNumber) return before === undefined ? '[ \\t]*' : token;
    return before === undefined || /[[(]/.test(before) ? '[ \\t]*' : '[ \\t]+';
  }
  if (DATE.test(token)) return '[A-Z][a-z]{2}';
  if (hasDigit(token)) return '[0-9A-Za-z]+';
  return token.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

const LINE = /(?<![A-Za-z0-9])(?:[abcimostuvr]=(?=[^\s=])|candidate:(?=\S+ [0-9]))/;

/** The prefix that most of the lines have before something of the form of a line of SDP, or '' . */
export function commonPrefix(lines: readonly SdpLine[]): string {
  const counts = new Map<string, { readonly prefix: string; count: number }>();
  for (const { raw } of lines) {
    const match = LINE.exec(raw);
    if (match === null) continue;
    const prefix = raw.slice(0, match.index);
    const key = prefix === '' ? '' : sourceOf(prefix);
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { prefix, count: 1 });
    else entry.count += 1;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most === undefined || most.count < 2 ? '' : most.prefix;
}
