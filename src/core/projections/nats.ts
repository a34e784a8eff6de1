/**
 * Which ends stand behind a NAT, and through which mappings (RFC 4787, section 4.1) they were seen outside. A browser
 * never sees its NAT: each one here is inferred from addresses that others told. Derived from facts, nothing is stored.
 */
import type { Candidate } from './candidates.ts';
import type { Facts } from './index.ts';
import { standingCandidates } from './path.ts';
import type { Evidence } from './projection.ts';

/** One outer address and port of an end: a door in its wall. */
export interface Mapping {
  /** A reflexive candidate; of a relayed one its related address is the mapping (RFC 8839, section 5.1). */
  readonly candidate: Candidate;
  /** `''` where the browser hides it. */
  readonly address: string;
  readonly port: number;
  /** Who saw it there. */
  readonly seenBy: 'STUN' | 'TURN' | 'the other end';
  readonly at: number;
}

export interface Nat {
  /** In order of arrival. */
  readonly mappings: readonly Mapping[];
  readonly evidence: Evidence;
  /** Checks came from another port than STUN saw: mapping depends on the destination, as a symmetric NAT's does. */
  readonly perDestination: boolean;
  /** The address outside is itself not of the internet (100.64.0.0/10, RFC 6598): the carrier's NAT comes after it. */
  readonly isBeforeCarriers: boolean;
}

/** What is known of the way out of one end; `nat` is null where none is known. `reason` names both cases. */
export interface Outside {
  readonly nat: Nat | null;
  readonly reason: string;
}

/** Of the first peer and of the second. */
export function natsOf(facts: Facts): readonly [Outside, Outside] {
  const found = [outsideOf(facts, 0), outsideOf(facts, 1)] as const;
  if (!isOneNat(found[0].nat, found[1].nat)) return found;
  const reason = 'both ends are seen from outside with the same address: no NAT is known between them';
  return [
    { nat: null, reason },
    { nat: null, reason },
  ];
}

function outsideOf(facts: Facts, side: 0 | 1): Outside {
  const known = standingCandidates(facts, side);
  const hosts = known.filter(({ type }) => type === 'host');
  const reflexive = known.filter((one) => isMapped(one, hosts));
  const mappings = (
    reflexive.length > 0 ? reflexive : known.filter((one) => isMappedRelay(one, hosts)).slice(0, 1)
  ).map(mappingOf);
  const [first] = mappings;
  if (!first) return unmapped(facts, side, known);
  const perDestination = mappings.some((one) => one.seenBy === 'the other end' && differs(one, mappings));
  const isSimulated = facts.mappings.entries.some(({ peer }) => peer === facts.peers[side]?.id);
  const evidence: Evidence = isSimulated ? 'simulated' : 'inferred';
  const isBeforeCarriers = mappings.some(({ address }) => isShared(address));
  return { nat: { mappings, evidence, perDestination, isBeforeCarriers }, reason: reasonOf(first, hosts) };
}

/** No server outside was asked: a NAT is known only where whoever recorded it says so. */
function unmapped(facts: Facts, side: 0 | 1, known: readonly Candidate[]): Outside {
  const behind = facts.peers[side]?.behind;
  if (!behind) return { nat: null, reason: reasonOfNone(known) };
  const nat: Nat = { mappings: [], evidence: 'inferred', perDestination: false, isBeforeCarriers: false };
  return { nat, reason: `whoever recorded it says that it is behind ${behind}` };
}

/** Of a mapped address that STUN told, and of one that the other end's checks told. */
function isMapped(candidate: Candidate, hosts: readonly Candidate[]): boolean {
  const { type, address, url } = candidate;
  if (isLoopback(address) || isLoopback(serverOf(url))) return false;
  if (type === 'srflx') return !isBase(candidate, hosts);
  return type === 'prflx' && !hosts.some(({ port }) => port === candidate.port);
}

function isMappedRelay({ type, relatedAddress, url }: Candidate, hosts: readonly Candidate[]): boolean {
  if (type !== 'relay' || isHidden(relatedAddress) || isLoopback(relatedAddress!)) return false;
  return (
    !isLoopback(serverOf(url)) &&
    !hosts.some(({ address }) => isHidden(address) || address === relatedAddress)
  );
}

/** Equal to its base: nobody changed it on the way. A hidden base is not compared; browsers leave out what equals it. */
const isBase = ({ address, port, relatedAddress, relatedPort }: Candidate, hosts: readonly Candidate[]) =>
  (address === relatedAddress && port === relatedPort) ||
  hosts.some((host) => host.address === address && host.port === port);

const differs = ({ candidate, port }: Mapping, all: readonly Mapping[]): boolean =>
  all.some(
    (one) => one.seenBy === 'STUN' && one.candidate.protocol === candidate.protocol && one.port !== port,
  );

function mappingOf(candidate: Candidate): Mapping {
  const { type, at } = candidate;
  if (type === 'relay')
    return {
      candidate,
      address: candidate.relatedAddress ?? '',
      port: candidate.relatedPort ?? 0,
      seenBy: 'TURN',
      at,
    };
  const { address, port } = candidate;
  return { candidate, address, port, seenBy: type === 'srflx' ? 'STUN' : 'the other end', at };
}

function reasonOf({ candidate, seenBy }: Mapping, hosts: readonly Candidate[]): string {
  if (seenBy === 'the other end') return 'its checks arrived from a port that it never told';
  const told = candidate.relatedAddress;
  const own = isHidden(told) ? hosts.find(({ address }) => !isHidden(address))?.address : told;
  if (seenBy === 'STUN' && own && own !== candidate.address)
    return `${seenBy} saw it at another address than its own, ${own}`;
  if (seenBy === 'STUN' && own) return `${seenBy} saw it at another port than its own`;
  return `${seenBy} saw it at an address that is not one of those it told as its own; the browser hides these`;
}

function reasonOfNone(known: readonly Candidate[]): string {
  const srflx = known.filter(({ type }) => type === 'srflx');
  if (srflx.some(({ url, address }) => isLoopback(serverOf(url)) || isLoopback(address)))
    return 'its STUN server is on the same machine, and sees no NAT';
  if (srflx.length > 0) return 'STUN saw the address that it has itself';
  return 'nobody told how it is seen from outside, so it can not be known';
}

/** The same outer address before both: they share it, and so most likely the network behind it. */
function isOneNat(a: Nat | null, b: Nat | null): boolean {
  const outer = (nat: Nat | null): string =>
    nat?.mappings.find(({ address }) => !isHidden(address))?.address ?? '';
  return outer(a) !== '' && outer(a) === outer(b);
}

const isHidden = (address: string | null): boolean =>
  !address ||
  address === '0.0.0.0' ||
  address === '::' ||
  address === '(redacted)' ||
  address.endsWith('.local');

/** Shared address space of carriers, 100.64.0.0 to 100.127.255.255. */
const isShared = (address: string): boolean => /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address);

const isLoopback = (address: string): boolean => /^(127\.|localhost$|::1$|::ffff:127\.)/i.test(address);

/** The host of `stun:[::1]:3478` (RFC 7064) or `turn:192.0.2.1:3478?transport=udp` (RFC 7065). */
function serverOf(url: string | null): string {
  const [, six, name] = /^\w+:(?:\[([^\]]*)\]|([^:?]*))/.exec(url ?? '') ?? [];
  return six ?? name ?? '';
}
