/** Files of sessions whose rows are all right, and very many: of one connection and each kind of event, and of many connections. */
import type { EventType } from '../../../src/core/session/event.ts';
import type { Family } from './families.ts';

type Row = (index: number) => readonly unknown[];

const HEAD =
  'RTCStatsDump\n{"fileFormat":3,"startTime":1700000000000}\n[":session",null,{"kind":"loopback","startedAt":1},1]\n';

const rows = (name: string, row: Row, more: (index: number) => readonly Row[] = () => []): Family => ({
  name,
  make(bytes) {
    const lines: string[] = [];
    for (let index = 0, length = 0; length < bytes; index++)
      for (const one of [row, ...more(index)]) {
        const line = JSON.stringify(one(index));
        lines.push(line);
        length += line.length;
      }
    return `${HEAD}${lines.join('\n')}\n`;
  },
});

const address = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const candidate = (i: number, port = 1024 + (i % 60000)): string =>
  `candidate:${i} 1 udp ${2122260223 - i} ${address(i)} ${port} typ host`;
const sdp = (i: number): string =>
  `v=0\r\no=- ${i} 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-ufrag:u${i}\r\na=fingerprint:sha-256 AA:BB\r\n`;
const alternating = (i: number, ...values: readonly unknown[]): unknown => values[i % values.length];
const local = (i: number, port = 1024 + (i % 60000)) => ({
  type: 'local-candidate',
  candidateType: 'host',
  protocol: 'udp',
  port,
  address: address(i),
  priority: 2122260223 - i,
});
const pair = (i: number, state = 'in-progress') => ({
  type: 'candidate-pair',
  localCandidateId: `L${i}`,
  remoteCandidateId: `R${i}`,
  state,
  priority: i,
  requestsSent: i,
});
const packet = {
  direction: 'in',
  transport: 'udp',
  local: 'a',
  remote: 'b',
  seenAt: 'server',
  bytes: 'AAEAAA==',
  within: 1,
};
const signal = { kind: 'offer', channel: 'c', bytes: 1, payload: { type: 'offer', sdp: '' } };

/** The values of each event, growing with the rows before it. */
const VALUES: { readonly [T in EventType]?: (index: number) => unknown } = {
  ':peer': (i) => ({ place: `${i}` }),
  create: () => ({}),
  createOffer: () => ({}),
  createOfferOnSuccess: (i) => ({ type: 'offer', sdp: sdp(i) }),
  createAnswerOnSuccess: (i) => ({ type: 'answer', sdp: sdp(i) }),
  setLocalDescription: (i) => ({ type: alternating(i, 'offer', 'rollback'), sdp: sdp(i) }),
  setLocalDescriptionOnSuccess: (i) => ({ type: alternating(i, 'offer', 'answer'), sdp: sdp(i) }),
  setLocalDescriptionOnFailure: () => 'InvalidStateError: no',
  setRemoteDescription: (i) => ({ type: 'offer', sdp: `${sdp(i)}a=${candidate(i)}\r\n` }),
  setRemoteDescriptionOnSuccess: (i) => ({ type: 'offer', sdp: sdp(i) }),
  setRemoteDescriptionOnFailure: () => 'InvalidStateError: no',
  addIceCandidate: (i) => ({ candidate: candidate(i), sdpMid: '0' }),
  addIceCandidateOnSuccess: () => null,
  addIceCandidateOnFailure: () => 'OperationError: no',
  createDataChannel: (i) => ({ label: `${i}` }),
  addTrack: (i) => ({ kind: 'audio', id: `${i}` }),
  addTransceiver: () => ({ kind: 'audio' }),
  removeTrack: () => ({ kind: 'audio' }),
  restartIce: () => null,
  setConfiguration: () => ({}),
  onicecandidate: (i) => ({ candidate: candidate(i), sdpMid: '0' }),
  onicecandidateerror: (i) => ({
    url: 'stun:a',
    address: address(i),
    port: 9,
    errorCode: 701,
    errorText: 'no',
  }),
  onsignalingstatechange: (i) => alternating(i, 'have-local-offer', 'stable'),
  onicegatheringstatechange: (i) => alternating(i, 'gathering', 'complete'),
  oniceconnectionstatechange: (i) => alternating(i, 'checking', 'connected', 'disconnected'),
  onconnectionstatechange: (i) => alternating(i, 'connecting', 'connected', 'failed'),
  onnegotiationneeded: () => null,
  ondatachannel: (i) => ({ label: `${i}` }),
  ontrack: (i) => ({ kind: 'audio', id: `${i}` }),
  getStats: (i) => ({ [`P${i}`]: pair(i) }),
  ':ice.selected': (i) => ({ local: candidate(i), remote: candidate(i) }),
  ':dtls.state': (i) => alternating(i, 'connecting', 'connected'),
  ':datachannel.state': (i) => ({ label: `${i}`, state: 'open' }),
  ':data.sent': (i) => ({ label: 'x', number: i, bytes: 1 }),
  ':data.received': (i) => ({ label: 'x', number: i, bytes: 1 }),
  ':signal.sent': () => ({ ...signal, to: 'B' }),
  ':signal.received': () => ({ ...signal, from: 'B' }),
  ':packet': () => packet,
  ':packets.missed': () => ({ count: 1 }),
};

