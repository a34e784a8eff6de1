import type { EventOf, StatsReport, StatsReports } from '../session/event.ts';
import { textOf } from './candidates.ts';
import type { ByPeer, Evidence, Projection } from './projection.ts';

/** RTCStatsIceCandidatePairState, plus `nominated` kept beside it. */
export type PairState = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed' | 'cancelled';

export interface PairSpan {
  readonly state: PairState;
  readonly from: number;
}

/** Checks that the counters moved by between two readings: they happened somewhere in that time. */
export interface CheckActivity {
  readonly after: number;
  readonly until: number;
  readonly requests: number;
  readonly responses: number;
}

/** A candidate pair (RFC 8445, section 6.1.2) as one peer's getStats tells it. */
export interface Pair {
  /** The peer and the id of the report. */
  readonly id: string;
  readonly peer: string;
  /** Ids of candidate reports: `statsId` of the peer's candidates. */
  readonly localId: string;
  readonly remoteId: string;
  readonly priority: number;
  /** In order of time; the last is the state now. */
  readonly spans: readonly PairSpan[];
  readonly nominatedAt: number | null;
  readonly requestsSent: number;
  readonly responsesReceived: number;
  readonly requestsReceived: number;
  readonly responsesSent: number;
  readonly roundTripTime: number | null;
  readonly activity: readonly CheckActivity[];
  /** The first reading that told of other pairs and no more of this one. */
  readonly goneAt: number | null;
  readonly evidence: Evidence;
}

export interface PeerPairs {
  readonly pairs: readonly Pair[];
  readonly selectedId: string | null;
  readonly selectedAt: number | null;
  readonly role: string | null;
  readonly lastReadAt: number | null;
  /** `client` or `server` of the DTLS handshake. */
  readonly dtlsRole: string | null;
}

/** Which pairs each peer tried, and what came of them, from the reports that getStats gave. */
export const pairs: Projection<ByPeer<PeerPairs>> = {
  id: 'pairs',
  initial: {},
  reduce(facts, event) {
    return event.type === 'getStats' ? read(facts, event) : facts;
  },
};

const none: PeerPairs = {
  pairs: [],
  selectedId: null,
  selectedAt: null,
  role: null,
  lastReadAt: null,
  dtlsRole: null,
};

function read(facts: ByPeer<PeerPairs>, event: EventOf<'getStats'>): ByPeer<PeerPairs> {
  const before = facts[event.peer] ?? none;
  const reports = Object.entries(event.value);
  const transport = reports.find(([, report]) => report.type === 'transport')?.[1];
  const selected = selectedPair(event.value, transport);
  const selectedId = selected === null ? before.selectedId : `${event.peer}/${selected}`;
  const told = reports.filter(([, { type }]) => type === 'candidate-pair');
  const known = told.length > 0 ? withoutGone(before.pairs, event) : before.pairs;
  const after: PeerPairs = {
    pairs: told.reduce<readonly Pair[]>(
      (pairs, [id, report]) => readPair(pairs, id, report, event, before.lastReadAt),
      known,
    ),
    selectedId,
    selectedAt: selectedId === before.selectedId ? before.selectedAt : event.at,
    role: knownRole(transport) ?? before.role,
    lastReadAt: event.at,
    dtlsRole: knownDtlsRole(transport) ?? before.dtlsRole,
  };
  return { ...facts, [event.peer]: after };
}

/** Browsers let go of pairs that an ICE restart ended, and Chromium of some that it needs no more. */
function withoutGone(pairs: readonly Pair[], { peer, at, value }: EventOf<'getStats'>): readonly Pair[] {
  const isGone = ({ id, goneAt }: Pair): boolean => goneAt === null && !(id.slice(peer.length + 1) in value);
  return pairs.some(isGone) ? pairs.map((pair) => (isGone(pair) ? { ...pair, goneAt: at } : pair)) : pairs;
}

/** `transport.selectedCandidatePairId` (webrtc-stats, section 8.17); Firefox marks the pair itself with `selected`. */
function selectedPair(reports: StatsReports, transport: StatsReport | undefined): string | null {
  const told = textOf(transport?.['selectedCandidatePairId']);
  if (told) return told;
  const marked = Object.entries(reports).find(
    ([, report]) => report.type === 'candidate-pair' && report['selected'] === true,
  );
  return marked?.[0] ?? null;
}

const knownRole = (transport: StatsReport | undefined): string | null => {
  const role = textOf(transport?.['iceRole']);
  return role === 'unknown' ? null : role;
};
const knownDtlsRole = (transport: StatsReport | undefined): string | null => {
  const role = textOf(transport?.['dtlsRole']);
  return role === 'unknown' ? null : role;
};

function readPair(
  pairs: readonly Pair[],
  statsId: string,
  report: StatsReport,
  event: EventOf<'getStats'>,
  lastReadAt: number | null,
): readonly Pair[] {
  const id = `${event.peer}/${statsId}`;
  const index = pairs.findIndex((pair) => pair.id === id);
  const known = pairs[index];
  const before = known ?? newborn(id, event.peer, report);
  const after = update(before, report, event.at, lastReadAt);
  if (!known) return [...pairs, after];
  return after === before ? pairs : pairs.with(index, after);
}

const newborn = (id: string, peer: string, report: StatsReport): Pair => ({
  id,
  peer,
  localId: textOf(report['localCandidateId']) ?? '',
  remoteId: textOf(report['remoteCandidateId']) ?? '',
  priority: numberOf(report['priority']),
  spans: [],
  nominatedAt: null,
  requestsSent: 0,
  responsesReceived: 0,
  requestsReceived: 0,
  responsesSent: 0,
  roundTripTime: null,
  activity: [],
  goneAt: null,
  evidence: 'observed',
});

function update(pair: Pair, report: StatsReport, at: number, lastReadAt: number | null): Pair {
  const state = stateOf(report['state']);
  const requests = numberOf(report['requestsSent']);
  const responses = numberOf(report['responsesReceived']);
  const moved = requests > pair.requestsSent || responses > pair.responsesReceived;
  const activity: CheckActivity = {
    after: lastReadAt ?? at,
    until: at,
    requests: requests - pair.requestsSent,
    responses: responses - pair.responsesReceived,
  };
  return {
    ...pair,
    priority: numberOf(report['priority']) || pair.priority,
    spans:
      state === null || state === pair.spans.at(-1)?.state
        ? pair.spans
        : [...pair.spans, { state, from: at }],
    nominatedAt: report['nominated'] === true ? (pair.nominatedAt ?? at) : null,
    requestsSent: requests,
    responsesReceived: responses,
    requestsReceived: numberOf(report['requestsReceived']),
    responsesSent: numberOf(report['responsesSent']),
    roundTripTime:
      typeof report['currentRoundTripTime'] === 'number'
        ? report['currentRoundTripTime']
        : pair.roundTripTime,
    activity: moved && pair.activity.length < ACTIVITY_KEPT ? [...pair.activity, activity] : pair.activity,
    goneAt: null,
  };
}

/** Consent checks go on for as long as the connection (RFC 7675): the first ones tell the story. */
const ACTIVITY_KEPT = 24;

/** Firefox writes `inprogress`. */
function stateOf(value: unknown): PairState | null {
  const text = textOf(value);
  return text === null ? null : ((text === 'inprogress' ? 'in-progress' : text) as PairState);
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
