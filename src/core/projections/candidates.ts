import { append, noneNamed, put, replace } from '../base/in-place.ts';
import { parseCandidate } from '../sdp/candidate.ts';
import { type CandidateType, isCandidateType } from '../sdp/priority.ts';
import type { CandidateError, EventOf, SessionEvent, StatsReport } from '../session/event.ts';
import {
  carryPlaces,
  hasStatsId,
  isKnown,
  placeOfEarly,
  placeOfTold,
  type Told,
} from './candidate-places.ts';
import type { ByPeer, Projection } from './projection.ts';

/** An ICE candidate (RFC 8445, section 5.3) as one peer knows it. */
export interface Candidate {
  /** The same at both ends, and what a selection names: `host/udp/10.0.0.7/50124`. */
  readonly key: string;
  readonly side: 'local' | 'remote';
  readonly type: CandidateType;
  /** Lower case, as it is written: `udp`, `tcp`, `ssltcp`. */
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly priority: number;
  readonly foundation: string;
  readonly component: number;
  readonly relatedAddress: string | null;
  readonly relatedPort: number | null;
  readonly tcpType: string | null;
  readonly ufrag: string | null;
  readonly mid: string | null;
  /** STUN or TURN server that told it. */
  readonly url: string | null;
  readonly relayProtocol: string | null;
  /** `wifi`, `ethernet`: where the browser tells it. */
  readonly networkType: string | null;
  /** `IPv4` or `IPv6`, once known: an mDNS name hides it. */
  readonly family: 'IPv4' | 'IPv6' | null;
  readonly at: number;
  readonly event: string;
  /** The id that getStats gives it. */
  readonly statsId: string | null;
}

export interface Gathering {
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly errors: readonly (CandidateError & { readonly at: number; readonly event: string })[];
  /** 1, and one more with each time that gathering began again. */
  readonly generation: number;
}

export interface PeerCandidates {
  readonly local: readonly Candidate[];
  readonly remote: readonly Candidate[];
  readonly gathering: Gathering;
}

/** What each peer gathered, what it was told of the other, and what gathering cost. */
export const candidates: Projection<ByPeer<PeerCandidates>> = {
  id: 'candidates',
  initial: noneNamed(),
  reduce(facts, event) {
    switch (event.type) {
      case 'onicecandidate':
        return event.value?.candidate ? add(facts, event, 'local', event.value.candidate) : facts;
      case 'addIceCandidate':
        return event.value?.candidate ? add(facts, event, 'remote', event.value.candidate) : facts;
      case 'setRemoteDescription':
        return addFromDescription(facts, event);
      case 'onicegatheringstatechange':
        return gather(facts, event);
      case 'onicecandidateerror':
        return fault(facts, event);
      case 'getStats':
        return enrich(facts, event);
      default:
        return facts;
    }
  },
};

const none: PeerCandidates = {
  local: [],
  remote: [],
  gathering: { startedAt: null, completedAt: null, errors: [], generation: 0 },
};

const ofPeer = (facts: ByPeer<PeerCandidates>, peer: string): PeerCandidates => facts[peer] ?? none;

type Parsed = Omit<
  Candidate,
  'side' | 'mid' | 'url' | 'relayProtocol' | 'networkType' | 'at' | 'event' | 'statsId' | 'key'
>;

/** Reads a candidate line, `candidate:…` with or without `a=`, as Inspect does; null when it is not one of a known type. */
export function readCandidate(line: string): Parsed | null {
  const read = parseCandidate(line);
  if (!read || !isCandidateType(read.type) || !read.foundation || !read.address) return null;
  const { type, transport, address, port, priority, foundation, component, extensions } = read;
  return {
    type,
    protocol: transport,
    address,
    port,
    priority,
    foundation,
    component,
    relatedAddress: read.relatedAddress ?? null,
    relatedPort: read.relatedPort ?? null,
    tcpType: read.tcpType ?? null,
    ufrag: extensions.find(({ name }) => name === 'ufrag')?.value ?? null,
    family: familyOf(address),
  };
}

export function familyOf(address: string): 'IPv4' | 'IPv6' | null {
  if (address.includes(':')) return 'IPv6';
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(address) ? 'IPv4' : null;
}

export const candidateKey = (
  candidate: Pick<Candidate, 'type' | 'protocol' | 'address' | 'port' | 'tcpType'>,
): string =>
  `${candidate.type}/${candidate.tcpType === 'active' ? 'tcp-active' : candidate.protocol}/${candidate.address}/${candidate.port}`;

type Source = Partial<Pick<Candidate, 'mid' | 'url' | 'relayProtocol' | 'ufrag'>>;

function add(
  facts: ByPeer<PeerCandidates>,
  event: EventOf<'onicecandidate'> | EventOf<'addIceCandidate'>,
  side: 'local' | 'remote',
  line: string,
): ByPeer<PeerCandidates> {
  const init = event.value!;
  const gathered = event.type === 'onicecandidate' ? event.value! : null;
  return addLine(facts, event, side, line, {
    mid: init.sdpMid ?? null,
    url: gathered?.url ?? null,
    relayProtocol: gathered?.relayProtocol ?? null,
    ufrag: init.usernameFragment ?? null,
  });
}

