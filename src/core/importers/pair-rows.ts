/**
 * Rows of candidate pairs as about:webrtc shows them. Firefox has moved the columns since 2013 and writes their names in
 * the reader's language, so each cell is known by what is in it: two candidates, a state, two booleans, numbers.
 */
import type { StatsReport, StatsReports } from '../session/event.ts';

const STATES = new Set([
  'frozen',
  'waiting',
  'inprogress',
  'in-progress',
  'failed',
  'succeeded',
  'cancelled',
]);

/** `192.0.2.4:5000/udp(relay-tcp) [proxied]`; Firefox hides some addresses as `(redacted)`. */
const CANDIDATE = /^(.*):(\d+)\/(udp|tcp)\(([a-z]+)(?:-(\w+))?\)(?: \[[^\]]*\])? ?$/i;

const TYPES: Readonly<Record<string, string>> = {
  serverreflexive: 'srflx',
  peerreflexive: 'prflx',
  relayed: 'relay',
};

/** Undefined where the cells are of something else: a heading, say. */
export function pairOf(cells: readonly string[]): PairRow | undefined {
  const candidates = cells.filter((cell) => CANDIDATE.test(cell) || cell.trim() === '*');
  const state = cells.find((cell) => STATES.has(cell.toLowerCase()));
  if (candidates.length !== 2 || state === undefined) return undefined;
  const flags = cells.filter((cell) => cell === 'true' || cell === 'false').map((cell) => cell === 'true');
  const numbers = cells.filter((cell) => /^\d+$/.test(cell)).map(Number);
  const [local, remote] = candidates as [string, string];
  const [componentId, priority, bytesSent, bytesReceived] = numbers;
  return {
    local,
    remote,
    members: {
      state: state.toLowerCase(),
      nominated: flags[0] ?? false,
      selected: flags[1] ?? false,
      ...defined({ componentId, priority, bytesSent, bytesReceived }),
    },
  };
}

export interface PairRow {
  /** The cells of its candidates. */
  readonly local: string;
  readonly remote: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** The rows as one reading of getStats. */
export function reportsOf(rows: readonly PairRow[]): StatsReports {
  const reports = new Map<string, StatsReport>();
  rows.forEach(({ local, remote, members }, index) => {
    const localCandidateId = `local ${local.trim()}`;
    const remoteCandidateId = `remote ${remote.trim()}`;
    reports.set(localCandidateId, candidateOf(local, 'local-candidate'));
    reports.set(remoteCandidateId, candidateOf(remote, 'remote-candidate'));
    reports.set(`pair ${index + 1}`, {
      type: 'candidate-pair',
      localCandidateId,
      remoteCandidateId,
      ...members,
    });
  });
  return Object.fromEntries(reports);
}

function candidateOf(cell: string, type: string): StatsReport {
  const [, address, port, protocol, kind, relayProtocol] = CANDIDATE.exec(cell) ?? [];
  if (kind === undefined) return { type };
  const isHidden = address === '(redacted)' || address === '';
  const name = kind.toLowerCase();
  return {
    type,
    candidateType: TYPES[name] ?? name,
    protocol: protocol!.toLowerCase(),
    port: Number(port),
    ...(isHidden ? {} : { address: address!.replace(/^\[(.*)\]$/, '$1') }),
    ...defined({ relayProtocol }),
  };
}

const defined = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
