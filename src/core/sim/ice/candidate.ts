/** Candidates as an agent has them: its own with the base that they are sent from, and those of the other end (RFC 8445, section 4). */
import type { CandidateType } from '../../sdp/priority.ts';
import { candidatePriority } from '../../sdp/priority.ts';
import type { TransportAddress } from '../../base/address.ts';
import type { Wire } from '../wire.ts';
import type { Origin, Profile } from './profile.ts';

/** From where packets leave, and where they arrive: a socket, or a relay. */
export interface Base {
  readonly kind: 'socket' | 'relay';
  readonly at: TransportAddress;
  readonly interfaceIndex: number;
  readonly networkType: string;
  send(to: TransportAddress, wire: Wire): void;
  /** A relay needs a permission before anything can pass (RFC 8445, section 7.2.1). */
  prepare(to: TransportAddress, then: (isReady: boolean) => void): void;
  /** The other end is chosen: shorter headers are worth while. */
  settle(to: TransportAddress): void;
}

export interface LocalCandidate {
  /** In statistics. */
  readonly id: string;
  readonly type: CandidateType;
  readonly at: TransportAddress;
  /** In place of the address, where it is hidden from the other end. */
  readonly name: string | null;
  readonly base: Base;
  readonly priority: number;
  readonly foundation: string;
  readonly related: TransportAddress | null;
  readonly url: string | null;
  readonly relayProtocol: 'udp' | 'tcp' | 'tls' | null;
  readonly origin: Origin;
}

export interface RemoteCandidate {
  readonly id: string;
  readonly type: CandidateType;
  readonly at: TransportAddress;
  readonly priority: number;
  readonly foundation: string;
}

/** Section 5.1.2.1. All streams are bundled, so the component is always 1. */
export const priorityOf = (profile: Profile, origin: Origin): number =>
  candidatePriority({
    typePreference: profile.typePreference(origin),
    localPreference: profile.localPreference(origin),
    component: 1,
  });

/** `candidate:1 1 udp 2130706431 192.168.1.23 50124 typ host ufrag kJ3s` (RFC 8839, section 5.1). */
export function candidateLine(candidate: LocalCandidate, ufrag: string): string {
  const { foundation, priority, at, name, type, related } = candidate;
  const relatedTo = related === null ? '' : ` raddr ${related.address} rport ${related.port}`;
  return `candidate:${foundation} 1 udp ${priority} ${name ?? at.address} ${at.port} typ ${type}${relatedTo} ufrag ${ufrag}`;
}
