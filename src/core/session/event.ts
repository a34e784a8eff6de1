/**
 * The one format of everything that happens. Read this first.
 *
 * Names are those of the W3C interface as rtcstats writes them (`createOffer`, `setLocalDescriptionOnSuccess`,
 * `onicecandidate`, `getStats`); ours start with a colon, as that format allows. Only what happened is stored, nothing
 * that was concluded. One event looks like this:
 *
 *     { id: 'A:4', at: 9.512, peer: 'A', type: 'setLocalDescription', value: { type: 'offer', sdp: 'v=0…' }, correlation: 'A-2' }
 */
export type SessionEvent = { [T in EventType]: EventOf<T> }[EventType];

export interface EventOf<T extends EventType> {
  /** Stable: the peer and the position in that peer's own trace, `B:17`. */
  readonly id: string;
  /** Milliseconds since the session began, to the microsecond. */
  readonly at: number;
  readonly peer: PeerId;
  readonly type: T;
  readonly value: EventValues[T];
  /** Joins a call with its outcome, or a message sent with its arrival. */
  readonly correlation?: string;
}

export type EventType = keyof EventValues;

/** `A` and `B` in our own sessions; whatever a dump calls its connections. `''` is the session itself. */
export type PeerId = string;

/** What a source hands over: the log adds the id. */
export type NewEvent = { [T in EventType]: Omit<EventOf<T>, 'id'> }[EventType];

export type Emit = (event: NewEvent) => void;

export interface EventValues {
  ':session': SessionInfo;
  ':peer': PeerInfo;
  /**
   * The peer's page is gone, and told of no `close`. A page that goes closes its connections (W3C WebRTC, section 4.4.2,
   * `disappear`), so its states are `closed` from here on, by inference.
   */
  ':peer.gone': null;

  create: Configuration;
  close: null;
  createOffer: Readonly<Record<string, unknown>> | null;
  createOfferOnSuccess: Description;
  createOfferOnFailure: string;
  createAnswer: Readonly<Record<string, unknown>> | null;
  createAnswerOnSuccess: Description;
  createAnswerOnFailure: string;
  setLocalDescription: Description | null;
  setLocalDescriptionOnSuccess: Description | null;
  setLocalDescriptionOnFailure: string;
  setRemoteDescription: Description;
  setRemoteDescriptionOnSuccess: Description | null;
  setRemoteDescriptionOnFailure: string;
  addIceCandidate: CandidateInit | null;
  addIceCandidateOnSuccess: null;
  addIceCandidateOnFailure: string;
  createDataChannel: ChannelInfo;
  createDataChannelOnFailure: string;
  addTrack: TrackInfo;
  addTrackOnFailure: string;
  addTransceiver: TrackInfo;
  addTransceiverOnFailure: string;
  removeTrack: TrackInfo;
  removeTrackOnFailure: string;
  restartIce: null;
  restartIceOnFailure: string;
  setConfiguration: Configuration;
  setConfigurationOnFailure: string;

  onicecandidate: GatheredCandidate | null;
  onicecandidateerror: CandidateError;
  onsignalingstatechange: string;
  onicegatheringstatechange: string;
  oniceconnectionstatechange: string;
  onconnectionstatechange: string;
  onnegotiationneeded: null;
  ondatachannel: ChannelInfo;
  ontrack: TrackInfo;
  getStats: StatsReports;

  /** `statechange` of the RTCDtlsTransport that carries the first m-section. */
  ':dtls.state': string;
  /**
   * `selectedcandidatepairchange` of the RTCIceTransport under that one, with what `getSelectedCandidatePair` gives (W3C
   * WebRTC, section 5.6). Firefox has neither.
   */
  ':ice.selected': SelectedCandidates;
  ':datachannel.state': { readonly label: string; readonly state: string };
  ':data.sent': DataMessage;
  ':data.received': DataMessage;
  ':signal.sent': Signal & { readonly to: PeerId };
  ':signal.received': Signal & { readonly from: PeerId };
  /** An impairment of the channel keeps a message back: `for` so many ms, or, when null, until somebody lets it go. */
  ':signal.held': Passage & { readonly by: 'delay' | 'reorder' | 'hold'; readonly for: number | null };
  /** It leaves the channel: its time is over, or `hand` let it go. A message sent twice leaves twice. */
  ':signal.released': Passage & { readonly by: 'time' | 'hand' };
  ':signal.dropped': Passage & { readonly by: 'chance' | 'hand' };
  /** From here on there are two of it. */
  ':signal.duplicated': Passage;
  /** A datagram that our STUN/TURN server received or sent. */
  ':packet': Packet;
  /** A packet that went no further: only a simulator, and who stands at the wall, sees it. */
  ':packet.dropped': DroppedPacket;
  /** A NAT used a mapping (RFC 4787, section 4.1), made for it where there was none. */
  ':nat.mapping': NatMapping;
  /** So many packets were seen and not recorded: more came than could be carried. */
  ':packets.missed': { readonly count: number };
  /** A line of a dump whose name we do not know, kept whole so that saving loses nothing. */
  ':unknown': { readonly method: string; readonly value: unknown; readonly extra: readonly unknown[] };
}

/** The label of the data channel in which Icescope carries recordings between two devices; what goes over it is not recorded. */
export const RECORD_CHANNEL = 'icescope-record';

