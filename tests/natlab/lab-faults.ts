/** Faults put into a call between two real Chromium behind two real routers, each of one cause; A offers. */
import type { Home, Lab } from './lab.ts';
import { SERVER, TURN } from './lab.ts';
import type { RouterId } from './routers.ts';

interface LabFault {
  readonly id: string;
  /** What was done, for whoever reads the fixture. */
  readonly done: string;
  readonly router?: RouterId;
  readonly servers?: readonly RTCIceServer[];
  /** Of B, where they are others. */
  readonly otherServers?: readonly RTCIceServer[];
  readonly oneHome?: true;
  readonly showAddresses?: true;
  /** Switches of each end's Chromium. */
  readonly flags?: Readonly<Partial<Record<Home, string>>>;
  /** In the namespaces, before the browsers start; `undo` afterwards. */
  readonly prepare?: (lab: Lab) => void;
  readonly undo?: (lab: Lab) => void;
  /** What the signalling makes of a description. */
  readonly description?: (sdp: string, from: Home) => string;
  /** Null drops it. */
  readonly candidate?: (init: RTCIceCandidateInit, from: Home) => RTCIceCandidateInit | null;
  /** ICE is restarted before any candidate was handed over, and those of the round before are. */
  readonly staleCandidates?: true;
  /** Milliseconds that the answer is held back. */
  readonly answerAfter?: number;
  /** Audio is offered; the channel is made once the call stands, and nothing is negotiated for it. */
  readonly lateChannel?: true;
}

const STUN = [{ urls: `stun:${SERVER}:${TURN.port}` }];
const RELAY = {
  urls: `turn:${SERVER}:${TURN.port}?transport=udp`,
  username: TURN.username,
  credential: TURN.credential,
};
const POLICY = '--webrtc-ip-handling-policy=';
const must = (worked: boolean): void => {
  if (!worked) throw new Error('the laboratory could not be set up so');
};
const drop = (lab: Lab, router: 'router-a' | 'router-b', rule: string): void =>
  must(
    lab.shell(
      router,
      'nft add table ip fault',
      'nft add chain ip fault forward "{ type filter hook forward priority -10; }"',
      `nft add rule ip fault forward ${rule} drop`,
    ),
  );
const letPass = (lab: Lab, ...routers: readonly ('router-a' | 'router-b')[]): void =>
  routers.forEach((router) => lab.shell(router, 'nft delete table ip fault'));

export const LAB_FAULTS: readonly LabFault[] = [
  {
    id: 'server-address-unreachable',
    done: 'B, behind its own router, asks no STUN server and tells its private address alone',
    servers: STUN,
    showAddresses: true,
    candidate: (init, from) => (from === 'b' && !/ typ host/.test(init.candidate!) ? null : init),
  },
  {
    id: 'server-ports-blocked',
    done: 'B names its public address as host and calls itself lite, as a media server does; nothing gets in there',
    servers: STUN,
    showAddresses: true,
    prepare: (lab) => drop(lab, 'router-b', 'meta l4proto udp'),
    undo: (lab) => letPass(lab, 'router-b'),
    description: (sdp, from) => (from === 'b' ? sdp.replace('t=0 0\r\n', 't=0 0\r\na=ice-lite\r\n') : sdp),
    candidate: (init, from) =>
      from === 'b' ? { ...init, candidate: init.candidate!.replace('10.2.0.2', '203.0.113.2') } : init,
  },
  {
    id: 'blocked-by-browser-policy',
    done: 'A’s Chromium may use no UDP that goes through no proxy (disable_non_proxied_udp)',
    servers: STUN,
    flags: { a: `${POLICY}disable_non_proxied_udp` },
  },
  {
    id: 'no-host-candidates',
    done: 'both are in one home, and their Chromium may show no address of the machine (default_public_interface_only)',
    servers: STUN,
    oneHome: true,
    flags: { a: `${POLICY}default_public_interface_only`, b: `${POLICY}default_public_interface_only` },
  },
  {
    id: 'nat-hairpin',
    done: 'both are in one home and can not resolve each other’s mDNS names; the router turns no packet round',
    servers: STUN,
    oneHome: true,
    candidate: (init) => ({
      ...init,
      candidate: init.candidate!.replace(/[\w-]+\.local/, '0b0b0b0b-1111-4222-8333-444444444444.local'),
    }),
  },
  {
    id: 'dtls-mtu',
    done: 'A’s router drops what is longer than 250 bytes: checks pass, the flights of DTLS do not',
    servers: STUN,
    prepare: (lab) => drop(lab, 'router-a', 'ip length gt 250 meta l4proto udp'),
    undo: (lab) => letPass(lab, 'router-a'),
  },
  {
    id: 'turn-relay-private',
    done: 'A’s TURN server leases addresses of 10.9.9.9, which the routers do not let through',
    router: 'symmetric',
    servers: [{ ...RELAY, urls: RELAY.urls.replace(`:${TURN.port}`, ':3600') }],
    otherServers: STUN,
    prepare: (lab) => {
      must(lab.shell('internet', 'ip addr add 10.9.9.9/32 dev lo'));
      lab.startTurn(3600, '10.9.9.9');
      for (const router of ['router-a', 'router-b'] as const)
        drop(lab, router, 'ip daddr 10.9.0.0/16 meta l4proto udp');
    },
    undo: (lab) => letPass(lab, 'router-a', 'router-b'),
  },
  {
    id: 'candidate-wrong-mid',
    done: 'the signalling gives each candidate the mid of a section that is not there',
    servers: STUN,
    candidate: ({ candidate }) => ({ candidate: candidate!, sdpMid: 'camera' }),
  },
  {
    id: 'candidate-wrong-generation',
    done: 'ICE is restarted at once, and only candidates of the first round are handed over',
    servers: STUN,
    staleCandidates: true,
  },
  {
    id: 'sctp-failed',
    done: 'a call of audio alone stands; then A makes a data channel and negotiates nothing',
    servers: STUN,
    lateChannel: true,
  },
  {
    id: 'ok-late-answer',
    done: 'the answer is held back for 35 s, when B has given up long since: Chromium connects all the same',
    servers: STUN,
    answerAfter: 35_000,
  },
];
