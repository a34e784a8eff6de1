/** Errors, translated: what happened, what it means, what to do, and whether it does any harm. */
import { type AddressFamily, bracketed } from '../../base/address.ts';
import { least } from '../../base/numbers.ts';
import { type CauseWords, causeWords } from './cause-words.ts';
import type { Cause } from './causes.ts';
import { codeWords } from './code-words.ts';
import { type Cell, FAMILIES, type Row } from './verdict.ts';

export interface ServerFinding {
  readonly id: string;
  /** `you`: it costs you a way. `somebody`: it works here, and will not for everybody. */
  readonly costs: 'you' | 'somebody' | 'nothing';
  readonly host: string;
  readonly title: string;
  readonly meaning: string;
  /** The browser's own words, `701 STUN host lookup received error.`; empty when there were none. */
  readonly said: string;
  readonly section: string;
  /** True when several things may be behind it and no browser tells which. */
  readonly isUnknown: boolean;
  readonly cause: Cause | 'not-proven';
  readonly code: number | null;
  /** URLs that it happened to. */
  readonly urls: readonly string[];
  readonly count: number;
  /** Milliseconds; null when it is not an event. */
  readonly firstAt: number | null;
}

interface Trouble {
  readonly row: Row;
  readonly family: AddressFamily | null;
  readonly cell: Cell;
}

const ORDER = { you: 0, somebody: 1, nothing: 2 } as const;
/** What its owner can mend at once comes first among equals. */
const rank = ({ costs, cause }: ServerFinding): number =>
  ORDER[costs] + (cause === 'expired' ? 0 : cause === 'password' ? 0.1 : 0.5);

/** What costs most comes first. `now`: milliseconds since 1970 when the test began. */
export function findingsOf(rows: readonly Row[], now: number): readonly ServerFinding[] {
  const translated = [...grouped(rows.flatMap(troublesOf)).values()].map((troubles) =>
    translate(troubles, rows, now),
  );
  const unproven = rows.filter(isUnproven).map(notProven);
  return [...translated, ...unproven].sort((a, b) => rank(a) - rank(b));
}

function troublesOf(row: Row): readonly Trouble[] {
  const all: readonly Trouble[] = [
    ...FAMILIES.map((family) => ({ row, family, cell: row.families[family] })),
    ...(row.either ? [{ row, family: null, cell: row.either }] : []),
  ];
  const troubles = all.filter(({ cell }) => cell.cause !== undefined && cell.outcome !== 'found');
  const [first] = troubles;
  return first?.cell.cause === 'browser-refuses' ? [first] : troubles;
}

function grouped(troubles: readonly Trouble[]): ReadonlyMap<string, readonly Trouble[]> {
  const groups = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const key = groupKey(trouble);
    const group = groups.get(key);
    if (group) group.push(trouble);
    else groups.set(key, [trouble]);
  }
  return groups;
}

/** What one server did for one reason over one way is told once. */
function groupKey({ row, family, cell }: Trouble): string {
  const works = isFound(row) ? family : 'all';
  const way = cell.cause === 'silent' || cell.cause === 'nothing-told' ? row.way : '';
  return [row.host, row.port, cell.cause, cell.code ?? '', works, way].join(' ');
}

const isFound = (row: Row): boolean =>
  [...Object.values(row.families), row.either].some((cell) => cell?.outcome === 'found');

function translate(troubles: readonly Trouble[], rows: readonly Row[], now: number): ServerFinding {
  const [{ row, family, cell }] = troubles as [Trouble];
  const words = causeWords(cell, row, now);
  const partly = isFound(row) && family !== null ? partial(row, family, cell, rows) : null;
  const events = troubles.flatMap(({ cell: { at, code } }) =>
    at === null || code === undefined ? [] : [at],
  );
  return {
    id: groupKey(troubles[0]!),
    costs: partly?.costs ?? (cell.code !== undefined && codeWords(cell.code).isHarmless ? 'nothing' : 'you'),
    host: row.host,
    title: `${nameOf(row)} ${partly?.title ?? titleOf(words, row, rows)}`,
    meaning: partly?.meaning ?? meaningOf(words, cell, row, rows),
    said: saidBy(cell, row),
    section: words.section,
    isUnknown: words.isUnknown === true,
    cause: cell.cause!,
    code: cell.code ?? null,
    urls: [...new Set(troubles.map((each) => each.row.url))],
    count: events.length,
    firstAt: least(events),
  };
}

