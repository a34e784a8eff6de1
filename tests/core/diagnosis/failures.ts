/** One session for each cause, written by hand from the specifications and from how the browsers record (marked so by being here). */
import {
  HIDDEN,
  MINE,
  OTHER_HIDDEN,
  STARTED,
  STUN,
  Script,
  THEIRS,
  TURN,
  UP,
  WORKS,
  host,
  relay,
  sdpOf,
  srflx,
} from './script.ts';

const NULL = 'The remote description was null';
const ours = [host(HIDDEN), srflx(MINE)];
const theirs = [host(OTHER_HIDDEN), srflx(THEIRS)];
const direct = (): Script =>
  new Script()
    .create()
    .agreed()
    .gathers(...ours)
    .complete()
    .given(...theirs);
const withTurn = (): Script =>
  new Script()
    .create([STUN, TURN])
    .agreed()
    .gathers(...ours)
    .given(...theirs);
const stands = (): Script => direct().connected();
const shaking = (): Script => direct().ice('checking').connection('connecting').wait(40).ice('connected');
const video = (answer: string): { media: readonly string[] } => ({ media: [answer] });
const VP8 = 'm=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:0\na=sendrecv\na=rtpmap:96 VP8/90000';

export const FAILURES: Readonly<Record<string, () => Script>> = {
  'pc-limit': () =>
    new Script()
      .create()
      .channel()
      .add(
        'createOfferOnFailure',
        "UnknownError: Failed to construct 'RTCPeerConnection': Cannot create so many PeerConnections",
      ),
  'never-negotiated': () => new Script().create().channel(),
  'sdp-rejected': () =>
    new Script()
      .create()
      .channel()
      .local('offer')
      .add('setRemoteDescription', { type: 'answer', sdp: 'v=0\r\n' })
      .add(
        'setRemoteDescriptionOnFailure',
        'OperationError: Failed to parse SessionDescription. v=0 Expect line: o=',
      ),
  glare: () =>
    new Script()
      .create()
      .channel()
      .local('offer')
      .wait(200)
      .remote('offer')
      .local('answer', { ufrag: 'aaab' })
      .add('setRemoteDescription', { type: 'answer', sdp: sdpOf({ ufrag: 'cccc' }) })
      .add('setRemoteDescriptionOnFailure', 'Failed to set remote answer sdp: Called in wrong state: stable'),
  'candidates-before-description': () =>
    new Script()
      .create()
      .refusedCandidate(srflx(THEIRS), NULL)
      .wait(400)
      .remote('offer')
      .local('answer')
      .gathers(...ours)
      .complete(),
  'no-answer': () =>
    new Script()
      .create()
      .channel()
      .local('offer')
      .gathers(...ours)
      .complete(),
  'ice-credentials': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .given(srflx(THEIRS, 50_000, 'bbzz'))
      .ice('checking')
      .wait(9000)
      .stats(),
  'relay-policy-no-turn': () =>
    new Script().create([STUN], { iceTransportPolicy: 'relay' }).agreed().gathers().complete(),
  'candidate-malformed': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .given(srflx(THEIRS, 0)),
  'candidate-wrong-mid': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .add('addIceCandidate', { candidate: srflx(THEIRS), sdpMid: 'video', sdpMLineIndex: null }),
  'candidate-wrong-generation': () =>
    direct()
      .remote('offer', { ufrag: 'newu' })
      .local('answer', { ufrag: 'newl' })
      .given(srflx(THEIRS, 50_001, 'bbbb'))
      .unanswered(),
  'remote-candidates-missing': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete(),
  'no-ice-servers': () =>
    new Script().create([]).agreed().gathers(host(HIDDEN)).complete().given(host(OTHER_HIDDEN)),
  'ice-server-url-bad': () =>
    new Script()
      .create([{ urls: ['stun:stun.example.org?transport=udp'] }])
      .agreed()
      .gathers(host(HIDDEN))
      .complete()
      .given(srflx(THEIRS)),
  'blocked-by-browser-policy': () =>
    new Script()
      .create([STUN])
      .agreed()
      .gathers()
      .complete()
      .given(...theirs),
  'turn-expired': () =>
    new Script()
      .create([STUN, { ...TURN, username: `${STARTED / 1000 - 600}:ann` }])
      .agreed()
      .gathers(...ours)
      .fault(TURN.urls[0], 401, 'Unauthorized')
      .given(...theirs)
      .unanswered(),
  'turn-auth': () => withTurn().fault(TURN.urls[0], 401, 'Unauthorized.').unanswered(),
  'clock-skew': () =>
    new Script()
      .create([STUN, { ...TURN, username: `${STARTED / 1000 + 600}:ann` }])
      .agreed()
      .gathers(...ours)
      .fault(TURN.urls[0], 401, 'Unauthorized')
      .given(...theirs)
      .unanswered(),
  'turn-quota': () => withTurn().fault(TURN.urls[0], 486, 'Allocation Quota Reached').complete().unanswered(),
  'turn-peer-denied': () => withTurn().fault(TURN.urls[0], 403, 'Forbidden IP').complete().unanswered(),
  'turn-dns': () =>
    withTurn().fault(TURN.urls[0], 701, 'TURN host lookup received error.').complete().unanswered(),
  'turn-tls': () =>
    new Script()
      .create([STUN, { urls: ['turns:turn.example.org:443?transport=tcp'] }])
      .agreed()
      .gathers(...ours)
      .fault('turns:turn.example.org:443?transport=tcp', 701, 'Failed to establish connection')
      .complete()
      .given(...theirs)
      .unanswered(),
  'udp-blocked': () =>
    new Script()
      .create([{ urls: ['stun:one.example.org', 'stun:two.example.org'] }])
      .agreed()
      .gathers(host(HIDDEN))
      .given(...theirs)
      .unanswered({ local: { candidateType: 'host', address: '' } }),
  'stun-unreachable': () =>
    new Script()
      .create()
      .agreed()
      .gathers(host(HIDDEN))
      .wait(9600)
      .fault(STUN.urls[0], 701, 'STUN binding request timed out.')
      .complete()
      .given(host(OTHER_HIDDEN)),
  'turn-unreachable': () => withTurn().unanswered(),
  'turn-relay-private': () =>
    new Script()
      .create([TURN], { iceTransportPolicy: 'relay' })
      .agreed()
      .gathers(relay('10.0.0.80'))
      .complete()
      .given(relay('10.0.0.80', 60_001))
      .unanswered({
        local: { candidateType: 'relay', address: '10.0.0.80', port: 60_000 },
        remote: { candidateType: 'relay', address: '10.0.0.80', port: 60_001 },
      }),
  'remote-mdns-only': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .given(host(OTHER_HIDDEN)),
  'address-family-mismatch': () =>
    new Script().create([]).agreed().gathers(host('192.0.2.4')).complete().given(host('2001:db8::7')),
  'server-address-unreachable': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .given(host('172.18.0.3', 40_001))
      .unanswered({ remote: { candidateType: 'host', address: '172.18.0.3', port: 40_001 } }),
  'server-ports-blocked': () =>
    new Script()
      .create()
      .agreed({}, { more: ['a=ice-lite'] })
      .gathers(...ours)
      .complete()
      .given(host(THEIRS, 40_001))
      .unanswered({ remote: { candidateType: 'host', address: THEIRS, port: 40_001 } }),
  'vpn-interface': () =>
    new Script()
      .create()
      .agreed()
      .gathers(srflx(MINE))
      .complete()
      .given(...theirs)
      .unanswered({ local: { networkType: 'vpn', vpn: true } }),
  'one-way-path': () => direct().unanswered({ pair: { requestsReceived: 60, responsesSent: 60 } }),
  'nat-no-relay': () =>
    new Script()
      .create([STUN, { urls: ['stun:two.example.org'] }])
      .agreed()
      .gathers(host(HIDDEN), srflx(MINE, 41_000), srflx(MINE, 42_000))
      .complete()
      .given(...theirs)
      .unanswered(),
  'nat-hairpin': () =>
    new Script()
      .create()
      .agreed()
      .gathers(...ours)
      .complete()
      .given(host(OTHER_HIDDEN), srflx(MINE, 51_000))
      .unanswered({ remote: { candidateType: 'srflx', address: MINE, port: 51_000 } }),
  'no-host-candidates': () =>
    new Script().create().agreed().gathers(srflx(MINE)).complete().given(srflx(MINE, 51_000)).unanswered(),
  'ice-role': () =>
    new Script()
      .create()
      .agreed({}, { more: ['a=ice-lite'] })
      .gathers(...ours)
      .complete()
      .given(host(THEIRS))
      .unanswered({ pair: { responsesReceived: 4 }, transport: { iceRole: 'controlled' } }),
  'answer-too-late': () =>
    new Script()
      .create()
      .channel()
      .local('offer')
      .gathers(...ours)
      .complete()
      .wait(45_000)
      .remote('answer', { origin: 'mozilla...THIS_IS_SDPARTA-99.0' })
      .given(...theirs)
      .unanswered(),
  'dtls-fingerprint': () => {
    const script = shaking()
      .stats({ pair: WORKS, transport: { dtlsState: 'failed' } })
      .connection('failed');
    script
      .other()
      .create()
      .remote('offer', { ufrag: 'aaaa' })
      .local('answer', { ufrag: 'bbbb', fingerprint: '77:88:99' });
    return script;
  },
  'dtls-role': () =>
    shaking()
      .wait(9000)
      .stats({ pair: WORKS, transport: { dtlsState: 'connecting', bytesSent: 0, bytesReceived: 0 } }),
  'dtls-version': () =>
    shaking()
      .add(':unknown', { method: 'connection-log', value: ['DTLS alert: protocol_version'], extra: [] })
      .stats({ pair: WORKS, transport: { dtlsState: 'failed' } })
      .connection('failed'),
  'dtls-mtu': () =>
    shaking()
      .wait(9000)
      .stats({ pair: WORKS, transport: { dtlsState: 'connecting', bytesSent: 7200, bytesReceived: 0 } }),
  'remote-closed': () =>
    stands()
      .wait(2000)
      .stats({ pair: WORKS, transport: { ...UP, dtlsState: 'closed' } })
      .wait(5000)
      .ice('disconnected')
      .connection('disconnected'),
  'local-network-lost': () =>
    stands()
      .wait(4000)
      .stats({ pair: { ...WORKS, packetsDiscardedOnSend: 9 }, transport: UP })
      .wait(3000)
      .ice('disconnected')
      .connection('disconnected'),
  'nat-rebinding': () =>
    stands()
      .wait(6000)
      .stats({
        pair: WORKS,
        transport: UP,
        more: {
          N: {
            type: 'remote-candidate',
            candidateType: 'prflx',
            address: THEIRS,
            port: 51_234,
            protocol: 'udp',
          },
        },
      })
      .wait(3000)
      .ice('disconnected')
      .connection('disconnected'),
  'sctp-failed': () =>
    direct()
      .connected()
      .wait(6000)
      .stats({
        pair: WORKS,
        transport: UP,
        more: {
          D: { type: 'data-channel', state: 'connecting' },
          Q: { type: 'peer-connection', dataChannelsOpened: 0 },
        },
      }),
  'codec-mismatch': () =>
    new Script()
      .create()
      .local('offer', video('m=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:0\na=rtpmap:96 X-NOBODY/90000'))
      .remote('answer', video('m=video 0 UDP/TLS/RTP/SAVPF 0\na=mid:0'))
      .given(...theirs)
      .gathers(...ours)
      .connected(),
  'packet-loss': () =>
    stands()
      .wait(9000)
      .stats({
        pair: WORKS,
        transport: UP,
        more: { I: { type: 'inbound-rtp', kind: 'audio', packetsReceived: 800, packetsLost: 160 } },
      }),
  'no-keyframe': () =>
    stands()
      .wait(9000)
      .stats({
        pair: WORKS,
        transport: UP,
        more: {
          I: { type: 'inbound-rtp', kind: 'video', packetsReceived: 900, framesDecoded: 0, pliCount: 9 },
        },
      }),
  'no-media': () =>
    new Script()
      .create()
      .local('offer', video(VP8))
      .remote('answer', video(VP8))
      .gathers(...ours)
      .given(...theirs)
      .connected()
      .wait(9000)
      .stats({ pair: WORKS, transport: UP }),
  'media-muted': () =>
    [1, 2, 3, 4].reduce(
      (script) =>
        script.wait(1000).stats({
          pair: WORKS,
          transport: UP,
          more: { S: { type: 'media-source', kind: 'video', frames: 0 } },
        }),
      stands(),
    ),
  'closed-locally': () => direct().ice('checking').connection('connecting').wait(900).add('close', null),
  'known-browser-bug': () =>
    new Script()
      .create([{ urls: ['turn:turn.example.org'] }], {}, 'Safari 26')
      .agreed()
      .gathers(...ours)
      .complete()
      .given(...theirs)
      .unanswered(),
  'turn-failed': () => withTurn().complete().unanswered(),
  'dtls-failed': () =>
    shaking()
      .stats({ pair: WORKS, transport: { dtlsState: 'failed', bytesSent: 1700, bytesReceived: 1900 } })
      .connection('failed'),
  'path-lost': () =>
    stands().wait(9000).ice('disconnected').connection('disconnected').wait(10_000).connection('failed'),
  'checks-unanswered': () => direct().unanswered(),
};
