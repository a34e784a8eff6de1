/**
 * What the NAT in front of this machine does, as far as a page can see: its mapping behaviour (RFC 4787, section 4.1) from
 * servers that saw the same sockets. Filtering (section 5) shows only when somebody sends without being asked.
 */
import { type AddressFamily, familyOf } from '../../base/address.ts';
import { parseCandidate, type SdpCandidate } from '../../sdp/candidate.ts';
import { parseServerUrl } from '../server-url.ts';
import { networkOf } from './families.ts';
import type { ReportedMapping, ReportedCandidate } from './evidence.ts';

/** 3 sure, 2 likely, 1 a guess, 0 not known. */
export type Confidence = 0 | 1 | 2 | 3;
export const CONFIDENCE = ['not known', 'a guess', 'likely', 'sure'] as const;

export interface NatFact {
  readonly title: string;
  readonly confidence: Confidence;
  readonly detail: string;
}

export interface Nat {
  readonly family: AddressFamily;
  /** Own port, where it can be told from the others. */
  readonly base: number | null;
  /** The ports that servers saw, one for each mapping. */
  readonly mapped: readonly number[];
  /** Hosts that saw them, in the order asked. */
  readonly observers: readonly string[];
  /** `none`: no translation on the way. */
  readonly mapping: 'independent' | 'dependent' | 'none' | 'unknown';
  readonly facts: readonly NatFact[];
}

/** IPv4 where there is any; `single` is what one server alone told. Null when no server told an address. */
export function natOf(mapping: ReportedMapping | null, single: readonly ReportedCandidate[]): Nat | null {
  const candidates = read(mapping?.candidates ?? single);
  const reflexive = candidates.filter(({ type }) => type === 'srflx');
  const family = (['IPv4', 'IPv6'] as const).find((each) =>
    reflexive.some((one) => familyOf(one.address) === each),
  );
  if (!family) return null;
  const seen = reflexive.filter(({ address }) => familyOf(address) === family);
  const base = basePort(seen[0]!, candidates);
  const one = seen.filter((each) => networkOf(each) === networkOf(seen[0]!));
  const mapped = [...new Set(one.map(({ port }) => port))];
  const observers = hostsOf(mapping, family);
  const kind = mappingOf(mapped, observers, candidates, seen[0]!);
  return {
    family,
    base,
    mapped,
    observers,
    mapping: kind,
    facts: [
      mappingFact(kind, observers),
      ...(kind === 'none' ? [] : [portFact(base, mapped, candidates), FILTERING]),
    ],
  };
}

const read = (told: readonly ReportedCandidate[]): readonly SdpCandidate[] =>
  told.flatMap(({ candidate }) => parseCandidate(candidate) ?? []);

/** Of the servers that were asked, those that may have been asked over this family. */
function hostsOf(mapping: ReportedMapping | null, family: AddressFamily): readonly string[] {
  const urls = mapping?.urls.flatMap((url) => parseServerUrl(url) ?? []) ?? [];
  return urls
    .filter((url) => url.family === null || url.family === family)
    .map(({ host, port }) => `${host} ${port}`);
}

/**
 * The host candidate that a server reflexive one was asked from. Chromium gives both the same local preference, Firefox
 * the same network byte; addresses are hidden behind mDNS names.
 */
function basePort(reflexive: SdpCandidate, candidates: readonly SdpCandidate[]): number | null {
  const { relatedPort } = reflexive;
  if (relatedPort) return relatedPort;
  const hosts = candidates.filter(({ type, transport }) => type === 'host' && transport === 'udp');
  const preference = ({ priority }: SdpCandidate) => Math.floor(priority / 256) % 65_536;
  const fits = hosts.filter(
    (host) =>
      preference(host) === preference(reflexive) ||
      (networkOf(host) > 0 && networkOf(host) === networkOf(reflexive)),
  );
  return fits.length === 1 ? fits[0]!.port : null;
}

function mappingOf(
  mapped: readonly number[],
  observers: readonly string[],
  candidates: readonly SdpCandidate[],
  reflexive: SdpCandidate,
): Nat['mapping'] {
  const isOwn = candidates.some(({ type, address }) => type === 'host' && address === reflexive.address);
  const isHere = observers.length > 0 && observers.every((observer) => isLoopback(hostOf(observer)));
  if (isOwn || isHere || isLoopback(reflexive.address)) return 'none';
  if (mapped.length > 1) return 'dependent';
  return observers.length > 1 ? 'independent' : 'unknown';
}

const isLoopback = (address: string): boolean =>
  address.startsWith('127.') || address === '::1' || address === 'localhost';

const hostOf = (observer: string): string => observer.split(' ')[0]!;

function mappingFact(kind: Nat['mapping'], observers: readonly string[]): NatFact {
  const hosts = new Set(observers.map(hostOf));
  if (kind === 'none')
    return {
      title: 'No NAT on this way',
      confidence: 3,
      detail:
        'The servers see this machine’s own address. What a NAT further out would do shows with a server beyond it.',
    };
  if (kind === 'unknown')
    return {
      title: 'One door or many',
      confidence: 0,
      detail:
        'It takes two servers to see whether each gets a door of its own. Name a second one on another machine.',
    };
  if (kind === 'dependent')
    return {
      title: 'Another door for each server',
      confidence: 3,
      detail:
        'The same socket was seen at different ports: the mapping depends on the endpoint (RFC 4787, section 4.1), often called symmetric. Direct calls are hard; have TURN.',
    };
  if (hosts.size < 2)
    return {
      title: 'One door for both ports of a server',
      confidence: 1,
      detail:
        'Both are on one machine, so it may still give each machine a door of its own. Name a server on another one.',
    };
  const areAddresses = [...hosts].every((host) => familyOf(host) !== null);
  return {
    title: 'One door for everybody',
    confidence: areAddresses ? 3 : 2,
    detail: areAddresses
      ? 'Two servers saw the same port. Direct calls have a good chance.'
      : 'Two servers saw the same port. Direct calls have a good chance. It would be sure if both names are different machines, which a page can not see.',
  };
}

function portFact(
  base: number | null,
  mapped: readonly number[],
  candidates: readonly SdpCandidate[],
): NatFact {
  const ports = mapped.map((port) => `:${port}`).join(' and ');
  const own = candidates.filter(({ type, transport }) => type === 'host' && transport === 'udp');
  if (mapped.length === 1 && (base ?? own.find(({ port }) => port === mapped[0])?.port) === mapped[0])
    return {
      title: 'It keeps your port',
      confidence: 3,
      detail: `You sent from ${ports}, they saw ${ports}. That may also be no NAT at all: browsers hide the own address.`,
    };
  if (base === null)
    return {
      title: 'What becomes of your port',
      confidence: 0,
      detail: `They saw ${ports}; the browser hides which own port that was.`,
    };
  return {
    title: 'It changes your port',
    confidence: 3,
    detail: `You sent from :${base}, they saw ${ports}.`,
  };
}

const FILTERING: NatFact = {
  title: 'Whom it lets in',
  confidence: 0,
  detail: 'A page can not test this alone. A call shows it.',
};
