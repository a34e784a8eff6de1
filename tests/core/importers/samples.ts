/** One dump of each format, written from what the programs that make them are known to write; small, and each different. */

const EPOCH = Date.UTC(2026, 2, 3, 4, 5, 6);
const UUID = '{5f0c1a2e-77aa-4b1d-9d3e-0c9a8b7c6d5e}';
const NAME = `${UUID} ${EPOCH}250 (id=21474836481 url=https://talk.example.org/r)`;

export const OFFER = [
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 44 0 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=fingerprint:sha-256 AA:BB:CC',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=ice-ufrag:0a1b2c3d',
  'a=ice-pwd:0123456789abcdef0123456789abcdef',
  'a=setup:actpass',
  '',
].join('\r\n');
export const ANSWER = OFFER.replace('-99.0 44', '-99.0 55')
  .replace('actpass', 'active')
  .replace('0a1b2c3d', '9f8e7d6c');

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const pre = (sdp: string): string => `<pre>${sdp.replaceAll('\r\n', '\n')}</pre>`;

const cell = (text: string, type = ''): string => `<td class="${type}">${text}</td>`;
const PAIRS = `<table><tr><th>Stav</th></tr><tr>${[
  cell('succeeded', 'ice-succeeded'),
  cell('true', 'ice-succeeded'),
  cell('true', 'ice-succeeded'),
  cell('198.51.100.7:40001/udp(srflx) [non-proxied]'),
  cell('[2001:db8::9]:50002/udp(prflx)', 'ice-trickled'),
  ...['1', '7205793488602792000', '1200', '3400'].map((text) => cell(text)),
].join('')}</tr></table>`;
const RAW = `<table class="raw-candidate"><tr><td>srflx(IP4:10.0.0.3:40001/UDP|IP4:192.0.2.10:3478/UDP)</td></tr><tr><td>candidate:7 1 UDP 2122252543 203.0.113.8 50002 typ host</td></tr></table>`;
const LOG = [
  `ICE(PC:${NAME}): peer (PC:${NAME}:default) is now checking`,
  `ICE-PEER(PC:${NAME}:default)/CAND-PAIR(x1Yz): setting pair to state IN_PROGRESS: x1Yz|IP4:10.0.0.3:40001/UDP|IP4:203.0.113.8:50002/UDP(host(IP4:10.0.0.3:40001/UDP)|candidate:7 1 UDP 2122252543 203.0.113.8 50002 typ host)`,
  `ICE-PEER(PC:${NAME}:default)/CAND-PAIR(x1Yz): setting pair to state SUCCEEDED: x1Yz|IP4:10.0.0.3:40001/UDP|IP4:203.0.113.8:50002/UDP(host(IP4:10.0.0.3:40001/UDP)|candidate:7 1 UDP 2122252543 203.0.113.8 50002 typ host)`,
];

const heading = (id: string, args: object, text: string, level = 'h5'): string =>
  `<${level} data-l10n-id="about-webrtc-${id}" data-l10n-args="${escaped(JSON.stringify(args))}">${text}</${level}>`;

/** As Firefox from about 85 on saves it, in Czech. */
const PAGE = [
  '<div id="content"><div class="stats"><div class="peer-connection">',
  heading(
    'connection-closed',
    { 'browser-id': 5, now: new Date(EPOCH + 9000).toISOString() },
    'Spojení (uzavřeno)',
    'h3',
  ),
  `<span class="info-body">${NAME}</span>`,
  '<div class="peer-connection-config">RTCConfiguration<br>bundlePolicy: balanced<br>iceTransportPolicy: all<br>iceServers: {urls: stun:stun.example.org:3478}</div>',
  PAIRS,
  RAW,
  `<h4 data-l10n-id="about-webrtc-remote-sdp-heading-answer">Vzdálené</h4>${pre(ANSWER)}`,
  '<div class="sdp-history"><div>',
  heading('local-sdp-heading', {}, 'Místní SDP', 'h4'),
  heading('sdp-set-timestamp', { timestamp: EPOCH + 300, 'relative-timestamp': 0 }, 'Časová značka'),
  pre(OFFER),
  '</div><div>',
  heading('remote-sdp-heading', {}, 'Vzdálené SDP', 'h4'),
  heading('sdp-set-timestamp', { timestamp: EPOCH + 800, 'relative-timestamp': 500 }, 'Časová značka'),
  pre(ANSWER),
  '</div></div></div></div><div id="logs">',
  ...LOG.map((line) => `<p>${escaped(line)}</p>`),
  '</div></div>',
].join('');

/** As Firefox until 71 saved it: no ids for the words, the local description first, in Portuguese. */
const OLD_PAGE = [
  '<div id="content"><h3>[ 42 ] https://talk.example.org/r  Tue Mar 03 2026 01:05:20 GMT-0300 (Horário Padrão de Brasília)</h3>',
  `<span>ID PeerConnection: </span><span class="info-body">${EPOCH}250 (id=42 url=https://talk.example.org/r)</span>`,
  PAIRS.replaceAll('ice-succeeded', 'ice-success'),
  RAW,
  `<h4>SDP</h4><h5>SDP local (Oferta)</h5>${pre(OFFER)}<h5>SDP remoto (Resposta)</h5>${pre(ANSWER)}</div>`,
].join('');

