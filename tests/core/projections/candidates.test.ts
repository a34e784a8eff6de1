/** A candidate is read the same way by Inspect (core/sdp) and by every diagram, which read the facts. */
import { expect, it } from 'vitest';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import { readCandidate } from '../../../src/core/projections/candidates.ts';
import { parseCandidate } from '../../../src/core/sdp/candidate.ts';
import { CANDIDATE_TYPES } from '../../../src/core/sdp/priority.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';

const LINES = [
  'candidate:7 1 ssltcp 2105458942 198.51.100.23 443 typ host generation 0',
  'candidate:7 1 UDP 2122260223 192.0.2.44 51000 TYP host generation 0',
  'a=candidate:9  1 udp  1686052607 203.0.113.9 61000  typ srflx raddr 10.1.2.3  rport 61000 ufrag Zz9x',
  'candidate:3 1 TCP 1518280447 2001:db8::7 9 typ host tcptype active',
];

it.each(LINES)('%s', (line) => {
  const inspected = parseCandidate(line)!;
  const event = { id: 'B:0', at: 1, peer: 'B', type: 'addIceCandidate', value: { candidate: line } };
  const [known] = reduce(NO_FACTS, event as SessionEvent).candidates['B']?.remote ?? [];
  expect(known).toMatchObject({
    type: inspected.type,
    protocol: inspected.transport,
    address: inspected.address,
    port: inspected.port,
    priority: inspected.priority,
    relatedAddress: inspected.relatedAddress ?? null,
    tcpType: inspected.tcpType ?? null,
  });
});

it('keeps the transport that is written', () => {
  expect(LINES.map((line) => readCandidate(line)?.protocol)).toEqual(['ssltcp', 'udp', 'udp', 'tcp']);
  expect(readCandidate(LINES[2]!)).toMatchObject({
    relatedAddress: '10.1.2.3',
    relatedPort: 61000,
    ufrag: 'Zz9x',
  });
});

it('knows the four types of RFC 8839, section 5.1, and no other', () => {
  for (const type of CANDIDATE_TYPES)
    expect(readCandidate(`candidate:1 1 udp 1 192.0.2.1 9 typ ${type}`)?.type).toBe(type);
  expect(readCandidate('candidate:1 1 udp 1 192.0.2.1 9 typ token')).toBeNull();
});
