/** Gathering behind NATs with STUN and TURN, which no recording on one machine holds. */
import type { StatsReports } from '../../../src/core/session/event.ts';
import type { Line } from '../ladder/stories.ts';

const STUN = 'stun:198.51.100.1:3478';
const TURN = 'turn:198.51.100.2:3478?transport=udp';

const found = (candidate: string, url: string | null = null) => ({
  candidate: `candidate:${candidate}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  url,
});

/** A tells its addresses; B hides its own behind mDNS names. Times as in the design's drawing of Gathering. */
export const NATS: readonly Line[] = [
  [0, '', ':session', { kind: 'loopback', startedAt: 1_700_000_000_000 }],
  [0, 'A', ':peer', { place: 'this page', browser: 'Chromium 156' }],
  [0, 'B', ':peer', { place: 'this page', browser: 'Firefox 153' }],
  [0.5, 'A', 'create', {}],
  [0.6, 'B', 'create', {}],
  [10, 'A', 'onicegatheringstatechange', 'gathering'],
  [11, 'A', 'onicecandidate', found('1 1 udp 2122260223 192.168.1.23 50124 typ host')],
  [11.4, 'A', 'onicecandidate', found('2 1 udp 2122194687 2001:db8::23 50126 typ host')],
  [
    13.2,
    'A',
    'onicecandidate',
    found('3 1 udp 1686052607 203.0.113.24 51742 typ srflx raddr 192.168.1.23 rport 50124', STUN),
  ],
  [
    15,
    'A',
    'onicecandidate',
    found('4 1 udp 41885439 198.51.100.2 49170 typ relay raddr 203.0.113.24 rport 51742', TURN),
  ],
  [
    16,
    'A',
    'onicecandidateerror',
    {
      url: STUN,
      address: '2001:db8::23',
      port: 50126,
      errorCode: 701,
      errorText: 'STUN host lookup received error.',
    },
  ],
  [20, 'B', 'onicegatheringstatechange', 'gathering'],
  [
    20.5,
    'B',
    'onicecandidate',
    found('1 1 udp 2113937151 9b36eaac-0000-4000-8000-000000000000.local 61023 typ host'),
  ],
  [
    20.9,
    'B',
    'onicecandidate',
    found('2 1 udp 2113942271 d27c01fe-0000-4000-8000-000000000000.local 61024 typ host'),
  ],
  [
    22.4,
    'B',
    'onicecandidate',
    found('3 1 udp 1677729535 192.0.2.61 62031 typ srflx raddr 0.0.0.0 rport 0', STUN),
  ],
  [
    24.9,
    'B',
    'onicecandidate',
    found('4 1 udp 50339839 198.51.100.2 49172 typ relay raddr 0.0.0.0 rport 0', TURN),
  ],
  [30.2, 'B', 'onicegatheringstatechange', 'complete'],
  [33, 'A', 'onicegatheringstatechange', 'complete'],
];

/** What getStats would say of A and B in a row of states, the relay pair failing, another one cancelled. */
export const CHECKS: readonly Line[] = [
  ...NATS,
  [34, 'A', 'oniceconnectionstatechange', 'checking'],
  [40, 'A', 'getStats', reading({ host: 'in-progress', relay: 'waiting', other: 'frozen' }, 1, 0)],
  [90, 'A', 'getStats', reading({ host: 'succeeded', relay: 'failed', other: 'cancelled' }, 3, 1)],
  [95, 'A', 'getStats', reading({ host: 'succeeded', relay: 'failed', other: 'cancelled' }, 3, 1, true)],
  [400, 'A', 'oniceconnectionstatechange', 'connected'],
];

function reading(
  states: Readonly<Record<'host' | 'relay' | 'other', string>>,
  requestsSent: number,
  responsesReceived: number,
  nominated = false,
): StatsReports {
  const local = (candidateType: string, address: string, port: number, priority: number) => ({
    type: 'local-candidate',
    ...{ candidateType, address, port, priority, protocol: 'udp', networkType: 'wifi' },
  });
  const remote = (port: number, priority: number) => ({
    type: 'remote-candidate',
    ...{ candidateType: 'srflx', address: '192.0.2.61', port, priority, protocol: 'udp' },
  });
  const pair = (localCandidateId: string, remoteCandidateId: string, priority: number, state: string) => ({
    type: 'candidate-pair',
    ...{ localCandidateId, remoteCandidateId, priority, state, nominated: false },
  });
  return {
    T: { type: 'transport', iceRole: 'controlling', ...(nominated ? { selectedCandidatePairId: 'P1' } : {}) },
    L1: local('host', '192.168.1.23', 50124, 2122260223),
    L2: local('relay', '198.51.100.2', 49170, 41885439),
    R1: remote(62031, 1677729535),
    R2: remote(62040, 1677729534),
    P1: { ...pair('L1', 'R1', 7205793490000000000, states.host), requestsSent, responsesReceived, nominated },
    P2: { ...pair('L2', 'R1', 179896590000000000, states.relay), requestsSent: 2 },
    P3: pair('L1', 'R2', 0, states.other),
  };
}
