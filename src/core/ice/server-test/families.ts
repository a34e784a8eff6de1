/**
 * By which address family a server was reached. Browsers do not say it; it shows in the mapped address that comes with an
 * answer: XOR-MAPPED-ADDRESS is of the family that the request came by (RFC 8489, section 14.2), and it is the related
 * address of a relayed candidate (RFC 8839, section 5.1).
 */
import { type AddressFamily, familyOf } from '../../base/address.ts';
import { parseCandidate, type SdpCandidate } from '../../sdp/candidate.ts';
import { parseServerUrl } from '../server-url.ts';
import type { Reported, ReportedError } from './evidence.ts';

/** Which of a machine's networks has which family, as far as candidates gave it away. */
export type Networks = ReadonlyMap<number, AddressFamily>;

/**
 * Firefox keeps a byte of the priority for the network that a candidate was gathered on; a server reflexive candidate on
 * the same network shows the family. Where one byte stands for both families nothing is concluded.
 */
export function networksOf(told: readonly Reported[]): Networks {
  const networks = new Map<number, AddressFamily | null>();
  for (const candidate of told.flatMap(({ candidates }) => candidates)) {
    const read = parseCandidate(candidate.candidate);
    const family = read?.type === 'srflx' ? familyOf(read.address) : null;
    const network = read && networkOf(read);
    if (!family || !network) continue;
    networks.set(network, (networks.get(network) ?? family) === family ? family : null);
  }
  return new Map([...networks].filter((entry): entry is [number, AddressFamily] => entry[1] !== null));
}

/** 0 where the browser keeps nothing there. */
export const networkOf = ({ priority }: SdpCandidate): number => Math.floor(priority / 65_536) % 256;

/** Null when it can not be known. */
export function familyOfAnswer(
  candidate: SdpCandidate,
  url: string,
  networks: Networks,
): AddressFamily | null {
  const literal = parseServerUrl(url)?.family;
  if (literal) return literal;
  if (candidate.type === 'srflx') return familyOf(candidate.address);
  const { relatedAddress: mapped, relatedPort } = candidate;
  const isHidden = !mapped || /^[0:.]+$/.test(mapped);
  // Firefox names the relay itself there, whose family need not be that of the way to it.
  const isItself = mapped === candidate.address && relatedPort === candidate.port;
  if (!isHidden && !isItself) return familyOf(mapped);
  return networks.get(networkOf(candidate)) ?? null;
}

/** Chromium tells the own address that was asked from, half of it hidden; Firefox nothing. */
export function familyOfFault({ address }: ReportedError, url: string): AddressFamily | null {
  return parseServerUrl(url)?.family ?? (address ? familyOf(address) : null);
}

/** False when nothing at all in the test shows that this machine speaks it. */
export function showsFamily(told: readonly Reported[], family: AddressFamily): boolean {
  return told.some(
    ({ url, candidates, errors }) =>
      errors.some((error) => error.address !== null && familyOf(error.address) === family) ||
      candidates.some(({ candidate }) => {
        const read = parseCandidate(candidate);
        const says = read?.type === 'srflx' && familyOf(read.address) === family;
        const answers = read?.type === 'relay' && parseServerUrl(url)?.family === family;
        return says || answers;
      }),
  );
}
