/**
 * Every section of an RFC or specification that this program cites, with its title.
 * `cite` only compiles for a document and a section named here, so that a reference can not be dead.
 *
 * tests/citations.test.ts compares the RFCs and W3C WebRTC with tests/fixtures/spec-sections.tsv, taken from the documents.
 */
export const documents = {
  'RFC 768': { Fields: 'Fields' },
  'RFC 791': { '2.3': 'Function Description' },
  'RFC 1918': { '3': 'Private Address Space' },
  'RFC 2198': { '5': 'Relation to SDP' },
  'RFC 2326': { 'C.1.8': 'Entity Tag' },
  'RFC 3022': { '2.2': 'Overview of NAPT' },
  'RFC 3108': { '5.6.3': 'Service attributes' },
  'RFC 3264': { '5.1': 'Unicast Streams', '8': 'Modifying the Session', '8.1': 'Adding a Media Stream' },
  'RFC 3312': { '4': 'SDP parameters' },
  'RFC 3407': { '3': 'Simple Capability Declaration Attributes' },
  'RFC 3551': { '6': 'Payload Type Definitions' },
  'RFC 3605': { '2.1': 'The RTCP Attribute' },
  'RFC 3611': { '5.1': 'The SDP Attribute' },
  'RFC 3640': { '4.1': 'MIME Type Registration' },
  'RFC 3556': { '2': 'SDP Extensions' },
  'RFC 3890': { '6.2': 'The TIAS Bandwidth Modifier', '6.3': 'Packet Rate Parameter' },
  'RFC 4145': { '4': 'Setup Attribute', '5': 'The Connection Attribute' },
  'RFC 4567': { '3.1': 'SDP Extensions' },
  'RFC 4568': { '9.1': 'Generic "Crypto" Attribute Grammar' },
  'RFC 4570': { '3': 'The "source-filter" Attribute' },
  'RFC 4574': { '4': 'The Label Attribute' },
  'RFC 4585': { '4.2': 'RTCP Feedback Capability Attribute' },
  'RFC 4588': { '8.6': 'Mapping to SDP' },
  'RFC 4733': { '2.4.1': 'Relationship to SDP' },
  'RFC 4787': {
    '4.1': 'Address and Port Mapping',
    '4.2.1': 'Port Assignment Behavior',
    '4.3': 'Mapping Refresh',
    '5': 'Filtering Behavior',
  },
  'RFC 4796': { '5': 'The Content Attribute' },
  'RFC 4867': { '8.1': 'AMR Media Type Registration' },
  'RFC 4975': { '8': 'Using MSRP with SIP and SDP' },
  'RFC 5104': { '7.1': 'Extension of the rtcp-fb Attribute' },
  'RFC 5128': { '3.3': 'UDP Hole Punching' },
  'RFC 5506': { '5': 'Signaling' },
  'RFC 5547': { '6': 'Extensions to SDP' },
  'RFC 5576': { '4.1': 'The "ssrc" Media Attribute', '4.2': 'The "ssrc-group" Media Attribute' },
  'RFC 5583': { '5.2.2': '"depend" Attribute for Dependency Signaling per Media-Stream' },
  'RFC 5737': { '3': 'Documentation Address Blocks' },
  'RFC 5761': { '5.1.1': 'SDP Signalling' },
  'RFC 5888': {
    '4': 'Media Stream Identification Attribute',
    '5': 'Group Attribute',
    '9.1': 'Mid Value in Answers',
  },
  'RFC 5939': {
    '3.3': 'Version and Extension Indication Attributes',
    '3.4': 'Capability Attributes',
    '3.5': 'Configuration Attributes',
  },
  'RFC 6184': { '8.1': 'Media Type Registration' },
  'RFC 6189': { '8.1': 'Binding the Media Stream to the Signaling Layer via the Hello Hash' },
  'RFC 6236': { '3.1': 'Attribute Syntax' },
  'RFC 6455': { '1.1': 'Background' },
  'RFC 6544': { '4.5': 'Encoding the SDP' },
  'RFC 6871': { '3.3': 'New Capability Attributes' },
  'RFC 7273': { '4': 'Timestamp Reference Clock Source Signalling', '5': 'Media Clock Source Signalling' },
  'RFC 7587': { '6.1': 'Opus Media Type Registration', '7': 'SDP Considerations' },
  'RFC 7741': { '6.1': 'Media Type Definition' },
  'RFC 7798': { '7.1': 'Media Type Registration' },
  'RFC 7826': { 'D.1.1': 'Control URI', 'D.1.6': 'Range of Presentation' },
  'RFC 7866': { '7': 'SDP Handling' },
  'RFC 8122': {
    '3.3': 'The Need for Self-Signed Certificates',
    '5': 'Fingerprint Attribute',
    '6.2': 'Certificate Presentation',
  },
  'RFC 8285': {
    '5': 'SDP Signaling Design',
    '6': 'SDP Signaling for Support of Mixed One-Byte and Two-Byte Header Extensions',
    '8': 'BNF Syntax',
  },
  'RFC 8373': { '5': 'Solution' },
  'RFC 8445': {
    '2': 'Overview of ICE',
    '2.1': 'Gathering Candidates',
    '2.2': 'Connectivity Checks',
    '4': 'Terminology',
    '5.1.1': 'Gathering Candidates',
    '5.1.1.1': 'Host Candidates',
    '5.1.1.2': 'Server-Reflexive and Relayed Candidates',
    '5.1.1.4': 'Keeping Candidates Alive',
    '5.1.2': 'Prioritizing Candidates',
    '5.1.2.1': 'Recommended Formula',
    '5.1.2.2': 'Guidelines for Choosing Type and Local Preferences',
    '6.1.2.3': 'Computing Pair Priority and Ordering Pairs',
    '7.2.2': 'Forming Credentials',
    '7.3': 'STUN Server Procedures',
    '7.3.1.3': 'Learning Peer-Reflexive Candidates',
    '11': 'Keepalives',
    'B.4': 'Importance of the STUN Username',
  },
  'RFC 8489': {
    '2': 'Overview of Operation',
    '5': 'STUN Message Structure',
    '6.2.1': 'Sending over UDP or DTLS-over-UDP',
    '9.2': 'Long-Term Credential Mechanism',
    '9.2.2': 'HMAC Key',
    '9.2.4': 'Receiving a Request',
    '14.2': 'XOR-MAPPED-ADDRESS',
  },
  'RFC 8627': { '5.1': 'Media Type Registration -- Parity Codes' },
  'RFC 8656': {
    '1': 'Introduction',
    '3': 'Overview of Operation',
    '3.2': 'Allocations',
    '3.3': 'Permissions',
    '3.5': 'Channels',
    '9': 'Permissions',
    '18.5': 'XOR-RELAYED-ADDRESS',
  },
  'RFC 8827': {
    '4.3': 'DTLS Handshake',
    '5': 'SDP Identity Attribute',
    '6.5': 'Communications Security',
    '9.1': 'Communications Security',
  },
  'RFC 8828': { '5.2': 'Modes and Recommendations' },
  'RFC 8830': { '2': 'The MSID Mechanism' },
  'RFC 8831': { '5': 'SCTP over DTLS over UDP Considerations', '6.4': 'Data Channel Definition' },
  'RFC 8838': {
    '1': 'Introduction',
    '4': 'Generating the Initial ICE Description',
    '8': 'Performing Connectivity Checks',
    '9': 'Gathering and Conveying Newly Gathered Local Candidates',
    '13': 'Generating an End-of-Candidates Indication',
    '14': 'Receiving an End-of-Candidates Indication',
  },
  'RFC 8839': {
    '5.1': '"candidate" Attribute',
    '5.2': '"remote-candidates" Attribute',
    '5.3': '"ice-lite" and "ice-mismatch" Attributes',
    '5.4': '"ice-ufrag" and "ice-pwd" Attributes',
    '5.5': '"ice-pacing" Attribute',
    '5.6': '"ice-options" Attribute',
  },
  'RFC 8840': { '8.1': 'Definition' },
  'RFC 8841': {
    '4.2': 'Protocol Identifiers',
    '4.3': 'Media-Format Management',
    '5': 'SDP "sctp-port" Attribute',
    '6': 'SDP "max-message-size" Attribute',
  },
  'RFC 8842': { '4': 'SDP "tls-id" Attribute', '5': 'SDP Offer/Answer Procedures' },
  'RFC 8851': { '4': 'SDP "a=rid" Media Level Attribute', '10': 'Formal Grammar' },
  'RFC 8853': { '5.1': 'Simulcast Attribute' },
  'RFC 8856': {
    '5.1': "SDP 'floorctrl' Attribute",
    '5.2': "SDP 'confid' Attribute",
    '5.3': "SDP 'userid' Attribute",
    '5.4': "SDP 'floorid' Attribute",
    '5.5': "SDP 'bfcpver' Attribute",
  },
  'RFC 8858': { '3': "SDP 'rtcp-mux-only' Attribute" },
  'RFC 8864': { '5.1': 'SDP DCMAP Attribute', '5.2': 'SDP DCSA Attribute' },
  'RFC 8866': {
    '5': 'SDP Specification',
    '5.1': 'Protocol Version ("v=")',
    '5.2': 'Origin ("o=")',
    '5.3': 'Session Name ("s=")',
    '5.4': 'Session Information ("i=")',
    '5.5': 'URI ("u=")',
    '5.6': 'Email Address and Phone Number ("e=" and "p=")',
    '5.7': 'Connection Information ("c=")',
    '5.8': 'Bandwidth Information ("b=")',
    '5.9': 'Time Active ("t=")',
    '5.10': 'Repeat Times ("r=")',
    '5.11': 'Time Zone Adjustment ("z=")',
    '5.12': 'Encryption Keys ("k=")',
    '5.13': 'Attributes ("a=")',
    '5.14': 'Media Descriptions ("m=")',
    '6.1': 'cat (Category)',
    '6.2': 'keywds (Keywords)',
    '6.3': 'tool',
    '6.4': 'ptime (Packet Time)',
    '6.5': 'maxptime (Maximum Packet Time)',
    '6.6': 'rtpmap',
    '6.7': 'Media Direction Attributes',
    '6.8': 'orient (Orientation)',
    '6.9': 'type (Conference Type)',
    '6.10': 'charset (Character Set)',
    '6.11': 'sdplang (SDP Language)',
    '6.12': 'lang (Language)',
    '6.13': 'framerate (Frame Rate)',
    '6.14': 'quality',
    '6.15': 'fmtp (Format Parameters)',
    '9': 'SDP Grammar',
  },
  'RFC 9143': {
    '1.2': 'BUNDLE Mechanism',
    '6': "SDP 'bundle-only' Attribute",
    '7': 'SDP Offer/Answer Procedures',
    '7.3.3': 'Rejecting a Media Description in a BUNDLE Group',
    '9.3': 'RTP/RTCP Multiplexing',
  },
  'RFC 9429': {
    '1.1': 'General Design of JSEP',
    '3.1': 'Signaling Model',
    '3.2': 'Session Descriptions and State Machine',
    '3.5.1': 'ICE Gathering Overview',
    '3.5.2': 'ICE Candidate Trickling',
    '3.5.2.1': 'ICE Candidate Format',
    '4.1.8': 'createOffer',
    '4.1.9': 'createAnswer',
    '4.1.10.2': 'Rollback',
    '4.1.11': 'setLocalDescription',
    '4.1.19': 'addIceCandidate',
    '5.2.1': 'Initial Offers',
    '5.2.2': 'Subsequent Offers',
    '5.8': 'Parsing a Session Description',
    '5.8.3': 'Semantics Verification',
  },
  'RFC 9628': { '6': 'Payload Format Parameters' },
  'W3C WebRTC': {
    '4.3.1': 'RTCSignalingState Enum',
    '4.4': 'RTCPeerConnection Interface',
    '4.4.1.4': 'Set the session description',
    '4.4.2': 'Interface Definition',
    '4.8.2': 'RTCPeerConnectionIceEvent',
    '6.1': 'RTCPeerConnection Interface Extensions',
  },
  'draft-ietf-mmusic-mdns-ice-candidates': {
    '3.1': 'ICE Candidate Gathering',
    '3.2': 'ICE Candidate Processing',
  },
  'IANA SDP parameters': {
    'attribute-name': 'Session Description Protocol (SDP) Parameters, registry attribute-name',
  },
  'AV1 RTP': { '7.2': 'SDP Parameters' },
  'draft-rescorla-dtls-in-sdp': { '3': 'The dtls-message attribute' },
  'draft-ietf-mmusic-sctp-sdp-05': { '6': 'The sctpmap attribute' },
  'draft-ietf-mmusic-msid-01': { '3': 'The msid-semantic attribute' },
  libwebrtc: { 'pc/webrtc_sdp.cc': 'The SDP parser and serializer of libwebrtc' },
  'MS-SDPEXT': { '3.1.5': 'Message Processing Events and Sequencing Rules' },
  '3GPP TS 26.114': { '6.2': 'Session description' },
  AES67: { '8': 'Session description' },
  'ISO/IEC 14496-8': { SDP: 'Carriage of MPEG-4 contents over IP networks: SDP' },
  'ISMA 1.0': { SDP: 'Implementation specification of the Internet Streaming Media Alliance: SDP' },
  'SMPTE ST 2110-20': { '7': 'Session Description Protocol' },
  AirPlay: { announce: 'The ANNOUNCE request of the Remote Audio Output Protocol (not published)' },
  'ITU-T T.38': { 'D.2.3': 'SDP attributes of T.38' },
  'ITU-T V.152': { '7': 'Negotiation of voice-band data' },
} as const;

type Documents = typeof documents;

/** The place in a specification that a statement rests on. */
export interface Cite {
  /** For example `RFC 8839`. */
  readonly rfc: string;
  /** For example `5.1`. */
  readonly section: string;
}

/** A reference to a listed section. */
export function cite<D extends keyof Documents>(rfc: D, section: keyof Documents[D] & string): Cite {
  return { rfc, section };
}

/** The title of a cited section; undefined when it is not listed. */
export function sectionTitle(reference: Cite): string | undefined {
  const sections = new Map<string, Readonly<Record<string, string>>>(Object.entries(documents)).get(
    reference.rfc,
  );
  return sections && Object.hasOwn(sections, reference.section) ? sections[reference.section] : undefined;
}

/** Where to read a cited section; undefined for a specification that is not an RFC. */
export function sectionUrl(reference: Cite): string | undefined {
  const rfc = /^RFC (\d+)$/.exec(reference.rfc)?.[1];
  return rfc === undefined
    ? undefined
    : `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${reference.section}`;
}
