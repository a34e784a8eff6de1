/** What a test of servers does next, by what it was told so far. */
import { parseCandidate } from '../../sdp/candidate.ts';
import { formatTransportAddress } from '../../base/address.ts';
import { parseServerUrl } from '../server-url.ts';
import type { Reported, ReportedCandidate } from './evidence.ts';

export const hasRelay = (candidates: readonly ReportedCandidate[]): boolean =>
  candidates.some(({ candidate }) => parseCandidate(candidate)?.type === 'relay');

/** More would only cost time. */
const ENOUGH = 3;

/**
 * STUN URLs of servers on different hosts or ports that answered over UDP: a TURN server is a STUN server too (RFC 8656,
 * section 3). Different hosts first, since they say more.
 */
export function mappingServers(told: readonly Reported[]): readonly string[] {
  const answered = told.flatMap(({ url, candidates }) => {
    const read = parseServerUrl(url);
    const told = candidates.some(({ candidate }) => parseCandidate(candidate)?.type === 'srflx');
    return read?.way === 'UDP' && told ? [read] : [];
  });
  const hosts = new Set<string>();
  const [others, same]: [typeof answered, typeof answered] = [[], []];
  for (const read of answered) {
    (hosts.has(read.host) ? same : others).push(read);
    hosts.add(read.host);
  }
  const urls = [...others, ...same].map(
    ({ host, port }) => `stun:${formatTransportAddress({ address: host, port })}`,
  );
  return [...new Set(urls)].slice(0, ENOUGH);
}
