/** The verdict of a whole test in two sentences: what works, and what that means for a call. */
import type { ServerFinding } from './findings.ts';
import type { Row } from './verdict.ts';

export interface Summary {
  /** `Four of five work. One needs a new password.` */
  readonly verdict: string;
  /** `A call would find a way without UDP: TURN over TLS on port 5349 carries data.` */
  readonly means: string;
}

export function summaryOf(rows: readonly Row[], findings: readonly ServerFinding[]): Summary {
  return { verdict: `${howMany(rows)} ${whatElse(rows, findings)}`.trim(), means: meaningOf(rows) };
}

const NUMBERS = 'none one two three four five six seven eight nine ten eleven twelve'.split(' ');
export const numberWord = (count: number): string => NUMBERS[count] ?? String(count);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function howMany(rows: readonly Row[]): string {
  const works = rows.filter((row) => row.works).length;
  if (rows.length === 1) return works === 1 ? 'It works.' : 'It does not work.';
  if (works === rows.length) return rows.length === 2 ? 'Both work.' : `All ${numberWord(rows.length)} work.`;
  return `${sentence(numberWord(works))} of ${numberWord(rows.length)} ${works === 1 ? 'works' : 'work'}.`;
}

type Need = (count: number) => string;
const s = (count: number, one: string, more: string): string => (count === 1 ? one : more);

/** In this order: what its owner can mend at once comes first. */
const NEEDS: readonly (readonly [ServerFinding['cause'], Need])[] = [
  ['expired', (n) => s(n, 'needs a new password', 'need new passwords')],
  ['password', (n) => s(n, 'needs another password', 'need other passwords')],
  ['name', (n) => s(n, 'has a name that nobody knows', 'have names that nobody knows')],
  ['code', (n) => s(n, 'answers with an error', 'answer with errors')],
  ['not-proven', (n) => s(n, 'lets no data through', 'let no data through')],
  ['tls', (n) => s(n, 'takes no TLS', 'take no TLS')],
  ['connection', (n) => s(n, 'takes no connection', 'take no connection')],
  ['browser-refuses', (n) => s(n, 'was not asked', 'were not asked')],
  ['silent', (n) => s(n, 'is silent', 'are silent')],
  ['unreachable', (n) => s(n, 'was not reached', 'were not reached')],
  ['nothing-told', (n) => s(n, 'gave nothing', 'gave nothing')],
];

/** What the failing ones need; with many reasons, the first two. */
function whatElse(rows: readonly Row[], findings: readonly ServerFinding[]): string {
  const failed = new Set(rows.filter((row) => !row.works).map(({ url }) => url));
  const said = NEEDS.flatMap(([cause, need]) => {
    const urls = findings
      .filter((each) => each.cause === cause && each.costs === 'you')
      .flatMap(({ urls }) => urls);
    const count = new Set(urls.filter((url) => failed.has(url))).size;
    if (count === 0) return [];
    return [rows.length === 1 ? `It ${need(1)}.` : `${sentence(numberWord(count))} ${need(count)}.`];
  });
  return said.slice(0, 2).join(' ');
}

function meaningOf(rows: readonly Row[]): string {
  const relays = rows.filter(({ kind, works }) => kind === 'turn' && works);
  const by = (way: Row['way']) => relays.find((row) => row.way === way);
  const tls = relays.find((row) => row.way === 'TLS' && row.port === 443) ?? by('TLS');
  const tcp = by('TCP');
  if (tls?.port === 443)
    return 'A call would find a way even where only TLS on port 443 gets out: TURN over TLS carries data there. A proxy that opens TLS may still stop it.';
  if (tls) return `A call would find a way without UDP: TURN over TLS on port ${tls.port} carries data.`;
  if (tcp)
    return `A call would find a way without UDP: TURN over TCP on port ${tcp.port} carries data. Where only TLS on port 443 gets out it needs TURN over TLS there.`;
  if (by('UDP'))
    return 'A call would find a way through a relay over UDP. Where UDP is blocked it needs TURN over TCP or TLS.';
  if (rows.some(({ works }) => works)) {
    const none = rows.some(({ kind }) => kind === 'turn') ? 'none works' : 'there is none in the list';
    return `Most calls find a direct way. Behind a strict NAT or without UDP they need a TURN server, and ${none}.`;
  }
  return 'No server tells an address, and none carries data: calls connect on the same network, over public addresses, or where the other side has servers that work.';
}
