/**
 * The statistics that Chromium had before those of W3C, removed in version 122: `Conn-audio-1-0` is a pair, `Cand-…` a
 * candidate, all values are text. What the two have in common is given the names of webrtc-stats; the rest stays.
 */

type Members = Readonly<Record<string, unknown>>;

const TYPES: ReadonlyMap<string, string> = new Map([
  ['local', 'host'],
  ['host', 'host'],
  ['stun', 'srflx'],
  ['serverreflexive', 'srflx'],
  ['prflx', 'prflx'],
  ['peerreflexive', 'prflx'],
  ['relay', 'relay'],
  ['relayed', 'relay'],
]);

const COUNTERS = [
  'requestsSent',
  'responsesReceived',
  'requestsReceived',
  'responsesSent',
  'consentRequestsSent',
  'bytesSent',
  'bytesReceived',
] as const;

export function legacyReport(id: string, members: Members): Members {
  if (id.startsWith('Conn-')) return pairOf(members);
  if (id.startsWith('Cand-')) return candidateOf(members);
  return members;
}

function pairOf(members: Members): Members {
  const counters = COUNTERS.filter((name) => members[name] !== undefined).map((name) => [
    name,
    numberOf(members[name]),
  ]);
  const rtt = numberOf(members['googRtt']);
  return {
    ...members,
    ...Object.fromEntries(counters),
    type: 'candidate-pair',
    selected: members['googActiveConnection'] === 'true',
    ...(stateOf(members) === undefined ? {} : { state: stateOf(members) }),
    ...(rtt === undefined ? {} : { currentRoundTripTime: rtt / 1000 }),
  };
}

/** A pair that can be written to has had an answer to a check, which is what `succeeded` means (RFC 8445, section 7.2.5.3). */
function stateOf(members: Members): string | undefined {
  if (members['googWritable'] === 'true') return 'succeeded';
  return Number(members['requestsSent']) > 0 ? 'in-progress' : undefined;
}

function candidateOf(members: Members): Members {
  const isRemote = /remote/i.test(String(members['type']));
  const transport = members['transport'] ?? members['protocol'];
  return {
    ...members,
    type: isRemote ? 'remote-candidate' : 'local-candidate',
    address: members['ipAddress'],
    port: numberOf(members['portNumber']),
    priority: numberOf(members['priority']),
    candidateType: TYPES.get(String(members['candidateType'])) ?? members['candidateType'],
    ...(transport === undefined ? {} : { protocol: transport }),
  };
}

const numberOf = (value: unknown): number | undefined =>
  value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
