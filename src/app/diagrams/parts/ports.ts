import type { Candidate } from '../../../core/projections/candidates.ts';

/** An address short enough for a label: `7739eeab….local`; `hidden` where the browser tells none. */
export function shortAddress({ address }: Pick<Candidate, 'address'>): string {
  if (address === '') return 'hidden';
  const name = /^([0-9a-f]{8})[0-9a-f-]+\.local$/.exec(address);
  return name ? `${name[1]}….local` : address;
}

/** Address and port as one word; IPv6 in brackets (RFC 3986, section 3.2.2). */
export function endpoint(candidate: Pick<Candidate, 'address' | 'port'>): string {
  const address = shortAddress(candidate);
  return address.includes(':') ? `[${address}]:${candidate.port}` : `${address}:${candidate.port}`;
}

export const TYPE_WORDS: Readonly<Record<Candidate['type'], string>> = {
  host: 'host',
  srflx: 'server reflexive',
  prflx: 'peer reflexive',
  relay: 'relay',
};
