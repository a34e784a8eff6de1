import { expect, test } from 'vitest';
import {
  candidatePriority,
  pairPriority,
  priorityParts,
  typeOfPreference,
} from '../../../src/core/sdp/priority.ts';
import { describePriority, parseCandidate } from '../../../src/core/sdp/candidate.ts';

test('a candidate as data', () => {
  expect(
    parseCandidate(
      'a=candidate:7 1 TCP 5 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport 5000 tcptype active x y',
    ),
  ).toEqual({
    foundation: '7',
    component: 1,
    transport: 'tcp',
    priority: 5,
    address: '192.0.2.1',
    port: 9,
    type: 'srflx',
    relatedAddress: '10.0.0.1',
    relatedPort: 5000,
    tcpType: 'active',
    extensions: [
      { name: 'raddr', value: '10.0.0.1' },
      { name: 'rport', value: '5000' },
      { name: 'tcptype', value: 'active' },
      { name: 'x', value: 'y' },
    ],
  });
  expect(parseCandidate('candidate:1 1 udp')).toBeUndefined();
});

test('the recommended formula, both ways', () => {
  const parts = { typePreference: 126, localPreference: 32542, component: 1 };
  expect(candidatePriority(parts)).toBe(2122260223);
  expect(priorityParts(2122260223)).toEqual(parts);
  expect(describePriority(2122260223)).toBe(
    'type preference 126 (host), local preference 32542, component 1',
  );
  expect(typeOfPreference(100)).toBe('srflx');
});

test('a pair priority needs more than 53 bits', () => {
  expect(pairPriority(2130706431, 1694498815)).toBe(2n ** 32n * 1694498815n + 2n * 2130706431n + 1n);
});
