import { append, noneNamed, put, replace } from '../base/in-place.ts';
import { Lookup } from '../base/lookup.ts';
import type { EventOf, SessionEvent, StatsReport, StatsReports } from '../session/event.ts';
import { readCandidate, textOf } from './candidates.ts';
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
  /** `udp 50124 40009`: the protocol and both ports. */
  readonly ports: string | null;
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

/** A pair that a peer began to use: the selected pair (RFC 8445, section 2.3). */
export interface SelectedPair {
  /** `Pair.id`; null until a reading names the pair of an event. */
  readonly id: string | null;
  /** Both candidate lines, where an event told them. */
  readonly candidates: { readonly local: string; readonly remote: string } | null;
  /** That event's id. */
  readonly eventId: string | null;
  /** It began at some time after `after`, and by `until`, in ms: both are the same where the browser told it in an event. */
  readonly after: number;
  readonly until: number;
}

export interface PeerPairs {
  readonly pairs: readonly Pair[];
  readonly selectedId: string | null;
  /** In order of time; the last is the one in use. */
  readonly selections: readonly SelectedPair[];
  /** When the present checks began, and by when one of them had found a pair that works. */
  readonly checkingAt: number | null;
  readonly workingAt: number | null;
  readonly role: string | null;
  readonly lastReadAt: number | null;
  /** `client` or `server` of the DTLS handshake. */
  readonly dtlsRole: string | null;
}

/** Which pairs each peer tried, and what came of them, from the reports that getStats gave. */
export const pairs: Projection<ByPeer<PeerPairs>> = {
  id: 'pairs',
  initial: noneNamed(),
  reduce(facts, event) {
    switch (event.type) {
      case 'getStats':
        return read(facts, event);
      case ':ice.selected':
        return select(facts, event);
      case 'oniceconnectionstatechange':
        return move(facts, event);
      case ':dtls.state':
        return event.value === 'connecting' ? works(facts, event) : facts;
      default:
        return facts;
    }
  },
};

const none: PeerPairs = {
  pairs: [],
  selectedId: null,
  selections: [],
  checkingAt: null,
  workingAt: null,
  role: null,
  lastReadAt: null,
  dtlsRole: null,
};

const change = (
  facts: ByPeer<PeerPairs>,
  { peer }: SessionEvent,
  changed: Partial<PeerPairs>,
): ByPeer<PeerPairs> => put(facts, peer, { ...(facts[peer] ?? none), ...changed });

function move(facts: ByPeer<PeerPairs>, event: EventOf<'oniceconnectionstatechange'>): ByPeer<PeerPairs> {
  if (event.value === 'checking') return change(facts, event, { checkingAt: event.at, workingAt: null });
  return event.value === 'connected' || event.value === 'completed' ? works(facts, event) : facts;
}

/** Chromium tells that DTLS begins just before it tells that ICE is connected. */
const works = (facts: ByPeer<PeerPairs>, event: SessionEvent): ByPeer<PeerPairs> =>
  (facts[event.peer] ?? none).workingAt === null ? change(facts, event, { workingAt: event.at }) : facts;

/** The browser tells it as it happens, with candidates; which of its reports that is a reading says later. */
function select(facts: ByPeer<PeerPairs>, event: EventOf<':ice.selected'>): ByPeer<PeerPairs> {
  const before = facts[event.peer] ?? none;
  const { id: eventId, at, value } = event;
  const pair = before.pairs[byPorts.find(before.pairs, portsOf(value) ?? '')];
  const id = pair?.goneAt === null ? pair.id : null;
  const selected = { id, candidates: value, eventId, after: at, until: at };
  return change(facts, event, {
    selectedId: selected.id,
    selections: [...before.selections, selected].slice(-SELECTIONS_KEPT),
  });
}

/** A network that comes and goes may change the pair for hours. */
const SELECTIONS_KEPT = 24;