const EACH: readonly Family[] = Object.entries(VALUES).map(([type, value]) =>
  rows(`${type} of one connection`, (i) => [type, 'A', value(i), 1]),
);

const COMBINED: readonly Family[] = [
  rows('candidates at one port', (i) => ['onicecandidate', 'A', { candidate: candidate(i, 9) }, 1]),
  rows(
    'candidates, then statistics of others at one port',
    (i) => ['onicecandidate', 'A', { candidate: candidate(i, 9) }, 1],
    (i) => [() => ['getStats', 'A', { [`L${i}`]: { ...local(i + 2 ** 20, 9), priority: 5 } }, 1]],
  ),
  rows(
    'candidates that statistics tell of before',
    (i) => ['getStats', 'A', { [`L${i}`]: { ...local(i, 9), address: '' } }, 1],
    () => [(i) => ['onicecandidate', 'A', { candidate: candidate(i, 9) }, 1]],
  ),
  rows(
    'pairs with their candidates and states',
    (i) => [
      'getStats',
      'A',
      { [`L${i}`]: local(i), [`R${i}`]: { ...local(i), type: 'remote-candidate' }, [`P${i}`]: pair(i) },
      1,
    ],
    () => [(i) => ['oniceconnectionstatechange', 'A', alternating(i, 'checking', 'connected'), 1]],
  ),
  rows('states of one pair', (i) => [
    'getStats',
    'A',
    { P: pair(1, i % 2 ? 'succeeded' : 'in-progress') },
    1,
  ]),
  rows(
    'calls that fail',
    (i) => ['addIceCandidate', 'A', { candidate: candidate(i) }, `c${i}`, 1],
    () => [(i) => ['addIceCandidateOnFailure', 'A', 'OperationError: no', `c${i}`, 1]],
  ),
  rows(
    'messages that arrive',
    (i) => [':data.sent', 'A', { label: 'x', number: i, bytes: 1 }, 1],
    () => [(i) => [':data.received', 'B', { label: 'x', number: i, bytes: 1 }, 1]],
  ),
  rows('two connections at one time', (i) => ['createOffer', i % 2 ? 'A' : 'B', {}, 0]),
  {
    name: 'pairs in one reading',
    make: (bytes) => {
      const count = Math.ceil(bytes / 400);
      const reports = Array.from({ length: count }, (_, i) => [
        [`L${i}`, local(i)],
        [`R${i}`, { ...local(i), type: 'remote-candidate' }],
        [`P${i}`, pair(i)],
      ]).flat();
      return `${HEAD}${JSON.stringify(['getStats', 'A', Object.fromEntries(reports), 1])}\n`;
    },
  },
  {
    name: 'small changes of a large reading',
    make: (bytes) => {
      const count = Math.ceil(bytes / 150);
      const reports = Array.from({ length: count }, (_, i) => [`L${i}`, local(i)] as const);
      const changes = '["getStats","A",{"t":5},1]\n'.repeat(count);
      return `${HEAD}${JSON.stringify(['getStats', 'A', Object.fromEntries(reports), 1])}\n${changes}`;
    },
  },
];

const MANY: readonly Family[] = [
  rows('connections', (i) => ['create', `p${i}`, {}, 1]),
  rows(
    'connections that offer',
    (i) => ['create', `p${i}`, {}, 1],
    () => [
      (i) => ['setLocalDescription', `p${i}`, { type: 'offer', sdp: sdp(i) }, 1],
      (i) => ['setLocalDescriptionOnSuccess', `p${i}`, null, 1],
      (i) => ['onsignalingstatechange', `p${i}`, 'have-local-offer', 1],
      (i) => ['oniceconnectionstatechange', `p${i}`, 'checking', 1],
      (i) => ['onicecandidate', `p${i}`, { candidate: candidate(i) }, 1],
      (i) => ['getStats', `p${i}`, { P: pair(i) }, 1],
    ],
  ),
  rows(
    'connections with one fingerprint',
    (i) => ['setLocalDescription', `p${i}`, { type: 'offer', sdp: sdp(1) }, 1],
    () => [(i) => ['setRemoteDescription', `p${i}`, { type: 'answer', sdp: sdp(1) }, 1]],
  ),
  rows(
    'connections that were never named',
    (i) => ['setLocalDescription', 'undefined-undefined', { type: 'offer', sdp: sdp(i) }, 1],
    () => [(i) => ['createOfferOnSuccess', `p${i}`, { type: 'offer', sdp: sdp(i) }, 1]],
  ),
];

