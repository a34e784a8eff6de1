/** Small sessions written by hand, for what no recorded session shows: NATs, relays, failures, one end only. */
import { Projector } from '../../../src/core/projections/index.ts';
import type { View } from '../../../src/core/projections/view.ts';
import type { EventType, EventValues, NewEvent, StatsReports } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

/** `at`, `peer`, `type`, `value`, `correlation`. */
type Row = { [T in EventType]: readonly [number, string, T, EventValues[T], string?] }[EventType];

function session(rows: readonly Row[]): SessionLog {
  const log = new SessionLog();
  for (const [at, peer, type, value, correlation] of rows) {
    log.append({ at, peer, type, value, ...(correlation ? { correlation } : {}) } as NewEvent);
  }
  return log;
}

/** Each event, and a moment between it and the next: things fly there. */
export function momentsOf(log: SessionLog): View[] {
  const projector = new Projector(log);
  const events = log.events;
  const whole = projector.at(events.length);
  return [...Array(events.length + 1).keys()].flatMap((index) => {
    const time = events[index - 1]?.at ?? 0;
    const view: View = { facts: projector.at(index), whole, time, index, events, live: false };
    const next = events[index]?.at ?? time;
    return next > time ? [view, { ...view, time: (time + next) / 2 }] : [view];
  });
}

/** The session at a time, or after its `index`-th event. */
export function viewOf(log: SessionLog, at: { readonly time: number } | { readonly index: number }): View {
  const projector = new Projector(log);
  const events = log.events;
  const index = 'index' in at ? at.index : log.indexAt(at.time);
  const time = 'time' in at ? at.time : (events[index - 1]?.at ?? 0);
  return { facts: projector.at(index), whole: projector.at(events.length), time, index, events, live: false };
}

interface Address {
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly address: string;
  readonly port: number;
  readonly protocol?: 'udp' | 'tcp';
  readonly related?: readonly [string, number];
}

const PRIORITY = { host: 2113937151, prflx: 1845501695, srflx: 1677729535, relay: 33562367 } as const;

/** A candidate line (RFC 8839, section 5.1). */
function line({ type, address, port, protocol = 'udp', related }: Address, ufrag: string): string {
  const end = related ? ` raddr ${related[0]} rport ${related[1]}` : '';
  const tcp = protocol === 'tcp' ? ' tcptype active' : '';
  return `candidate:1 1 ${protocol} ${PRIORITY[type]} ${address} ${port} typ ${type}${end}${tcp} ufrag ${ufrag}`;
}

const candidate = (at: Address, ufrag: string, url?: string): EventValues['onicecandidate'] => ({
  candidate: line(at, ufrag),
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: ufrag,
  ...(url ? { url } : {}),
});

interface PairReport {
  readonly local: Address;
  readonly remote: Address;
  readonly state: string;
  readonly sent?: number;
  readonly answered?: number;
  readonly selected?: boolean;
}

const idOf = (side: string, { type, port }: Address): string => `${side}-${type}-${port}`;

/** What getStats of one end tells of its pairs (webrtc-stats). */
function readings(pairs: readonly PairReport[], ufrags: readonly [string, string]): StatsReports {
  const reports: Record<string, StatsReports[string]> = {};
  for (const { local, remote, state, sent = 0, answered = 0, selected } of pairs) {
    const [localId, remoteId] = [idOf('L', local), idOf('R', remote)];
    const id = `CP-${localId}-${remoteId}`;
    reports[localId] = candidateReport('local-candidate', local, ufrags[0]);
    reports[remoteId] = candidateReport('remote-candidate', remote, ufrags[1]);
    reports[id] = {
      type: 'candidate-pair',
      localCandidateId: localId,
      remoteCandidateId: remoteId,
      state,
      priority: PRIORITY[local.type] * 2 ** 20 + PRIORITY[remote.type],
      nominated: selected === true,
      requestsSent: sent,
      responsesReceived: answered,
    };
    if (selected) reports['T1'] = { type: 'transport', selectedCandidatePairId: id, iceRole: 'controlling' };
  }
  return reports;
}