/** The name, with the port where another server of the list has the same name. */
export const nameOf = ({ host, port, way }: Row): string => {
  const usual = way === 'TLS' ? 5349 : 3478;
  const name = bracketed(host);
  return port === usual || port === 443 ? name : `${name}:${port}`;
};

interface OneFamily {
  readonly costs: ServerFinding['costs'];
  readonly title: string;
  readonly meaning: string;
}

/** It fails by one family and works by the other. */
function partial(row: Row, family: AddressFamily, { cause }: Cell, rows: readonly Row[]): OneFamily | null {
  const other = family === 'IPv4' ? 'IPv6' : 'IPv4';
  if (cause === 'name')
    return { costs: 'nothing', title: `has no ${family} address`, meaning: `Harmless: ${other} answers.` };
  if (cause !== 'silent' && cause !== 'connection' && cause !== 'unreachable') return null;
  const same = rows.find(({ host, families }) => host === row.host && families[family].outcome === 'found');
  if (same)
    return {
      costs: 'somebody',
      title: `is silent over ${family}, ${row.way} only`,
      meaning: `Its ${same.way} answers over ${family}, so the machine is there: let ${row.way} ${row.port} through. Until then a network with ${family} alone pays for ${same.way}.`,
    };
  const works = rows.some(({ families }) => families[family].outcome === 'found');
  if (works)
    return {
      costs: 'somebody',
      title: `is silent over ${family}`,
      meaning: `Other servers answer over ${family} from here. Until this one does, it is of no use to a network with ${family} alone.`,
    };
  return {
    costs: 'nothing',
    title: `is silent over ${family}`,
    meaning: `Harmless here: ${other} answers. No server of the list answers over ${family}, so it may well be this network.`,
  };
}

function titleOf({ title }: CauseWords, row: Row, rows: readonly Row[]): string {
  if (!isUdpBlocked(row, rows)) return title;
  return 'is silent over UDP, and its TCP answers';
}

function meaningOf({ advice }: CauseWords, cell: Cell, row: Row, rows: readonly Row[]): string {
  if (cell.cause !== 'silent' || !isUdpBlocked(row, rows)) return advice;
  const anyUdp = rows.some((other) => other.way === 'UDP' && isFound(other));
  return anyUdp
    ? `The machine is there, and other servers answer over UDP from here: let UDP ${row.port} through at the server.`
    : 'The machine is there, and no server of the list answers over UDP: most likely this network lets no UDP out. Calls take TCP or TLS then.';
}

/** The same host answers over TCP or TLS. */
const isUdpBlocked = (row: Row, rows: readonly Row[]): boolean =>
  row.way === 'UDP' &&
  !isFound(row) &&
  FAMILIES.some((family) => row.families[family].outcome === 'silent') &&
  rows.some(
    (other) => other.host === row.host && other.port === row.port && other.way !== 'UDP' && isFound(other),
  );

function saidBy({ code, text, cause }: Cell, { refusal }: Row): string {
  if (cause === 'browser-refuses') return refusal ?? '';
  if (code === undefined) return '';
  const reason = text || codeWords(code).reason;
  return `${code} ${reason}`.trim();
}

const isUnproven = (row: Row): boolean => row.kind === 'turn' && isFound(row) && row.proof?.back === 0;

function notProven(row: Row): ServerFinding {
  return {
    id: `${row.url} not-proven`,
    costs: 'you',
    host: row.host,
    title: `${nameOf(row)} leases a relay that lets no data through`,
    meaning:
      'Most often the server forbids the peer’s address (403), here that of its own relay; or its relay ports are closed by a firewall. Browsers tell a page neither: look at denied-peer-ip, at allow-loopback-peers on a machine of your own, and at the range min-port to max-port.',
    said: '',
    section: 'RFC 8656 §10.2',
    isUnknown: true,
    cause: 'not-proven',
    code: null,
    urls: [row.url],
    count: 0,
    firstAt: null,
  };
}