/** `udp 50124 40009`: an address may be hidden, or another than was told. */
function portsOf({ local, remote }: { readonly local: string; readonly remote: string }): string | null {
  const [own, other] = [readCandidate(local), readCandidate(remote)];
  return own && other && `${own.protocol} ${own.port} ${other.port}`;
}

function reportedPorts(pair: StatsReport, reports: StatsReports): string | null {
  const local = reports[textOf(pair['localCandidateId']) ?? ''];
  const remote = reports[textOf(pair['remoteCandidateId']) ?? ''];
  if (!local || !remote) return null;
  return `${String(local['protocol']).toLowerCase()} ${String(local['port'])} ${String(remote['port'])}`;
}

function read(facts: ByPeer<PeerPairs>, event: EventOf<'getStats'>): ByPeer<PeerPairs> {
  const before = facts[event.peer] ?? none;
  const reports = Object.entries(event.value);
  const transport = reports.find(([, report]) => report.type === 'transport')?.[1];
  const selected = selectedPair(event.value, transport);
  const selectedId = selected === null ? before.selectedId : `${event.peer}/${selected}`;
  const isNew = selected !== null && selectedId !== before.selectedId;
  const told = reports.filter(([, { type }]) => type === 'candidate-pair');
  const after: PeerPairs = {
    ...before,
    pairs: told.length > 0 ? readPairs(before, told, event) : before.pairs,
    selectedId,
    selections: isNew ? withRead(before, selectedId!, selected, event) : before.selections,
    role: knownRole(transport) ?? before.role,
    lastReadAt: event.at,
    dtlsRole: knownDtlsRole(transport) ?? before.dtlsRole,
  };
  return put(facts, event.peer, after);
}

/** The event before told of this pair, or else the reading is the first to. */
function withRead(
  { selections, lastReadAt, checkingAt, workingAt }: PeerPairs,
  id: string,
  statsId: string,
  { at, value }: EventOf<'getStats'>,
): readonly SelectedPair[] {
  const last = selections.at(-1);
  const ports = reportedPorts(value[statsId] ?? { type: '' }, value);
  if (last?.candidates && last.id === null && portsOf(last.candidates) === ports)
    return [...selections.slice(0, -1), { ...last, id }];
  const after = Math.max(lastReadAt ?? 0, checkingAt ?? 0);
  // ICE is connected once a pair works: where one alone was nominated, it was in use by then.
  const isSure = workingAt !== null && workingAt >= after && nominatedIn(value) <= 1;
  const until = isSure ? workingAt : at;
  const selected = { id, candidates: null, eventId: null, after: Math.min(after, at), until };
  return [...selections, selected].slice(-SELECTIONS_KEPT);
}

const nominatedIn = (reports: StatsReports): number =>
  Object.values(reports).filter(({ type, nominated }) => type === 'candidate-pair' && nominated === true)
    .length;

const byId = new Lookup<Pair>(({ id }) => id);
const byPorts = new Lookup<Pair>(({ ports }) => ports ?? 'unknown');

const carry = (before: readonly Pair[], after: readonly Pair[]): readonly Pair[] =>
  byId.carry(before, byPorts.carry(before, after));

/** The places of those that the last reading told of. */
const standing = new WeakMap<readonly Pair[], readonly number[]>();

