/** What RFC 8445 leaves open, and what Chromium and Firefox do otherwise. Their figures: each line says where it is from. */
import { crc32 } from '../../base/crc32.ts';
import type { CandidateType } from '../../sdp/priority.ts';
import { recommendedTypePreference } from '../../sdp/priority.ts';
import { encodeText } from '../../base/bytes.ts';
import { isIpv6 } from '../packet.ts';
import type { ConsentHabit } from './consent.ts';

export type ProfileId = 'rfc' | 'chromium' | 'firefox';

/** What a candidate's priority and foundation are made of (RFC 8445, sections 5.1.1.3 and 5.1.2). */
export interface Origin {
  readonly type: CandidateType;
  readonly baseAddress: string;
  /** Of the STUN or TURN server. */
  readonly server: string;
  /** How the TURN server is reached. */
  readonly relayProtocol: 'udp' | 'tcp' | 'tls' | null;
  /** Of the interface, from 0, the best first. */
  readonly interfaceIndex: number;
  /** Its address is hidden behind a name. */
  readonly isHidden: boolean;
  /** Of the ways to TURN that are configured: which it is, from 0, and how many there are. */
  readonly turnPlace: number;
  readonly turnCount: number;
}

export interface Profile {
  readonly id: ProfileId;
  readonly browser: string;
  /** Milliseconds between two new transactions (RFC 8445, section 14.2). */
  readonly ta: number;
  /** After which an unanswered check is given up, where that is sooner than RFC 8489 has it. */
  readonly checkGiveUp: number | undefined;
  /** An agent does not fail sooner after it began to check (RFC 8863, section 4). */
  readonly patience: number;
  /** From the first valid pair to the nomination of the best one: RFC 8445, section 8.1.1 leaves it to the agent. */
  readonly nominationDelay: number;
  readonly consent: ConsentHabit;
  /** First retransmission of a flight of DTLS. */
  readonly dtlsTimer: number;
  readonly typePreference: (origin: Origin) => number;
  readonly localPreference: (origin: Origin) => number;
  readonly foundation: (origin: Origin, known: Map<string, string>, tieBreaker: string) => string;
}

const foundationKey = ({ type, baseAddress, server, relayProtocol }: Origin): string =>
  [type, baseAddress, server, relayProtocol ?? 'udp'].join(' ');

/** The same for all candidates of a type, a base, a server and a protocol (section 5.1.1.3). */
function counted(first: number): Profile['foundation'] {
  return (origin, known) => {
    const key = foundationKey(origin);
    const foundation = known.get(key) ?? String(known.size + first);
    known.set(key, foundation);
    return foundation;
  };
}

const rfc: Profile = {
  id: 'rfc',
  browser: 'an agent by the RFCs',
  ta: 50,
  checkGiveUp: undefined,
  // RFC 8863, section 4: as long as a transaction of STUN takes.
  patience: 39_500,
  nominationDelay: 50,
  // RFC 7675, section 5.1; when to say `disconnected` it leaves open.
  consent: {
    every: 5000,
    spread: 0.2,
    again: 5000,
    answerWithin: 2500,
    unanswered: 2,
    silence: 0,
    expires: 30_000,
  },
  // RFC 6347, section 4.2.4.1.
  dtlsTimer: 1000,
  typePreference: ({ type }) => recommendedTypePreference[type],
  localPreference: ({ interfaceIndex, turnPlace }) => 65_535 - interfaceIndex * 256 - turnPlace,
  foundation: counted(1),
};

/** libwebrtc's `IcePriorityValue`: relays over UDP, TCP and TLS. */
const CHROMIUM_RELAY = { udp: 3, tcp: 1, tls: 0 } as const;
const FIREFOX_RELAY = { udp: 5, tcp: 0, tls: 0 } as const;

/** libwebrtc's `IPAddressPrecedence`. */
const precedenceOf = (address: string): number => {
  if (!isIpv6(address)) return 30;
  if (address === '::1') return 60;
  return /^f[cd]/.test(address) ? 50 : 40;
};

const chromium: Profile = {
  ...rfc,
  id: 'chromium',
  browser: 'Chromium, simulated',
  // p2p_transport_channel.cc: a channel that was never writable gives up after 15 s.
  checkGiveUp: 15_000,
  patience: 15_000,
  // p2p_constants.cc and connection.cc: a stable pair is asked every 2.5 s, a doubtful one every 480 ms; it is given up
  // 15 s after the first question that nobody answered.
  consent: {
    every: 2500,
    spread: 0,
    again: 480,
    answerWithin: 480,
    unanswered: 5,
    silence: 5000,
    expires: 17_500,
  },
  dtlsTimer: 50,
  typePreference: ({ type, relayProtocol }) =>
    type === 'relay' ? CHROMIUM_RELAY[relayProtocol ?? 'udp'] : recommendedTypePreference[type],
  /** Of the network (127 downwards, 0 where it is hidden) and of the kind of address; relays add their place. */
  localPreference: ({ type, interfaceIndex, baseAddress, isHidden, turnPlace, turnCount }) =>
    (isHidden ? 0 : 127 - interfaceIndex) * 256 +
    precedenceOf(baseAddress) +
    (type === 'relay' ? turnCount - turnPlace : 0),
  foundation: (origin, _known, tieBreaker) =>
    String(crc32(encodeText(`${foundationKey(origin)} ${tieBreaker}`)) >>> 0),
};

const firefox: Profile = {
  ...rfc,
  id: 'firefox',
  browser: 'Firefox, simulated',
  // media.peerconnection.ice.trickle_grace_period.
  patience: 5000,
  // One question without an answer is enough.
  consent: { ...rfc.consent, unanswered: 1 },
  // NSS, DTLS_RETRANSMIT_INITIAL_MS.
  dtlsTimer: 50,
  typePreference: ({ type, relayProtocol }) =>
    type === 'relay' ? FIREFOX_RELAY[relayProtocol ?? 'udp'] : recommendedTypePreference[type],
  /** nICEr: 127 downwards by interface, then the place of the server. */
  localPreference: ({ type, interfaceIndex, turnPlace }) =>
    (127 - interfaceIndex) * 256 + (type === 'host' ? 0 : 31 - turnPlace),
  foundation: counted(0),
};

export const PROFILES: Readonly<Record<ProfileId, Profile>> = { rfc, chromium, firefox };
