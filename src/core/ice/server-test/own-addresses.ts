/** Why a browser has no candidates, or few: what it gathers without any server, and what that says of its policy and its network. */
import { type Cite, cite } from '../../base/cite.ts';
import { familyOf } from '../../base/address.ts';
import { parseCandidate, type SdpCandidate } from '../../sdp/candidate.ts';
import type { End } from './evidence.ts';

/** A local candidate of getStats: browsers count there sockets too whose candidates they keep from the page. */
export interface Socket {
  /** Empty, `0.0.0.0` or `::` where it is hidden. */
  readonly address: string;
  /** `udp`, `tcp`. */
  readonly protocol: string;
  /** `ethernet`, `vpn`; empty where the browser does not say. */
  readonly networkType: string;
}

export interface OwnGathering {
  /** Candidate attributes (RFC 8839, section 5.1). */
  readonly candidates: readonly string[];
  readonly sockets: readonly Socket[];
  readonly end: End;
  /** `navigator.onLine`. */
  readonly online: boolean;
}

export type Permission = 'not-asked' | 'granted' | 'refused' | 'no-device';

export interface OwnAddresses {
  readonly all: OwnGathering;
  /** The same with `iceTransportPolicy: 'relay'` and the page’s TURN servers left out; null when the page allows all candidates. */
  readonly relayOnly: OwnGathering | null;
  readonly hasTurn: boolean;
  readonly permission: Permission;
}

export interface OwnFinding {
  readonly id: OwnFindingId;
  readonly title: string;
  readonly meaning: string;
  readonly change: string;
  /** What no browser tells a page; empty when all is known. */
  readonly unknown: string;
  readonly source: Cite;
}

export type OwnFindingId = keyof typeof WORDS | 'hidden' | 'shown' | 'ipv6-only' | 'vpn';

const POLICIES = cite('RFC 8828', '5.2');

const WORDS = {
  'relay-without-turn': {
    title: 'The page allows relays only, and names no TURN server',
    meaning:
      'With iceTransportPolicy “relay” this browser gathers nothing; with “all” it gathers candidates.',
    change: 'Add a TURN server to iceServers, or allow all candidates.',
    unknown: '',
    source: POLICIES,
  },
  'no-network': {
    title: 'This machine has no network',
    meaning: 'The browser says that it is offline, and found no interface to gather on.',
    change: 'Connect it to a network. A VPN that just went down may be what is missing.',
    unknown: '',
    source: cite('RFC 8445', '5.1.1.1'),
  },
  'no-interface': {
    title: 'No network interface gave a candidate',
    meaning: 'Gathering did not end, and nothing came. The browser believes that it is online.',
    change: 'Look whether the network has an address, and whether the browser may only use a proxy.',
    unknown:
      'Whether the interfaces are missing, or a setting lets only a proxy through (Firefox: media.peerconnection.ice.proxy_only).',
    source: cite('RFC 8445', '5.1.1.1'),
  },
  'udp-forbidden': {
    title: 'The browser may not use UDP without a proxy',
    meaning:
      'It opened sockets for TCP only, and shows none of their addresses: that is the policy disable_non_proxied_udp.',
    change:
      'Let the administrator change the policy WebRtcIPHandling, or switch off the extension that set it. TURN over TCP or TLS works meanwhile.',
    unknown: 'Whether a policy of the administrator or an extension did it.',
    source: POLICIES,
  },
  'default-route-only': {
    title: 'The browser shows no address of this machine',
    meaning:
      'It opened sockets on the default route alone and hides their addresses: that is the policy default_public_interface_only.',
    change:
      'STUN and TURN still work: add them. For calls inside one network, let the policy WebRtcIPHandling be changed, or switch off the extension that set it.',
    unknown: 'Whether a policy of the administrator or an extension did it.',
    source: POLICIES,
  },
  'host-forbidden': {
    title: 'The browser has addresses, and gives none to pages',
    meaning: 'It opened sockets on them, as its statistics show, and made no candidate of any.',
    change: 'In Firefox look at media.peerconnection.ice.no_host. STUN and TURN still work: add them.',
    unknown: 'Whether a setting or an extension did it.',
    source: POLICIES,
  },
  'all-forbidden': {
    title: 'The browser lets pages gather nothing but relays',
    meaning: 'Gathering ended at once, without a socket, on a machine that is online.',
    change:
      'In Firefox look at media.peerconnection.ice.relay_only; else switch off extensions that hide addresses. A TURN server works meanwhile.',
    unknown: 'Whether a setting, a policy or an extension did it.',
    source: POLICIES,
  },
} as const satisfies Record<string, Omit<OwnFinding, 'id'>>;