const candidateReport = (
  type: string,
  { type: candidateType, address, port, protocol = 'udp' }: Address,
  ufrag: string,
) => ({
  type,
  candidateType,
  address: address.endsWith('.local') ? '' : address,
  port,
  protocol,
  priority: PRIORITY[candidateType],
  usernameFragment: ufrag,
});

const STUN = 'stun:198.51.100.10:3478';
const TURN = 'turn:198.51.100.20:3478?transport=udp';
const servers = { iceServers: [{ urls: [STUN] }, { urls: [TURN], username: 'u' }] };

const aHost: Address = { type: 'host', address: '755164e4-0000-4000-8000-000000000001.local', port: 50124 };
const aHost6: Address = { type: 'host', address: '2001:db8::a', port: 50126 };
const aOuter: Address = { type: 'srflx', address: '203.0.113.24', port: 51742, related: ['0.0.0.0', 0] };
const aRelay: Address = {
  type: 'relay',
  address: '198.51.100.20',
  port: 49172,
  related: ['203.0.113.24', 51742],
};
const bHost: Address = { type: 'host', address: '10.0.0.7', port: 61023 };
const bHost6: Address = { type: 'host', address: '2001:db8:1::b', port: 61024 };
const bOuter: Address = { type: 'srflx', address: '192.0.2.61', port: 62031, related: ['10.0.0.7', 61023] };
const bRelay: Address = {
  type: 'relay',
  address: '198.51.100.20',
  port: 49170,
  related: ['192.0.2.61', 62031],
};

const opening = (config: EventValues['create'] = {}, places = ['this page', 'the other device']): Row[] => [
  [0, '', ':session', { kind: 'imported', startedAt: 0 }],
  [0.1, 'A', ':peer', { place: places[0]!, browser: 'Chromium' }],
  [0.1, 'A', 'create', config],
  [0.2, 'B', ':peer', { place: places[1]!, browser: 'Firefox' }],
  [0.2, 'B', 'create', config],
  [1, 'A', 'createOffer', null],
  [3, 'A', 'onsignalingstatechange', 'have-local-offer'],
  [
    3.5,
    'A',
    ':signal.sent',
    { to: 'B', kind: 'offer', channel: 'websocket', bytes: 517, payload: { type: 'offer', sdp: 'v=0\r\n' } },
    's1',
  ],
  [
    5.5,
    'B',
    ':signal.received',
    {
      from: 'A',
      kind: 'offer',
      channel: 'websocket',
      bytes: 517,
      payload: { type: 'offer', sdp: 'v=0\r\n' },
    },
    's1',
  ],
  [6, 'B', 'onsignalingstatechange', 'have-remote-offer'],
];

function tell(at: number, from: string, to: string, address: Address, url?: string): Row[] {
  const ufrag = from === 'A' ? 'aaaa' : 'bbbb';
  const init = candidate(address, ufrag, url)!;
  const signal = { kind: 'candidate' as const, channel: 'websocket', bytes: 209, payload: init };
  const id = `c${from}${address.port}`;
  return [
    [at, from, 'onicecandidate', init],
    [at + 0.1, from, ':signal.sent', { ...signal, to }, id],
    [at + 2, to, ':signal.received', { ...signal, from }, id],
    [at + 2, to, 'addIceCandidate', init],
  ];
}

const gathering: Row[] = [
  [7, 'A', 'onicegatheringstatechange', 'gathering'],
  ...tell(8, 'A', 'B', aHost),
  ...tell(8.4, 'A', 'B', aHost6),
  ...tell(11, 'A', 'B', aOuter, STUN),
  ...tell(14, 'A', 'B', aRelay, TURN),
  [9, 'B', 'onicegatheringstatechange', 'gathering'],
  ...tell(10, 'B', 'A', bHost),
  ...tell(10.3, 'B', 'A', bHost6),
  ...tell(12, 'B', 'A', bOuter, STUN),
  ...tell(15, 'B', 'A', bRelay, TURN),
];

