/** From what a browser told to what became of each URL, by IPv4 and by IPv6. */
import { type AddressFamily, formatTransportAddress } from '../../base/address.ts';
import { parseCandidate } from '../../sdp/candidate.ts';
import { parseServerUrl, serverKind, type ServerUrl, type Way } from '../server-url.ts';
import { type Cause, type CauseContext, causeOf, unresolvedHosts } from './causes.ts';
import { familyOfAnswer, familyOfFault, type Networks, networksOf, showsFamily } from './families.ts';
import type { Proof, ServerTest, Reported } from './evidence.ts';

/**
 * `unknown`: the browser does not tell. `not-tried`: the URL, the browser or this machine excludes it.
 * `asking`: an answer may still come.
 */
export type Outcome = 'found' | 'refused' | 'silent' | 'not-tried' | 'unknown' | 'asking';

export interface Cell {
  readonly outcome: Outcome;
  /** Milliseconds since this URL was asked; null when nothing came. */
  readonly at: number | null;
  /** The mapped address that STUN told, or the relayed one that TURN leased: `203.0.113.24:51742`. */
  readonly address?: string;
  readonly code?: number;
  /** The browser's own words. */
  readonly text?: string;
  readonly cause?: Cause;
  /** The family follows from other facts; the browser did not tell it. */
  readonly isInferred?: true;
}

export interface Row {
  readonly url: string;
  /** The URL up to its `?`. */
  readonly base: string;
  readonly query: string;
  readonly host: string;
  readonly port: number;
  readonly kind: 'stun' | 'turn';
  readonly way: Way;
  readonly username: string | undefined;
  readonly end: Reported['end'];
  readonly refusal: string | undefined;
  readonly families: Readonly<Record<AddressFamily, Cell>>;
  /** What happened by one of the two families without the browser telling which. */
  readonly either: Cell | null;
  readonly proof: Proof | undefined;
  /** STUN: it told an address. TURN: data came back through the relay. */
  readonly works: boolean;
}

export const FAMILIES = ['IPv4', 'IPv6'] as const;

export function rowsOf(test: ServerTest): readonly Row[] {
  const networks = networksOf(test.told);
  const unresolved = unresolvedHosts(test.told, (url) => parseServerUrl(url)?.host);
  return test.told.flatMap((told) => {
    const url = parseServerUrl(told.url);
    if (!url) return [];
    const context = { url, username: told.username, startedAt: test.startedAt, unresolved };
    return [rowOf(told, context, networks, test.told)];
  });
}

function rowOf(told: Reported, context: CauseContext, networks: Networks, all: readonly Reported[]): Row {
  const { url } = context;
  const kind = serverKind(told.url) === 'TURN' ? 'turn' : 'stun';
  const placed = place(answersOf(told, kind, networks), faultsOf(told, kind, context));
  const cell = (family: AddressFamily): Cell =>
    placed.cells[family] ?? emptyCell(family, told, url, placed, all);
  const families = { IPv4: cell('IPv4'), IPv6: cell('IPv6') };
  const found = [...Object.values(families), placed.either].some((each) => each?.outcome === 'found');
  const [base = told.url, query] = told.url.split('?');
  return {
    url: told.url,
    base,
    query: query ? `?${query}` : '',
    host: url.host,
    port: url.port,
    kind,
    way: wayTaken(url, told),
    username: told.username,
    end: told.end,
    refusal: told.refusal,
    families,
    either: placed.either,
    proof: told.proof,
    works: kind === 'stun' ? found : (told.proof?.back ?? 0) > 0,
  };
}

/** Chromium takes `stuns`, and asks without TLS over UDP: the URL that comes with the answer says so. */
const wayTaken = ({ scheme, way }: ServerUrl, { candidates }: Reported): Way =>
  scheme === 'stuns' && candidates.some(({ url }) => url?.startsWith('stun:')) ? 'UDP' : way;

interface Seen {
  readonly family: AddressFamily | null;
  readonly cell: Cell;
}

function answersOf(told: Reported, kind: Row['kind'], networks: Networks): readonly Seen[] {
  const type = kind === 'turn' ? 'relay' : 'srflx';
  return told.candidates.flatMap(({ at, candidate }) => {
    const read = parseCandidate(candidate);
    if (read?.type !== type) return [];
    const address = formatTransportAddress(read);
    const family = familyOfAnswer(read, told.url, networks);
    return [{ family, cell: { outcome: 'found', at, address } as const }];
  });
}

/** A TURN server is asked as a STUN server too: those errors are not this URL's. */
function faultsOf(told: Reported, kind: Row['kind'], context: CauseContext): readonly Seen[] {
  return told.errors
    .filter(({ url }) => url.startsWith(kind))
    .map((error) => {
      const cause = causeOf(error, context);
      const outcome = cause === 'silent' ? 'silent' : 'refused';
      const cell: Cell = { outcome, at: error.at, code: error.errorCode, text: error.errorText, cause };
      return { family: familyOfFault(error, told.url), cell };
    });
}

interface Placed {
  readonly cells: Partial<Record<AddressFamily, Cell>>;
  readonly either: Cell | null;
}

/** An answer counts before an error: another network of the same family may have failed. */
function place(answers: readonly Seen[], faults: readonly Seen[]): Placed {
  const seen = [...answers, ...faults];
  const cells: Partial<Record<AddressFamily, Cell>> = {};
  for (const { family, cell } of seen) if (family) cells[family] ??= cell;
  const homeless = seen.filter(({ family }) => family === null).map(({ cell }) => cell);
  const [first, second] = homeless;
  if (!first) return { cells, either: null };
  const free = FAMILIES.filter((family) => !cells[family]);
  const same =
    second !== undefined && homeless.every(({ cause, code }) => cause === first.cause && code === first.code);
  const fits = free.length === 1 || (free.length === 2 && same);
  if (!fits) return { cells, either: free.length > 0 ? first : null };
  free.forEach((family, index) => (cells[family] = { ...(homeless[index] ?? first), isInferred: true }));
  return { cells, either: null };
}

/** What is said of a family about which nothing came. */
function emptyCell(
  family: AddressFamily,
  told: Reported,
  url: ServerUrl,
  { cells, either }: Placed,
  all: readonly Reported[],
): Cell {
  const nothing = (outcome: Outcome, cause?: Cause): Cell => ({
    outcome,
    at: null,
    ...(cause ? { cause } : {}),
  });
  if (url.family && url.family !== family) return nothing('not-tried');
  if (told.end === 'refused') return nothing('not-tried', 'browser-refuses');
  if (told.end === 'waiting' || told.end === 'asking') return nothing('asking');
  if (told.end === 'stopped') return nothing('not-tried');
  if (either) return nothing('unknown');
  if (told.end === 'timeout') return { ...nothing('silent', 'silent'), at: told.took };
  const isAlone = url.family !== null || Object.keys(cells).length === 0;
  if (!isAlone && !showsFamily(all, family)) return nothing('unknown');
  return isAlone ? nothing('unknown', 'nothing-told') : nothing('unknown');
}