function readPairs(
  { pairs, lastReadAt }: PeerPairs,
  told: readonly (readonly [string, StatsReport])[],
  event: EventOf<'getStats'>,
): readonly Pair[] {
  const { peer, at, value } = event;
  let after = pairs;
  // Browsers let go of pairs that an ICE restart ended, and Chromium of some that it needs no more.
  for (const place of standing.get(pairs) ?? pairs.keys()) {
    const pair = pairs[place]!;
    if (pair.goneAt === null && !(pair.id.slice(peer.length + 1) in value))
      after = carry(after, replace(after, place, { ...pair, goneAt: at }));
  }
  const places: number[] = [];
  for (const [id, report] of told) {
    const known = byId.find(after, `${peer}/${id}`);
    const place = known < 0 ? after.length : known;
    places.push(place);
    after = carry(after, withReport(after, place, id, report, event, lastReadAt));
  }
  standing.set(after, places);
  return after;
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

function withReport(
  pairs: readonly Pair[],
  place: number,
  statsId: string,
  report: StatsReport,
  { peer, at, value }: EventOf<'getStats'>,
  lastReadAt: number | null,
): readonly Pair[] {
  const known = pairs[place];
  const before = known ?? {
    ...newborn(`${peer}/${statsId}`, peer, report),
    ports: reportedPorts(report, value),
  };
  const after = update(before, report, at, lastReadAt);
  return known ? replace(pairs, place, after) : append(pairs, after);
}

const newborn = (id: string, peer: string, report: StatsReport): Pair => ({
  id,
  peer,
  localId: textOf(report['localCandidateId']) ?? '',
  remoteId: textOf(report['remoteCandidateId']) ?? '',
  priority: numberOf(report['priority']),
  ports: null,
  spans: [],
  nominatedAt: null,
  requestsSent: 0,
  responsesReceived: 0,
  requestsReceived: 0,
  responsesSent: 0,
  roundTripTime: null,
  activity: [],
  goneAt: null,
  evidence: isSimulated(report) ? 'simulated' : 'observed',
});

function update(pair: Pair, report: StatsReport, at: number, lastReadAt: number | null): Pair {
  const state = stateOf(report['state']);
  const requests = numberOf(report['requestsSent']);
  const responses = numberOf(report['responsesReceived']);
  const moved = requests > pair.requestsSent || responses > pair.responsesReceived;
  const activity: CheckActivity = {
    ...(simulatedTimes(report, at, responses > pair.responsesReceived) ?? {
      after: lastReadAt ?? at,
      until: at,
    }),
    requests: requests - pair.requestsSent,
    responses: responses - pair.responsesReceived,
  };
  return {
    ...pair,
    priority: numberOf(report['priority']) || pair.priority,
    spans:
      state === null || state === pair.spans.at(-1)?.state
        ? pair.spans
        : append(pair.spans, { state, from: at }),
    nominatedAt: report['nominated'] === true ? (pair.nominatedAt ?? at) : null,
    requestsSent: requests,
    responsesReceived: responses,
    requestsReceived: numberOf(report['requestsReceived']),
    responsesSent: numberOf(report['responsesSent']),
    roundTripTime:
      typeof report['currentRoundTripTime'] === 'number'
        ? report['currentRoundTripTime']
        : pair.roundTripTime,
    activity: moved ? withActivity(pair.activity, activity) : pair.activity,
    goneAt: null,
  };
}

/** A simulator tells when it asked, and when the answer is there or would be: `askedAt`, `answerBy`. */
function simulatedTimes(
  report: StatsReport,
  at: number,
  isAnswered: boolean,
): Pick<CheckActivity, 'after' | 'until'> | null {
  const { askedAt, answerBy } = report;
  if (!isSimulated(report) || typeof askedAt !== 'number') return null;
  return { after: askedAt, until: isAnswered ? at : numberOf(answerBy) || at };
}

const isSimulated = (report: StatsReport): boolean => report['evidence'] === 'simulated';

/** An answer whose question was told by itself belongs to it. */
function withActivity(known: readonly CheckActivity[], one: CheckActivity): readonly CheckActivity[] {
  const index = one.requests === 0 ? known.findLastIndex(({ after }) => after === one.after) : -1;
  if (index >= 0) {
    const { requests } = known[index]!;
    return known.with(index, { ...one, requests });
  }
  return known.length < ACTIVITY_KEPT ? [...known, one] : known;
}

/** Consent checks go on for as long as the connection (RFC 7675): the first ones tell the story. */
const ACTIVITY_KEPT = 24;

/** Firefox writes `inprogress`. */
function stateOf(value: unknown): PairState | null {
  const text = textOf(value);
  return text === null ? null : ((text === 'inprogress' ? 'in-progress' : text) as PairState);
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