const both: readonly [string, string] = ['aaaa', 'bbbb'];
const back: readonly [string, string] = ['bbbb', 'aaaa'];

/** Behind two NATs: the reflexive addresses win, IPv6 fails, a way through TURN is tried. */
const throughDoors = session([
  ...opening(servers),
  ...gathering,
  [18, 'A', 'oniceconnectionstatechange', 'checking'],
  [18, 'B', 'oniceconnectionstatechange', 'checking'],
  [
    20,
    'A',
    'getStats',
    readings(
      [
        { local: aHost6, remote: bHost6, state: 'in-progress', sent: 1 },
        { local: aOuter, remote: bOuter, state: 'waiting' },
        { local: aHost, remote: bRelay, state: 'waiting' },
        { local: aRelay, remote: bRelay, state: 'waiting' },
        { local: aRelay, remote: bOuter, state: 'waiting' },
      ],
      both,
    ),
  ],
  [
    32,
    'A',
    'getStats',
    readings(
      [
        { local: aHost6, remote: bHost6, state: 'failed', sent: 4 },
        { local: aOuter, remote: bOuter, state: 'in-progress', sent: 1, answered: 1 },
        { local: aHost, remote: bRelay, state: 'in-progress', sent: 2 },
        { local: aRelay, remote: bRelay, state: 'in-progress', sent: 1, answered: 1 },
        { local: aRelay, remote: bOuter, state: 'in-progress', sent: 1, answered: 1 },
      ],
      both,
    ),
  ],
  [
    33,
    'B',
    'getStats',
    readings([{ local: bOuter, remote: aOuter, state: 'succeeded', sent: 1, answered: 1 }], back),
  ],
  [34, 'A', 'oniceconnectionstatechange', 'connected'],
  [
    34.1,
    'A',
    'getStats',
    readings(
      [{ local: aOuter, remote: bOuter, state: 'succeeded', sent: 1, answered: 1, selected: true }],
      both,
    ),
  ],
  [35, 'B', 'oniceconnectionstatechange', 'connected'],
  [36, 'A', ':dtls.state', 'connecting'],
  [40, 'A', ':dtls.state', 'connected'],
  [40, 'B', ':dtls.state', 'connected'],
  [40.2, 'A', 'onconnectionstatechange', 'connected'],
  [40.3, 'B', 'onconnectionstatechange', 'connected'],
  [50, 'A', ':data.sent', { label: 'chat', number: 1, bytes: 2, text: 'hi' }],
  [54, 'B', ':data.received', { label: 'chat', number: 1, bytes: 2, text: 'hi' }],
  [60, 'A', 'oniceconnectionstatechange', 'disconnected'],
  [70, 'A', 'oniceconnectionstatechange', 'failed'],
  [80, 'A', 'close', null],
]);

/** Relay only, and it works. */
const relayed = session([
  ...opening({ ...servers, iceTransportPolicy: 'relay' }),
  [7, 'A', 'onicegatheringstatechange', 'gathering'],
  ...tell(14, 'A', 'B', aRelay, TURN),
  ...tell(15, 'B', 'A', bRelay, TURN),
  [18, 'A', 'oniceconnectionstatechange', 'checking'],
  [19, 'A', 'getStats', readings([{ local: aRelay, remote: bRelay, state: 'in-progress' }], both)],
  [
    29,
    'A',
    'getStats',
    readings(
      [{ local: aRelay, remote: bRelay, state: 'succeeded', sent: 1, answered: 1, selected: true }],
      both,
    ),
  ],
  [30, 'A', 'oniceconnectionstatechange', 'connected'],
  [32, 'A', 'onconnectionstatechange', 'connected'],
  [33, 'B', 'onconnectionstatechange', 'connected'],
  [50, 'B', ':data.sent', { label: 'chat', number: 1, bytes: 2, text: 'hi there, A' }],
  [54, 'A', ':data.received', { label: 'chat', number: 1, bytes: 2, text: 'hi there, A' }],
]);