function addLine(
  facts: ByPeer<PeerCandidates>,
  event: SessionEvent,
  side: 'local' | 'remote',
  line: string,
  source: Source,
): ByPeer<PeerCandidates> {
  const parsed = readCandidate(line);
  if (!parsed) return facts;
  const key = candidateKey(parsed);
  const peer = ofPeer(facts, event.peer);
  const list = peer[side];
  const ufrag = parsed.ufrag ?? source.ufrag ?? null;
  if (isKnown(list, { key, ufrag })) return facts;
  // getStats may have told of it first, without its address.
  const early = placeOfEarly(list, parsed);
  const candidate: Candidate = {
    ...parsed,
    key,
    side,
    ufrag,
    mid: source.mid ?? null,
    url: source.url || null,
    relayProtocol: source.relayProtocol || null,
    networkType: list[early]?.networkType ?? null,
    at: event.at,
    event: event.id,
    statsId: list[early]?.statsId ?? null,
  };
  return put(facts, event.peer, { ...peer, [side]: withCandidate(list, early, candidate) });
}

/** In the place of what stands there, or behind all. */
const withCandidate = (
  list: readonly Candidate[],
  place: number,
  candidate: Candidate,
): readonly Candidate[] =>
  place < 0
    ? carryPlaces(list, append(list, candidate), null)
    : carryPlaces(list, replace(list, place, candidate), place);

/** Without trickle the candidates come inside the description. */
function addFromDescription(
  facts: ByPeer<PeerCandidates>,
  event: EventOf<'setRemoteDescription'>,
): ByPeer<PeerCandidates> {
  const lines = event.value.sdp?.match(/^a=candidate:.*$/gm) ?? [];
  return lines.reduce((all, line) => addLine(all, event, 'remote', line.trim(), {}), facts);
}

function gather(
  facts: ByPeer<PeerCandidates>,
  event: EventOf<'onicegatheringstatechange'>,
): ByPeer<PeerCandidates> {
  const { generation } = ofPeer(facts, event.peer).gathering;
  if (event.value === 'gathering')
    return gathered(facts, event, { startedAt: event.at, completedAt: null, generation: generation + 1 });
  return event.value === 'complete' ? gathered(facts, event, { completedAt: event.at }) : facts;
}

function fault(facts: ByPeer<PeerCandidates>, event: EventOf<'onicecandidateerror'>): ByPeer<PeerCandidates> {
  const { errors } = ofPeer(facts, event.peer).gathering;
  return gathered(facts, event, {
    errors: append(errors, { ...event.value, at: event.at, event: event.id }),
  });
}

function gathered(
  facts: ByPeer<PeerCandidates>,
  { peer }: SessionEvent,
  change: Partial<Gathering>,
): ByPeer<PeerCandidates> {
  const known = ofPeer(facts, peer);
  return put(facts, peer, { ...known, gathering: { ...known.gathering, ...change } });
}

/** getStats knows candidates that no event named (peer reflexive), and tells the network and the address's family. */
function enrich(facts: ByPeer<PeerCandidates>, event: EventOf<'getStats'>): ByPeer<PeerCandidates> {
  let peer = ofPeer(facts, event.peer);
  for (const [id, report] of Object.entries(event.value)) {
    if (report.type === 'local-candidate') peer = enrichSide(peer, 'local', id, report, event);
    if (report.type === 'remote-candidate') peer = enrichSide(peer, 'remote', id, report, event);
  }
  return peer === ofPeer(facts, event.peer) ? facts : put(facts, event.peer, peer);
}

function enrichSide(
  peer: PeerCandidates,
  side: 'local' | 'remote',
  statsId: string,
  report: StatsReport,
  event: EventOf<'getStats'>,
): PeerCandidates {
  const list = peer[side];
  if (hasStatsId(list, statsId)) return peer;
  const place = placeOfTold(list, toldBy(report));
  const before = list[place];
  if (before) {
    const networkType = textOf(report['networkType']);
    const family = before.family ?? familyOf(textOf(report['address']) ?? '');
    return { ...peer, [side]: withCandidate(list, place, { ...before, statsId, networkType, family }) };
  }
  const found = fromStats(side, statsId, report, event);
  return found ? { ...peer, [side]: withCandidate(list, -1, found) } : peer;
}

/** An mDNS name has no address in getStats, so port, protocol, type and priority say who it is. */
const toldBy = (report: StatsReport): Told => ({
  type: textOf(report['candidateType']) ?? '',
  protocol: String(report['protocol']).toLowerCase(),
  port: report['port'],
  address: textOf(report['address']),
  priority: report['priority'] || null,
  ufrag: textOf(report['usernameFragment']),
});

function fromStats(
  side: 'local' | 'remote',
  statsId: string,
  report: StatsReport,
  event: EventOf<'getStats'>,
): Candidate | null {
  const type = textOf(report['candidateType']);
  if (!isCandidateType(type)) return null;
  const address = textOf(report['address']) ?? '';
  const partial = {
    type,
    protocol: String(report['protocol'] ?? 'udp').toLowerCase(),
    address,
    port: Number(report['port'] ?? 0),
    tcpType: textOf(report['tcpType']),
  };
  return {
    ...partial,
    key: candidateKey(address ? partial : { ...partial, address: `hidden-${statsId}` }),
    side,
    priority: Number(report['priority'] ?? 0),
    foundation: textOf(report['foundation']) ?? '',
    component: 1,
    relatedAddress: textOf(report['relatedAddress']),
    relatedPort: typeof report['relatedPort'] === 'number' ? report['relatedPort'] : null,
    ufrag: textOf(report['usernameFragment']),
    mid: null,
    url: textOf(report['url']),
    relayProtocol: textOf(report['relayProtocol']),
    networkType: textOf(report['networkType']),
    family: familyOf(address),
    at: event.at,
    event: event.id,
    statsId,
  };
}

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