export interface SessionInfo {
  readonly kind: 'loopback' | 'tabs' | 'devices' | 'imported' | 'simulated' | 'tapped';
  /** Milliseconds since 1970 at `at` = 0. */
  readonly startedAt: number;
  readonly userAgent?: string;
  /** Of a simulation: what its chances were drawn from. */
  readonly seed?: number;
  /** How people call the room that the two met in: the beginning of its name, by which nobody can enter it. */
  readonly room?: string;
}

export interface PeerInfo {
  /** `this page`, `another tab`: where the peer runs, in words. */
  readonly place: string;
  readonly browser?: string;
  /** `a NAT`, told by whoever recorded it: without a server outside nobody else can know. */
  readonly behind?: string;
}

/** RTCConfiguration without any credential. */
export interface Configuration {
  readonly iceServers?: readonly { readonly urls: readonly string[]; readonly username?: string }[];
  readonly iceTransportPolicy?: string;
  readonly bundlePolicy?: string;
  readonly iceCandidatePoolSize?: number;
  /** Where the page is that made the connection; in dumps. */
  readonly pageUrl?: string;
  readonly [other: string]: unknown;
}

/** RTCSessionDescriptionInit; a rollback has no text. */
export interface Description {
  readonly type: string;
  readonly sdp: string;
}

/** RTCIceCandidateInit. `candidate: ''` ends a generation of candidates (W3C WebRTC, section 4.8.1). */
export interface CandidateInit {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

/** RTCIceCandidate as `icecandidate` gives it, with the server it came from. */
export interface GatheredCandidate extends CandidateInit {
  readonly url?: string | null;
  readonly relayProtocol?: string | null;
}

/** RTCPeerConnectionIceErrorEvent. */
export interface CandidateError {
  readonly url: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly errorCode: number;
  readonly errorText: string;
  /** `192.0.2.x:50124`, the address in part hidden; in dumps of Chromium. */
  readonly hostCandidate?: string;
}

/** RTCIceCandidatePair, each as its candidate line; an address that the page may not see is hidden in it. */
export interface SelectedCandidates {
  readonly local: string;
  readonly remote: string;
}

export interface ChannelInfo {
  readonly label: string;
  readonly ordered?: boolean;
  readonly id?: number | null;
}

export interface TrackInfo {
  readonly kind: string;
  readonly mid?: string | null;
  readonly direction?: string;
  /** Of the MediaStreamTrack, with the MediaStreams that it is in; in dumps. */
  readonly id?: string;
  readonly label?: string;
  readonly streams?: readonly string[];
}

export interface DataMessage {
  readonly label: string;
  /** The first message of a channel in its direction is 1: so a message sent meets its arrival. */
  readonly number: number;
  readonly bytes: number;
  /** The text, where its owner agreed to record it. */
  readonly text?: string;
}

export interface Signal {
  /** `end` is the end of candidates. */
  readonly kind: 'offer' | 'answer' | 'pranswer' | 'rollback' | 'candidate' | 'end';
  readonly channel: string;
  /** UTF-8 bytes of the message as it travelled. */
  readonly bytes: number;
  readonly payload: Description | CandidateInit | null;
}

/** A message on its way through a channel with impairments; `correlation` is that of its sending. */
export interface Passage {
  readonly kind: Signal['kind'];
  readonly from: PeerId;
  readonly to: PeerId;
}

/** A datagram as somebody on its way saw it; over TCP one message of the stream, without its padding. */
export interface Packet {
  /** As the observer saw it: `received` by it, or `sent`. */
  readonly direction: 'received' | 'sent';
  readonly transport: 'udp' | 'tcp';
  /** The observer's transport address, `127.0.0.1:3478` or `[::1]:3478`, and that of the other side. */
  readonly local: string;
  readonly remote: string;
  /** At the STUN/TURN server, at the address that it relays from, or at the peer itself, where it is simulated. */
  readonly seenAt: 'server' | 'relay' | 'host';
  /** Base64 (RFC 4648, section 4). */
  readonly bytes: string;
  /** Milliseconds by which `at` may be wrong: it was read from another clock. */
  readonly within: number;
}

export interface DroppedPacket {
  readonly transport: 'udp' | 'tcp';
  /** Transport addresses as they stood in the packet where it ended: `203.0.113.24:51742`. */
  readonly source: string;
  readonly destination: string;
  /** `A’s NAT`, `the firewall of B`, `the internet` */
  readonly where: string;
  readonly reason: string;
  readonly what: string;
}

export interface NatMapping {
  /** `A’s NAT` */
  readonly nat: string;
  readonly transport: 'udp' | 'tcp';
  /** Transport addresses: of who sends, as it is seen outside, and whom the packet is for. */
  readonly inside: string;
  readonly outside: string;
  readonly remote: string;
  /** When it will be forgotten if nothing more goes out: ms since the session began. */
  readonly until: number;
}

/** webrtc-stats reports by id: `{ T01: { type: 'transport', … } }`. */
export type StatsReports = Readonly<Record<string, StatsReport>>;
export interface StatsReport {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** The calls that promise an answer, or throw; each has `…OnFailure`, the first five `…OnSuccess` too. */
export const CALLS = [
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'addIceCandidate',
  'createDataChannel',
  'addTrack',
  'addTransceiver',
  'removeTrack',
  'restartIce',
  'setConfiguration',
  'close',
] as const;
export type CallName = (typeof CALLS)[number];

/** `InvalidStateError: …` as failures are written, taken apart. */
export function readFailure(text: string): { readonly name: string; readonly message: string } {
  const [, name, message] = /^([A-Za-z]*(?:Error|Exception)): ?([^]*)$/.exec(text) ?? [];
  return name ? { name, message: message ?? '' } : { name: 'Error', message: text };
}