/** Relay only, and TURN refuses the password. */
const refused = session([
  ...opening({ ...servers, iceTransportPolicy: 'relay' }),
  [7, 'A', 'onicegatheringstatechange', 'gathering'],
  [
    9,
    'A',
    'onicecandidateerror',
    { url: TURN, address: '10.0.0.x', port: 50124, errorCode: 401, errorText: 'Unauthorized' },
  ],
  [10, 'A', 'onicegatheringstatechange', 'complete'],
  [10, 'A', 'onicecandidate', null],
  [12, 'B', 'onicegatheringstatechange', 'complete'],
  [15, 'A', 'oniceconnectionstatechange', 'failed'],
]);

/** All ways between two ports each fail. */
const failed = session([
  ...opening(),
  ...tell(8, 'A', 'B', aHost),
  ...tell(9, 'A', 'B', { ...aHost, port: 50125 }),
  ...tell(10, 'B', 'A', bHost),
  ...tell(11, 'B', 'A', { ...bHost, port: 61025 }),
  [18, 'A', 'oniceconnectionstatechange', 'checking'],
  [
    20,
    'A',
    'getStats',
    readings(
      [
        { local: aHost, remote: bHost, state: 'in-progress', sent: 3 },
        { local: aHost, remote: { ...bHost, port: 61025 }, state: 'in-progress', sent: 3 },
        { local: { ...aHost, port: 50125 }, remote: bHost, state: 'in-progress', sent: 3 },
        { local: { ...aHost, port: 50125 }, remote: { ...bHost, port: 61025 }, state: 'waiting' },
      ],
      both,
    ),
  ],
  [
    9000,
    'A',
    'getStats',
    readings(
      [
        { local: aHost, remote: bHost, state: 'failed', sent: 31 },
        { local: aHost, remote: { ...bHost, port: 61025 }, state: 'failed', sent: 31 },
        { local: { ...aHost, port: 50125 }, remote: bHost, state: 'failed', sent: 31 },
        { local: { ...aHost, port: 50125 }, remote: { ...bHost, port: 61025 }, state: 'failed', sent: 31 },
      ],
      both,
    ),
  ],
  [9001, 'A', 'oniceconnectionstatechange', 'failed'],
]);

/** A dump of one end, with many ports: three fold, and so does TCP. */
const oneEnd = session([
  [0, '', ':session', { kind: 'imported', startedAt: 0 }],
  [0.1, '17-1', 'create', servers],
  ...[1, 2, 3, 4, 5, 6, 7].map((n): Row => [
    n,
    '17-1',
    'onicecandidate',
    candidate({ ...aHost, port: 50000 + n }, 'aaaa'),
  ]),
  [8, '17-1', 'onicecandidate', candidate({ ...aHost, protocol: 'tcp', port: 9 }, 'aaaa')],
  [9, '17-1', 'addIceCandidate', candidate(bHost, 'bbbb')],
  [10, '17-1', 'addIceCandidate', candidate(bOuter, 'bbbb')],
  [18, '17-1', 'oniceconnectionstatechange', 'checking'],
  [
    20,
    '17-1',
    'getStats',
    readings(
      [
        {
          local: { ...aHost, port: 50007 },
          remote: bOuter,
          state: 'succeeded',
          sent: 1,
          answered: 1,
          selected: true,
        },
      ],
      both,
    ),
  ],
  [21, '17-1', 'onconnectionstatechange', 'connected'],
]);

const empty = session([]);

export const HAND_MADE = { throughDoors, relayed, refused, failed, oneEnd, empty };