const internals = {
  getUserMedia: [],
  UserAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  PeerConnections: {
    '77-3': {
      pid: 77,
      url: 'https://talk.example.org/',
      rtcConfiguration:
        '{ iceServers: [stun:stun.example.org], iceTransportPolicy: all, bundlePolicy: balanced }',
      updateLog: [
        { time: '3.3.2026, 05:05:07', type: 'setLocalDescription', value: `type: offer, sdp: ${OFFER}` },
        { time: '3.3.2026, 05:05:07', type: 'setLocalDescriptionOnSuccess', value: '' },
        { time: '3.3.2026, 05:05:08', type: 'setRemoteDescription', value: `type: answer, sdp: ${ANSWER}` },
        { time: '3.3.2026, 05:05:08', type: 'setRemoteDescriptionOnSuccess', value: '' },
        { time: '3.3.2026, 05:05:09', type: 'iceconnectionstatechange', value: 'connected' },
      ],
      stats: Object.fromEntries(
        Object.entries({
          state: ['in-progress', 'succeeded'],
          nominated: [false, true],
          timestamp: [EPOCH + 1000, EPOCH + 2000],
        }).map(([name, values]) => [
          `CPq1-${name}`,
          {
            startTime: new Date(EPOCH + 1000).toISOString(),
            endTime: new Date(EPOCH + 2000).toISOString(),
            statsType: 'candidate-pair',
            values: JSON.stringify(values),
          },
        ]),
      ),
    },
  },
};

const rows = (...list: readonly (readonly unknown[])[]): string =>
  list.map((row) => JSON.stringify(row)).join('\n');

const report = {
  pcid: NAME,
  timestamp: EPOCH + 7000,
  closed: false,
  configuration: { iceServers: [] },
  sdpHistory: [{ timestamp: EPOCH + 300, isLocal: true, sdp: OFFER, errors: [] }],
  iceCandidateStats: [],
  iceCandidatePairStats: [],
  rawLocalCandidates: [],
  rawRemoteCandidates: [],
};

/** By the id of the importer that reads it. */
export const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'webrtc-internals': [JSON.stringify(internals), JSON.stringify(internals, null, 2)],
  rtcstats: [
    [
      'RTCStatsDump',
      '{"fileFormat":3,"userAgent":"x"}',
      rows([39, 'PC_0', {}, EPOCH], [2, 'PC_0', null, '2-0', 1.5], [24, 'PC_0', 'checking', 4]),
    ].join('\n'),
  ],
  'rtcstats-0': [
    JSON.stringify({
      userAgent: 'x',
      peerConnections: {
        null: [],
        PC_7: [
          { time: new Date(EPOCH).toISOString(), type: 'create', value: { iceServers: [] } },
          { timestamp: EPOCH + 9, type: 'setLocalDescription', value: { type: 'offer', sdp: OFFER } },
        ],
      },
    }),
  ],
  'rtcstats-1': [
    `${JSON.stringify({ userAgent: 'x', url: 'https://talk.example.org/' })}\n${rows(
      ['create', 'PC_0', { iceServers: [] }, EPOCH],
      ['getStats', 'PC_0', { a: { type: 'candidate-pair', timestamp: 4, requestsSent: 1 } }, EPOCH + 1000],
      ['getstats', 'PC_0', { a: { timestamp: 0, requestsSent: 2 }, timestamp: 5 }, EPOCH + 2000],
    )}`,
    [
      { statsSessionId: 's', type: 'identity', data: { confName: 'c' } },
      { statsSessionId: 's', type: 'stats-entry', data: JSON.stringify(['create', 'PC_0', {}, EPOCH, 1]) },
      { statsSessionId: 's', type: 'keepalive' },
      {
        statsSessionId: 's',
        type: 'stats-entry',
        data: ['onconnectionstatechange', 'PC_0', 'failed', EPOCH + 2, 2],
      },
    ]
      .map((message) => JSON.stringify(message))
      .join('\n'),
  ],
  'firefox-report': [
    JSON.stringify(report),
    JSON.stringify({ reports: [report], sdpHistories: [] }),
    JSON.stringify([report]),
  ],
  'firefox-page': [PAGE, OLD_PAGE],
  'firefox-log': [`+++++++ BEGIN (process id 5) ++++++++\nIgnoring loopback addr\n${LOG.join('\n')}\n`],
  'trickle-ice-table': [
    'Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority\n0.003\thost\t11\tudp\tab.local\t5001\t126 | 32512 | 255\n0.104\trelay\t12\tudp\t192.0.2.77\t5002\t2 | 32543 | 255\n0.201\tDone',
    '| 0.250 | 2 | srflx | 5 | udp | 198.51.100.3 | 5003 | 100 \\| 32542 \\| 254 |\n| 9.9 | Authentication failed? |',
  ],
  'about-webrtc-pairs': [
    'succeeded  true  true  10.0.0.4:5000/udp(host)  203.0.113.7:6000/udp(srflx)  1  900  10  20',
    'Local | Remote | C | State | P | N | S | B | B\n-- | -- | -- | -- | -- | -- | -- | -- | --\n10.0.0.4:5000/tcp(host) | 203.0.113.7:6000/tcp(peerreflexive) | 1 | failed | 9000 | false | false | 0 | 0',
  ],
  description: [
    OFFER,
    JSON.stringify({ type: 'answer', sdp: ANSWER }),
    `${OFFER}\n${ANSWER}`,
    'candidate:7 1 udp 2122252543 203.0.113.8 50002 typ host',
  ],
};
