/** One connection as the doctor reads it: everything that causes are concluded from, gathered once. */
import { type ServerUrl, parseServerUrl } from '../ice/server-url.ts';
import type { Candidate, Gathering } from '../projections/candidates.ts';
import type { Facts } from '../projections/index.ts';
import { type NatEntry, mapsByDestination } from '../projections/mappings.ts';
import type { Pair } from '../projections/pairs.ts';
import { peerIn } from '../projections/peers.ts';
import type { PeerStates } from '../projections/states.ts';
import type { Configuration, EventOf, PeerId, SessionEvent } from '../session/event.ts';
import { byPeer } from './by-peer.ts';
import { type Checks, checksOf } from './checks.ts';
import { type Life, lifeOf } from './life.ts';
import { type GivenCandidate, type HeldDescription, readPage } from './page.ts';
import { type Readings, readingsOf } from './readings.ts';

export interface Server {
  readonly url: string;
  readonly username: string | null;
  /** Undefined for what is no URL of an ICE server. */
  readonly read: ServerUrl | undefined;
}

export interface Case {
  readonly peer: PeerId;
  /** Of this connection, in order. */
  readonly events: readonly SessionEvent[];
  /** Milliseconds since 1970 at time 0; null when the session does not say. */
  readonly startedAt: number | null;
  /** `Chromium 156` */
  readonly browser: string;
  /** Time of the last event. */
  readonly endsAt: number;
  readonly configuration: Configuration | null;
  readonly servers: readonly Server[];
  readonly states: PeerStates | undefined;
  readonly life: Life;
  readonly local: readonly Candidate[];
  readonly remote: readonly Candidate[];
  readonly gathering: Gathering;
  readonly pairs: readonly Pair[];
  readonly selected: Pair | null;
  readonly iceRole: string | null;
  readonly checks: Checks;
  /** Events that hold lines of Firefox's connection log; of a file with one connection also those that name none. */
  readonly logged: readonly EventOf<':unknown'>[];
  readonly readings: Readings;
  /** Every addIceCandidate with a candidate, and what came of it. */
  readonly given: readonly GivenCandidate[];
  /** In the order in which they were set; the last is in force. */
  readonly ownDescriptions: readonly HeldDescription[];
  readonly otherDescriptions: readonly HeldDescription[];
  /** Of its NAT, where that is simulated and maps by destination: one mapping of several of one socket. */
  readonly natEntry: NatEntry | null;
  /** The other end of the call, where its recording is here too. */
  readonly other: Case | null;
}

const NO_GATHERING: Gathering = { startedAt: null, completedAt: null, errors: [], generation: 0 };

/** `events` are those of the whole session, `facts` those at their end. */
export function caseOf(
  events: readonly SessionEvent[],
  facts: Facts,
  peer: PeerId,
  otherPeer?: PeerId,
): Case {
  const one = caseOfOne(events, facts, peer);
  return otherPeer === undefined ? one : { ...one, other: caseOfOne(events, facts, otherPeer) };
}

function caseOfOne(all: readonly SessionEvent[], facts: Facts, peer: PeerId): Case {
  const { of, session } = byPeer(all);
  const events = of.get(peer) ?? [];
  const known = peerIn(facts.peers, peer);
  const { local = [], remote = [], gathering = NO_GATHERING } = facts.candidates[peer] ?? {};
  const { pairs = [], selectedId = null, role = null } = facts.pairs[peer] ?? {};
  const readings = readingsOf(events);
  const checks = checksOf(pairs);
  const configuration = known && isTold(known.configuration) ? known.configuration : null;
  return {
    peer,
    events,
    startedAt: session?.value.startedAt ?? null,
    browser: known?.browser ?? '',
    endsAt: events.at(-1)?.at ?? 0,
    configuration,
    servers: serversOf(configuration),
    states: facts.states[peer],
    life: lifeOf(facts.states[peer], readings, checks),
    local,
    remote,
    gathering,
    pairs,
    selected: pairs.find(({ id }) => id === selectedId) ?? null,
    iceRole: role,
    checks,
    logged: loggedOf(facts.peers.length === 1 ? all : events, peer),
    readings,
    ...readPage(events),
    natEntry: mapsByDestination(facts.mappings.entries, peer) ?? null,
    other: null,
  };
}

const loggedOf = (events: readonly SessionEvent[], peer: PeerId): Case['logged'] =>
  events.filter(
    (event): event is EventOf<':unknown'> & SessionEvent =>
      event.type === ':unknown' &&
      event.value.method === 'connection-log' &&
      (event.peer === peer || event.peer === ''),
  );

/** Some formats say where the page is, and nothing of how it set up its connection. */
const isTold = (configuration: Configuration | null): configuration is Configuration =>
  configuration !== null && Object.keys(configuration).some((member) => member !== 'pageUrl');

const serversOf = (configuration: Configuration | null): readonly Server[] =>
  (configuration?.iceServers ?? []).flatMap(({ urls, username }) =>
    urls.map((url) => ({ url, username: username ?? null, read: parseServerUrl(url) })),
  );
