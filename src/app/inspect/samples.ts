/** Texts to try the page with: made by real browsers on one machine (tests/fixtures/sessions), then cut down by hand. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const crlf = (text: string): string => text.trimStart().replaceAll('\n', '\r\n');

const OFFER = crlf(`
v=0
o=- 6840675790646880261 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 2
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1655417556 1 udp 2113942271 e93d1704-9325-4aef-b0f0-a61a26cad765.local 38899 typ host generation 0 network-cost 999
a=candidate:3108497423 1 udp 1677729535 203.0.113.24 51742 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999
a=candidate:842163049 1 udp 33562367 198.51.100.20 49152 typ relay raddr 203.0.113.24 rport 51742 generation 0 network-cost 999
a=ice-ufrag:7BZL
a=ice-pwd:QpS6EOI7g4o36RWUK4WgVC1C
a=ice-options:trickle
a=fingerprint:sha-256 A7:78:10:3C:73:A6:5A:9C:85:B5:02:71:3F:D1:5D:CA:3E:24:5F:D7:19:7A:AC:05:06:83:AF:C3:2D:3F:02:89
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:- 43e49bfb-ba91-4ccc-8564-deb1ca75e036
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:7BZL
a=ice-pwd:QpS6EOI7g4o36RWUK4WgVC1C
a=ice-options:trickle
a=fingerprint:sha-256 A7:78:10:3C:73:A6:5A:9C:85:B5:02:71:3F:D1:5D:CA:3E:24:5F:D7:19:7A:AC:05:06:83:AF:C3:2D:3F:02:89
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144
`);

const ANSWER = crlf(`
v=0
o=- 5006794616946214584 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 2
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:XY9a
a=ice-pwd:tmEIogKuP43ovmvx0ZhnvxY3
a=ice-options:trickle
a=fingerprint:sha-256 B8:5F:6B:67:D8:6A:39:BD:59:AA:DA:1E:E4:37:7B:B3:FE:D3:34:D7:36:75:C9:82:95:BF:F5:0A:B7:0B:D6:80
a=setup:active
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=recvonly
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:XY9a
a=ice-pwd:tmEIogKuP43ovmvx0ZhnvxY3
a=ice-options:trickle
a=fingerprint:sha-256 B8:5F:6B:67:D8:6A:39:BD:59:AA:DA:1E:E4:37:7B:B3:FE:D3:34:D7:36:75:C9:82:95:BF:F5:0A:B7:0B:D6:80
a=setup:active
a=mid:2
a=sctp-port:5000
a=max-message-size:262144
`);

/** The offer with what people break when they edit it by hand. */
const BROKEN = OFFER.replace('BUNDLE 0 2', 'BUNDLE 0 1 2')
  .replace('SAVPF 111 63 9', 'SAVPF 111 63 9 96')
  .replace('a=setup:actpass\r\na=mid:2', 'a=setup:active\r\na=mid:2')
  .replace('a=rtcp-mux\r\n', 'a=rtcp-mux\r\na=mid:0\r\na=x-call:7\r\n');

const CANDIDATES = [
  'candidate:1655417556 1 udp 2113942271 e93d1704-9325-4aef-b0f0-a61a26cad765.local 38899 typ host generation 0 ufrag 7BZL network-cost 999',
  'candidate:3108497423 1 udp 1677729535 203.0.113.24 51742 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag 7BZL network-cost 999',
  'candidate:2301711762 1 udp 50339839 198.51.100.20 41722 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag 7BZL network-cost 999',
].join('\r\n');

export const SAMPLES: readonly Sample[] = [
  { id: 'both', title: 'An offer and its answer', text: OFFER + ANSWER },
  { id: 'broken', title: 'An offer with mistakes', text: BROKEN },
  { id: 'candidates', title: 'Three candidates', text: CANDIDATES },
];
