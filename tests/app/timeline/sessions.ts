/** Small sessions written by hand: the connections of the drawn screens, event by event. */
import type { NewEvent, PeerId } from '../../../src/core/session/event.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import type { View } from '../../../src/core/projections/view.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

type Row = readonly [at: number, peer: PeerId, type: string, value?: unknown, correlation?: string];

const PORTS = { host: 50124, srflx: 51742, relay: 49170 } as const;

const candidate = (type: keyof typeof PORTS, port: number = PORTS[type]) => ({
  candidate: `candidate:1 1 udp 2113937151 ${type === 'host' ? '755164e4.local' : '203.0.113.24'} ${port} typ ${type}${type === 'host' ? '' : ' raddr 0.0.0.0 rport 0'} generation 0 ufrag abcd`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'abcd',
});

const sdp = (type: string) => ({ type, sdp: `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n` });

const call = (peer: PeerId, name: string, from: number, to: number, value: unknown = null): Row[] => [
  [from, peer, name, value, `${peer}-${name}-${from}`],
  [to, peer, `${name}OnSuccess`, name.startsWith('create') ? sdp('offer') : null, `${peer}-${name}-${from}`],
];

const label = (from: PeerId, kind: string, at: number, until: number, payload: unknown = null): Row[] => {
  const to = from === 'A' ? 'B' : 'A';
  const correlation = `${from}-${kind}-${at}`;
  const common = { kind, channel: 'in-page', bytes: 200, payload };
  return [
    [at, from, ':signal.sent', { ...common, to }, correlation],
    [until, to, ':signal.received', { ...common, from }, correlation],
  ];
};

const pairStats = (requests: number, responses: number, state: string, nominated = false) => ({
  T: { type: 'transport', selectedCandidatePairId: nominated ? 'P' : '', dtlsRole: 'client' },
  L: {
    type: 'local-candidate',
    candidateType: 'host',
    protocol: 'udp',
    port: 50124,
    address: '',
    priority: 2113937151,
  },
  R: {
    type: 'remote-candidate',
    candidateType: 'host',
    protocol: 'udp',
    port: 52630,
    address: '',
    priority: 2113937151,
  },
  P: {
    type: 'candidate-pair',
    localCandidateId: 'L',
    remoteCandidateId: 'R',
    state,
    nominated,
    requestsSent: requests,
    responsesReceived: responses,
    currentRoundTripTime: 0.0006,
  },
});

const begin: readonly Row[] = [
  [0, '', ':session', { kind: 'loopback', startedAt: 1_700_000_000_000 }],
  [0, 'A', ':peer', { place: 'this page' }],
  [0, 'B', ':peer', { place: 'this page' }],
  [0, 'A', 'create', {}],
  [0, 'B', 'create', {}],
];

const loopback: readonly Row[] = [
  ...begin,
  ...call('A', 'createOffer', 0, 3.3),
  ...call('A', 'setLocalDescription', 3.4, 9.9, sdp('offer')),
  [9.8, 'A', 'onsignalingstatechange', 'have-local-offer'],
  ...label('A', 'offer', 9.9, 10, sdp('offer')),
  ...call('B', 'setRemoteDescription', 10, 15.2, sdp('offer')),
  [11.8, 'A', 'onicegatheringstatechange', 'gathering'],
  [17, 'A', 'onicecandidate', candidate('host')],
  ...label('A', 'candidate', 17, 17.2, candidate('host')),
  ...call('B', 'createAnswer', 15.3, 18.2),
  ...call('B', 'setLocalDescription', 18.3, 25.6, sdp('answer')),
  [19.2, 'A', 'onicecandidate', candidate('srflx')],
  ...label('A', 'candidate', 19.2, 19.4, candidate('srflx')),
  ...label('B', 'answer', 25.7, 25.9, sdp('answer')),
  ...call('A', 'setRemoteDescription', 25.9, 34.3, sdp('answer')),
  [33.5, 'B', 'onicegatheringstatechange', 'gathering'],
  [44.8, 'B', 'onicecandidate', candidate('host', 52630)],
  ...label('B', 'candidate', 44.8, 45, candidate('host', 52630)),
  [45.2, 'A', 'getStats', pairStats(0, 0, 'waiting')],
  [45.4, 'A', 'oniceconnectionstatechange', 'checking'],
  [45.9, 'A', 'getStats', pairStats(1, 1, 'succeeded')],
  [46, 'A', ':dtls.state', 'connecting'],
  [46.1, 'B', ':dtls.state', 'connecting'],
  [46.4, 'A', 'getStats', pairStats(2, 2, 'succeeded', true)],
  [46.5, 'A', 'oniceconnectionstatechange', 'connected'],
  [47, 'A', ':dtls.state', 'connected'],
  [47.3, 'B', ':dtls.state', 'connected'],
  [47.5, 'A', ':datachannel.state', { label: 'data', state: 'open' }],
  [47.6, 'B', ':datachannel.state', { label: 'data', state: 'open' }],
  [47.7, 'B', 'onicegatheringstatechange', 'complete'],
  [48, 'A', 'onicegatheringstatechange', 'complete'],
];

const hello: readonly Row[] = [
  [8302.1, 'A', ':data.sent', { label: 'data', number: 1, bytes: 2, text: 'hi' }],
  [8302.6, 'B', ':data.received', { label: 'data', number: 1, bytes: 2, text: 'hi' }],
];

const refused: readonly Row[] = [
  ...begin,
  ...call('A', 'createOffer', 0, 3.3),
  ...call('A', 'setLocalDescription', 4120, 4127, sdp('offer')),
  [4128, 'A', 'onicegatheringstatechange', 'gathering'],
  [4131, 'A', 'onicecandidate', candidate('host')],
  [4134, 'A', 'onicecandidate', candidate('srflx')],
  [4148, 'A', 'onicecandidate', candidate('relay')],
  [4150, 'A', 'onicegatheringstatechange', 'complete'],
  ...label('A', 'offer', 9602, 9605, sdp('offer')),
  ...label('A', 'candidate', 9603, 9606, candidate('host')),
  ...label('A', 'candidate', 9604, 9607, candidate('srflx')),
  ...label('A', 'candidate', 9605, 9608, candidate('relay')),
  ...call('B', 'setRemoteDescription', 12_310, 12_316, sdp('offer')),
  [17_900, 'B', 'setLocalDescription', sdp('offer'), 'x'],
  [
    17_902,
    'B',
    'setLocalDescriptionOnFailure',
    'InvalidStateError: Called in wrong state: have-remote-offer',
    'x',
  ],
];

export const SESSIONS = {
  empty: [],
  loopback,
  finished: [...loopback, ...hello],
  refused,
  oneSided: loopback.filter(([, peer]) => peer !== 'B'),
} satisfies Record<string, readonly Row[]>;

export function logOf(rows: readonly Row[]): SessionLog {
  const log = new SessionLog();
  // Each peer's own trace comes in order of time.
  for (const [at, peer, type, value = null, correlation] of [...rows].sort((a, b) => a[0] - b[0]))
    log.append({ at, peer, type, value, ...(correlation ? { correlation } : {}) } as NewEvent);
  return log;
}

export function viewOf(log: SessionLog, time = log.duration): View {
  const projector = new Projector(log);
  const index = log.indexAt(time);
  const whole = projector.at(log.events.length);
  return { facts: projector.at(index), whole, time, index, events: log.events, live: false };
}