/** What most likely is the reason, or that there is nothing to mend. */
export function explainOwnAddresses(own: OwnAddresses): OwnFinding {
  const { all, relayOnly, hasTurn } = own;
  if (all.candidates.length === 0) return finding(whyNone(all));
  if (relayOnly?.candidates.length === 0 && !hasTurn) return finding('relay-without-turn');
  return few(own);
}

const finding = (id: keyof typeof WORDS): OwnFinding => ({ id, ...WORDS[id] });

function whyNone({ online, sockets, end }: OwnGathering): keyof typeof WORDS {
  if (sockets.some(({ address }) => !isHidden(address))) return 'host-forbidden';
  // Without a network Chromium opens sockets on any address, too.
  if (!online) return 'no-network';
  if (sockets.length > 0)
    return sockets.some(({ protocol }) => protocol === 'udp') ? 'default-route-only' : 'udp-forbidden';
  return end === 'complete' ? 'all-forbidden' : 'no-interface';
}

const isHidden = (address: string): boolean => /^[0:.]*$/.test(address);
const isName = ({ address }: SdpCandidate): boolean => familyOf(address) === null;

/** There are candidates: what they are good for. */
function few({ all, permission }: OwnAddresses): OwnFinding {
  const hosts = all.candidates.flatMap((text) => parseCandidate(text) ?? []);
  if (all.sockets.length > 0 && all.sockets.every(({ networkType }) => networkType === 'vpn')) return VPN;
  if (hosts.every(isName)) return hidden(hosts.length, permission);
  const addresses = [...new Set(hosts.filter((host) => !isName(host)).map(({ address }) => address))];
  return addresses.every((address) => familyOf(address) === 'IPv6')
    ? IPV6_ONLY
    : shown(addresses, permission);
}

const MEANWHILE = {
  'not-asked':
    'Nothing, if they are to be hidden. To see what is behind the names, allow the camera: most browsers then show addresses.',
  refused: 'The camera was not allowed, so they stay hidden. That is no fault.',
  'no-device': 'There is no camera that could be used, so they stay hidden.',
  granted:
    'They stay hidden although the camera is allowed: a setting keeps them so (Firefox: media.peerconnection.ice.obfuscate_host_addresses), or the camera is not a real one.',
} as const satisfies Record<Permission, string>;

const hidden = (count: number, permission: Permission): OwnFinding => ({
  id: 'hidden',
  title: 'Addresses of this machine are hidden behind names',
  meaning: `There ${count === 1 ? 'is one candidate' : `are ${count} candidates`}, with a name that ends in .local instead of an address. Only machines on the same network that speak mDNS can find them; others need STUN or TURN.`,
  change: MEANWHILE[permission],
  unknown: 'Of which family the addresses are.',
  source: cite('draft-ietf-mmusic-mdns-ice-candidates', '3.1'),
});

const VPN: OwnFinding = {
  id: 'vpn',
  title: 'Every address belongs to a VPN',
  meaning: 'All candidates were gathered on a VPN’s interface: calls go where it lets them.',
  change: 'Try without the VPN. If that works, let its administrator allow UDP, or add TURN over TLS.',
  unknown: 'Whether the VPN lets UDP through: the test of the servers shows it.',
  source: cite('RFC 8445', '5.1.1.1'),
};

const IPV6_ONLY: OwnFinding = {
  id: 'ipv6-only',
  title: 'This machine has IPv6 alone',
  meaning: 'There is no IPv4 address: a peer or a server that has IPv4 alone is not reached directly.',
  change: 'Add a TURN server that is reached over IPv6 and relays to IPv4.',
  unknown: 'Whether the network translates to IPv4 (NAT64): the test of the servers shows it.',
  source: cite('RFC 8445', '5.1.1.1'),
};

const shown = (addresses: readonly string[], permission: Permission): OwnFinding => ({
  id: 'shown',
  title:
    permission === 'granted'
      ? 'With the permission, this browser shows its addresses'
      : 'This browser shows its addresses to pages',
  meaning: `It gathers ${addresses.join(', ')}. Nothing in the browser is in the way.`,
  change:
    permission === 'granted'
      ? 'A page that asks for the camera or the microphone gathers these too. Without it, names stand in their place.'
      : 'Nothing. If a call gets no candidates, look at its own page: the tap records it.',
  unknown: '',
  source: POLICIES,
});

/** Whether a configuration that was pasted allows relays only. */
export const allowsRelaysOnly = (text: string): boolean =>
  /iceTransportPolicy["'`]?\s{0,9}:\s{0,9}["'`]relay["'`]/.test(text);