export const SESSIONS: readonly Family[] = [...EACH, ...COMBINED, ...MANY];

const internals = (name: string, inside: (count: number) => unknown, unit: number): Family => ({
  name,
  make: (bytes) => JSON.stringify({ PeerConnections: inside(Math.ceil(bytes / unit)) }),
});
const named = (count: number, one: (index: number) => readonly [string, unknown]): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => one(i)));
const entry = (i: number) => ({
  type: 'icecandidate',
  time: '10:46:48 AM',
  value: `sdpMid: 0, sdpMLineIndex: 0, candidate: ${candidate(i)}`,
});
const series = (i: number, type: string) => ({
  statsType: type,
  startTime: `2026-01-01T00:00:00.${String(i % 1000).padStart(3, '0')}Z`,
  endTime: '2026-01-01T00:00:59.000Z',
  values: '[1,2,3]',
});
const PC = '{5f0c1a2e-77aa-4b1d-9d3e-0c9a8b7c6d5e}';
const firefoxPair = (i: number): string =>
  `ICE-PEER(PC:${PC} 1628844045153000 (id=1 url=https://a/):default)/CAND-PAIR(p${i}): setting pair to state IN_PROGRESS: p${i}|IP4:${address(i)}:9/UDP|IP4:10.0.0.1:9/UDP(host(IP4:${address(i)}:9/UDP)|candidate:7 1 UDP 1 10.0.0.1 9 typ host)\n`;
const repeated = (name: string, head: string, unit: (index: number) => string, foot = ''): Family => ({
  name,
  make(bytes) {
    const parts = [head];
    for (let index = 0, length = 0; length < bytes; index++) {
      parts.push(unit(index));
      length += parts.at(-1)!.length;
    }
    return parts.join('') + foot;
  },
});

/** Of other formats. */
export const DUMPS: readonly Family[] = [
  internals(
    'internals: connections',
    (n) => named(n, (i) => [`${i}-1`, { updateLog: [entry(i)], stats: {} }]),
    150,
  ),
  internals(
    'internals: a log',
    (n) => ({ '1-1': { updateLog: Array.from({ length: n }, (_, i) => entry(i)), stats: {} } }),
    120,
  ),
  internals(
    'internals: reports',
    (n) => ({
      '1-1': { updateLog: [], stats: named(n, (i) => [`C${i}-state`, series(i, 'candidate-pair')]) },
    }),
    150,
  ),
  internals(
    'internals: reports of the other side',
    (n) => ({
      '1-1': {
        updateLog: [],
        stats: named(n, (i) => [`C${i}-jitter`, series(i, i % 2 ? 'remote-inbound-rtp' : 'candidate-pair')]),
      },
    }),
    150,
  ),
  internals(
    'internals: members of one report',
    (n) => ({ '1-1': { updateLog: [], stats: named(n, (i) => [`C-m${i}`, series(i, 'candidate-pair')]) } }),
    150,
  ),
  internals(
    'internals: values of one member',
    (n) => ({
      '1-1': {
        updateLog: [],
        stats: {
          'C-timestamp': {
            ...series(0, 'candidate-pair'),
            values: `[${Array.from({ length: n }, (_, i) => i).join()}]`,
          },
        },
      },
    }),
    6,
  ),
  repeated('Firefox’s log: pairs', '', firefoxPair),
  repeated(
    'Firefox’s log: connections',
    '',
    (i) => `ICE(PC:${1628844045153000 + i} (id=1 url=https://a/)): peer (x) is now checking\n`,
  ),
  repeated(
    'Firefox’s page: connections',
    '<div>',
    (i) =>
      `<h3 data-l10n-id="about-webrtc-connection-closed" data-l10n-args="{}">x</h3><span class="info-body">${PC} ${1628844045153000 + i} (id=1 url=https://a/)</span><pre>v=0</pre>`,
  ),
  repeated('Firefox’s page: marks', `<div>${PC} 1628844045153000 (id=1 url=https://a/)`, () => '<<', '>'),
  repeated(
    'Firefox’s page: tags without an end',
    `<div>${PC} 1628844045153000 (id=1 url=https://a/)`,
    () => '<a <',
  ),
  repeated(
    'lines of rtcstats',
    '{"userAgent":"x"}\n',
    (i) => `["getstats","PC_0",{"r${i}":{"type":"candidate-pair"}},${1700000000000 + i}]\n`,
  ),
  repeated(
    'a table of candidates',
    '',
    (i) => `0.0${i} | 1 | host | ${i} | udp | ${address(i)} | 9 | 126 | 3 | 255\n`,
  ),
  repeated('candidates alone', '', (i) => `a=${candidate(i)}\n`),
];
