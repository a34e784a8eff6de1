/** What is simulated, as plain data: networks, both ends, servers, links, signalling, and what happens meanwhile. */
import type { CandidateType } from '../sdp/priority.ts';
import type { FirewallSpec } from './firewall.ts';
import type { ProfileId } from './ice/profile.ts';
import type { NatSpec } from './nat.ts';
import type { Side } from './packet.ts';

export interface NetworkSpec {
  readonly id: string;
  /** What the NAT is called where it is shown: `A’s NAT`. */
  readonly natName: string;
  /** On whose way it lies: what its NAT does is told beside that end's events. */
  readonly side: Side;
  readonly nat: NatSpec;
  /** The network that it leads to; the internet where none is named. */
  readonly outside?: string;
  /** The NAT's address there. */
  readonly address: string;
}

export interface InterfaceChoice {
  /** The network that it is in; the internet where none is named. */
  readonly network?: string;
  readonly address: string;
  readonly type?: 'ethernet' | 'wifi' | 'cellular' | 'vpn';
  readonly nat64?: boolean;
  /** Nothing that goes out of it arrives. */
  readonly isDead?: boolean;
}

export interface EndSpec {
  /** `a laptop at home` */
  readonly place: string;
  readonly behind?: string;
  readonly interfaces: readonly InterfaceChoice[];
  readonly firewall?: FirewallSpec;
  readonly profile?: ProfileId;
  readonly isLite?: boolean;
  /** The address that it tells in place of those of its interfaces. */
  readonly announces?: string;
  readonly hidesHosts?: boolean;
}

export interface ServersSpec {
  readonly stun: 'on' | 'dead' | 'off';
  /** How many STUN servers; 1. */
  readonly stunCount?: number;
  readonly turn: readonly ('udp' | 'tcp' | 'tls')[];
  readonly turnState?: 'on' | 'dead' | 'expired' | 'wrong password' | 'private' | 'full';
  /** They have IPv6 addresses too. */
  readonly ipv6?: boolean;
}

export interface SignallingSpec {
  /** Milliseconds, one way. */
  readonly delay: number;
  readonly jitter?: number;
  /** 0 to 1: a message that is lost does not come. */
  readonly loss?: number;
  /** Kinds of messages that never come. */
  readonly drops?: readonly { readonly from: Side; readonly kind: 'offer' | 'answer' | 'candidate' }[];
}

export interface CallSpec {
  readonly trickle: boolean;
  readonly relayOnly?: boolean;
  readonly learnsPeerReflexive?: boolean;
  readonly pairLimit?: number;
  /** Both offer at once: whether one gives way (perfect negotiation), or both do. */
  readonly glare?: 'perfect' | 'naive';
  /** Both agents believe that they control. */
  readonly bothControl?: boolean;
  /** Milliseconds that the call goes on once it stands. */
  readonly lasts?: number;
  /** A restarts ICE so many ms after the connection is disconnected. */
  readonly restartsAfter?: number;
}

export type Happening = { readonly at: number } & (
  | { readonly what: 'rebind'; readonly network: string }
  | { readonly what: 'move'; readonly end: Side; readonly to: InterfaceChoice }
);

export interface Expectation {
  readonly connected: boolean;
  /** Of A's chosen pair, one of these. */
  readonly local?: readonly CandidateType[];
  readonly remote?: readonly CandidateType[];
  /** The doctor's first cause where it fails, or is lost. */
  readonly cause?: string;
  /** It stood, and stands no more at the end. */
  readonly isLost?: boolean;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly networks: readonly NetworkSpec[];
  readonly ends: Readonly<Record<Side, EndSpec>>;
  readonly servers: ServersSpec;
  /** Between the two ends. */
  readonly link: {
    readonly delay: number;
    readonly jitter: number;
    readonly loss: number;
    readonly mtu: number;
  };
  readonly signalling: SignallingSpec;
  readonly call: CallSpec;
  readonly happenings?: readonly Happening[];
  readonly expect: Expectation;
}
