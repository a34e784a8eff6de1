import type { Row } from './row.ts';

const ice = 'webrtc/RTCPeerConnection-iceConnectionState.https.html';
const connection = 'webrtc/RTCPeerConnection-connectionState.https.html';

const toConnected = 'new > checking > connected';
const toCompleted = 'new > checking > connected > completed';

export const connectionRows: readonly Row[] = [
  {
    id: 'ice-at-birth',
    about: 'iceConnectionState',
    says: 'ICE is new at first',
    source: ice,
    run: async (lab) => lab.note('iceConnectionState', lab.peer('A').iceConnectionState),
    expect: { iceConnectionState: 'new', 'A ice': 'new' },
  },
  {
    id: 'ice-closed',
    about: 'iceConnectionState',
    says: 'close() closes ICE at once, and no event tells it',
    source: ice,
    run: async (lab) => {
      const a = lab.peer('A');
      a.close();
      lab.note('iceConnectionState', a.iceConnectionState);
      await lab.quiet();
    },
    expect: { iceConnectionState: 'closed', 'A ice': 'new > closed', 'A told after close': '' },
  },
  {
    id: 'ice-checks-first',
    about: 'iceConnectionState',
    says: 'ICE passes checking before anything works',
    source: ice,
    run: async (lab) => {
      const [a, b] = lab.pair();
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
    },
    expect: {
      'A ice': [toConnected, toCompleted, 'new > checking > completed'],
      'B ice': [toConnected, toCompleted, 'new > checking > completed'],
    },
  },
  {
    id: 'ice-of-offerer',
    about: 'iceConnectionState',
    says: 'The offerer, who controls, ends in connected or completed',
    source: ice,
    run: async (lab) => {
      const [a, b] = lab.pair();
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
      await lab.quiet(300);
    },
    expect: { 'A ice': [toConnected, toCompleted] },
  },
  {
    id: 'ice-of-answerer',
    about: 'iceConnectionState',
    says: 'The answerer ends in connected',
    source: ice,
    run: async (lab) => {
      const [a, b] = lab.pair();
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
      await lab.quiet(300);
    },
    expect: { 'B ice': toConnected },
  },
  {
    id: 'ice-bundled',
    about: 'iceConnectionState',
    says: 'Audio, video and data in one bundle share one ICE transport under any bundlePolicy, and ICE is where it is',
    source: ice,
    run: async (lab) => {
      for (const bundlePolicy of ['balanced', 'max-bundle', 'max-compat'] as const) {
        const [a, b] = [
          lab.peer(`A ${bundlePolicy}`, { bundlePolicy }),
          lab.peer(`B ${bundlePolicy}`, { bundlePolicy }),
        ];
        a.addTransceiver('audio');
        a.addTransceiver('video');
        a.createDataChannel('x');
        lab.trickle(a, b);
        await lab.negotiate(a, b);
        await lab.connected(a, b);
        const dtls = [...a.getSenders(), ...a.getReceivers()].map(({ transport }) => transport);
        const transports = new Set(
          [...dtls, a.sctp?.transport ?? null].map((transport) => transport?.iceTransport),
        );
        lab.note(`transports with ${bundlePolicy}`, transports.size);
        lab.note(`ICE with ${bundlePolicy}`, a.iceConnectionState);
        lab.note(`transport with ${bundlePolicy}`, [...transports][0]?.state);
      }
    },
    expect: Object.fromEntries(
      ['balanced', 'max-bundle', 'max-compat'].flatMap((policy) => [
        [`transports with ${policy}`, '1'],
        [`ICE with ${policy}`, ['connected', 'completed']],
        [`transport with ${policy}`, ['connected', 'completed']],
      ]),
    ),
  },
  {
    id: 'connection-at-birth',
    about: 'connectionState',
    says: 'The connection is new at first',
    source: connection,
    run: async (lab) => lab.note('connectionState', lab.peer('A').connectionState),
    expect: { connectionState: 'new', 'A connection': 'new' },
  },
  {
    id: 'connection-closed',
    about: 'connectionState',
    says: 'close() closes the connection at once, and no event tells it',
    source: connection,
    run: async (lab) => {
      const a = lab.peer('A');
      a.close();
      lab.note('connectionState', a.connectionState);
      await lab.quiet();
    },
    expect: { connectionState: 'closed', 'A connection': 'new > closed', 'A told after close': '' },
  },
  {
    id: 'connection-without-candidates',
    about: 'connectionState',
    says: 'Offer and answer alone, without a candidate of the other side, leave the connection new',
    source: connection,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await lab.quiet(600);
    },
    expect: { 'A connection': 'new', 'B connection': 'new' },
  },
  {
    id: 'connection-comes-up',
    about: 'connectionState',
    says: 'A connection that comes up is connecting, then connected',
    source: connection,
    run: async (lab) => {
      const [a, b] = lab.pair();
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
      await lab.quiet(300);
    },
    expect: {
      'A connection': 'new > connecting > connected',
      'B connection': 'new > connecting > connected',
    },
  },
  {
    id: 'connected-means',
    about: 'connectionState',
    says: 'Connected means that DTLS is connected, and ICE connected or completed',
    source: connection,
    run: async (lab) => {
      const [a, b] = lab.pair();
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
      const dtls = a.getSenders()[0]!.transport;
      lab.note('DTLS', dtls?.state);
      lab.note('ICE', dtls?.iceTransport?.state);
    },
    expect: { DTLS: 'connected', ICE: ['connected', 'completed'], 'A dtls': 'new > connecting > connected' },
  },
];
