/** What getStats would say of an agent (webrtc-stats, sections 8.16 to 8.18), with the times that a simulator knows and no browser tells. */
import type { StatsReport, StatsReports } from '../session/event.ts';
import type { IceAgent } from './ice/agent.ts';
import type { LocalCandidate, RemoteCandidate } from './ice/candidate.ts';
import type { CheckPair } from './ice/checklist.ts';

export function statsOf(
  agent: IceAgent,
  dtls: { readonly state: string; readonly role: string },
  /** Milliseconds that an answer takes at most, where nothing holds it up. */
  roundTrip: number,
): StatsReports {
  const { selected } = agent;
  return {
    T01: {
      type: 'transport',
      iceRole: agent.isControlling ? 'controlling' : 'controlled',
      dtlsState: dtls.state,
      dtlsRole: dtls.role,
      bytesSent: agent.bytes.sent,
      bytesReceived: agent.bytes.received,
      ...(selected ? { selectedCandidatePairId: reportId(selected) } : {}),
    },
    ...Object.fromEntries(agent.locals.map((one) => [one.id, localReport(one, agent.own.ufrag)])),
    ...Object.fromEntries(
      agent.remotes.map((one) => [one.id, remoteReport(one, agent.theirs?.ufrag ?? null)]),
    ),
    ...Object.fromEntries(agent.checklist.pairs.map((pair) => [reportId(pair), pairReport(pair, roundTrip)])),
  };
}

const provenBy = ({ local, valid }: CheckPair): LocalCandidate => valid ?? local;

/** As in Chromium, a pair of another local candidate is another pair: the proven one follows the one that was checked. */
const reportId = (pair: CheckPair): string =>
  provenBy(pair) === pair.local ? pair.id : `${pair.id}-${provenBy(pair).id}`;

function localReport(candidate: LocalCandidate, ufrag: string): StatsReport {
  const { type, at, base, priority, foundation, related, url, relayProtocol } = candidate;
  return {
    type: 'local-candidate',
    candidateType: type,
    address: at.address,
    port: at.port,
    protocol: 'udp',
    priority,
    foundation,
    usernameFragment: ufrag,
    networkType: base.networkType,
    ...(related ? { relatedAddress: related.address, relatedPort: related.port } : {}),
    ...(url === null ? {} : { url }),
    ...(relayProtocol === null ? {} : { relayProtocol }),
  };
}

function remoteReport(
  { type, at, priority, foundation }: RemoteCandidate,
  ufrag: string | null,
): StatsReport {
  return {
    type: 'remote-candidate',
    candidateType: type,
    address: at.address,
    port: at.port,
    protocol: 'udp',
    priority,
    foundation,
    ...(ufrag === null ? {} : { usernameFragment: ufrag }),
  };
}

function pairReport(pair: CheckPair, roundTrip: number): StatsReport {
  const { remote, state, priority, isNominated, counts } = pair;
  return {
    type: 'candidate-pair',
    localCandidateId: provenBy(pair).id,
    remoteCandidateId: remote.id,
    state,
    priority: Number(priority),
    nominated: isNominated,
    requestsSent: counts.requestsSent,
    responsesReceived: counts.responsesReceived,
    requestsReceived: counts.requestsReceived,
    responsesSent: counts.responsesSent,
    ...(counts.roundTripTime === null ? {} : { currentRoundTripTime: counts.roundTripTime / 1000 }),
    ...(counts.askedAt === null ? {} : { askedAt: counts.askedAt, answerBy: counts.askedAt + roundTrip }),
    evidence: 'simulated',
  };
}
